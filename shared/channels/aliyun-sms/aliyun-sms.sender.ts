import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import { answerSlots, answerVariables } from '../../messages/reply-answer.ts'
import { type SmsTemplate, smsSlots, smsVariables } from '../../messages/sms.ts'
import type { SenderOf } from '../channel.ts'
import { failedBy } from '../errors.ts'
import { fingerprint } from '../robot.ts'
import { errors, sendAliyunSms, url, VENDOR } from './send.ts'
import type { Settings } from './settings.ts'

/**
 * One segment (3GPP TS 23.040): 70 characters of at most three UTF-8 bytes. A number gets 50 notices a day by one signature and template:
 * all of our templates together stay below what one of them may have.
 */
const limits = { source: 'help.aliyun.com, SMS frequency limits; 3GPP TS 23.040', maxBytes: 210, perDay: 50 }

const templateNames: SmsTemplate[] = ['page', 'resolved', 'exhausted']

/** What sends, without what describes it: all that `page` loads of this channel. */
export const aliyunSmsSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  receiptOf: async (...of) => (await import('./aliyun-sms.receipt-of.ts')).receiptOf(...of),
  rateKey: ({ keyId, sign }) => fingerprint(`${keyId}#${sign}`),
  async send(message, to, config, io) {
    if (!to.phone) return failed({ class: 'no-address', of: 'phone' })
    const approved = templateNames.filter((name) => config.templates[name] !== undefined)
    // An approved template has one language, whatever the reader's is.
    const slots = smsSlots({ ...message, language: config.language ?? 'zh' }, config.sign, approved)
    if (!slots) return failed({ class: 'no-text' })
    const template = config.templates[slots.template]
    if (!template) return failed({ class: 'no-template', template: slots.template })
    const params = Object.fromEntries(
      smsVariables[slots.template].map((name, index) => [name, slots.params[index] ?? '']),
    )
    const text = { phone: to.phone, sign: config.sign, template, params }
    return sendAliyunSms(text, aliyunKeyWith(config, io.env), io)
  },
  async answer({ answer }, { phone }, config, io) {
    const template = config.templates.answer
    if (!phone) return failed({ class: 'no-address', of: 'phone' })
    if (template === undefined) return failed({ class: 'no-template', template: 'answer' })
    const slots = answerSlots(answer, config.language ?? 'zh')
    const params = Object.fromEntries(answerVariables.map((name, index) => [name, slots[index] ?? '']))
    return sendAliyunSms({ phone, sign: config.sign, template, params }, aliyunKeyWith(config, io.env), io)
  },
}

const failed = failedBy(VENDOR)
