import { tencentKeyWith } from '../../clouds/tencent/tc3.ts'
import { answerSlots } from '../../messages/reply-answer.ts'
import { type SmsTemplate, smsSlots } from '../../messages/sms.ts'
import { phoneAddress } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { failedBy } from '../errors.ts'
import { fingerprint } from '../robot.ts'
import { errors } from './errors.ts'
import { sendTencentSms, url } from './send.ts'
import { settings, type TencentSettings } from './settings.ts'

/**
 * One segment (3GPP TS 23.040): 70 characters of at most three UTF-8 bytes. What is filled into a template is cut to fit. A number gets
 * ten texts a day unless an enterprise has changed it in the console.
 */
const limits = { source: 'cloud.tencent.com/document/product/382/35469; 3GPP TS 23.040', maxBytes: 210, perDay: 10 }

const smsTemplateNames: SmsTemplate[] = ['page', 'resolved', 'exhausted']

/** Text messages by approved templates through Tencent Cloud; the key comes from the environment. */
export const tencentSms: Channel<TencentSettings> = {
  type: 'tencent-sms',
  title: { zh: '短信（腾讯云）', en: 'SMS (Tencent Cloud)' },
  summary: {
    en: 'Text messages through Tencent Cloud, by approved templates.',
    zh: '经腾讯云发短信，用审核通过的模板。',
  },
  reaches: 'person',
  address: phoneAddress,
  settings,
  example: { app: '1400006666', sign: '示例科技', templates: { page: '2100001', resolved: '2100002' } },
  url,
  errors,
  diagnose: () => import('./diagnose.ts'),
  limits,
  receiptOf: async (...of) => (await import('./tencent-sms.receipt-of.ts')).receiptOf(...of),
  rateKey: ({ app }) => fingerprint(app),
  async send(message, to, config, io) {
    if (!to.phone) return failed({ class: 'no-address', of: 'phone' })
    const approved = smsTemplateNames.filter((name) => config.templates[name] !== undefined)
    // An approved template has one language, whatever the reader's is.
    const slots = smsSlots({ ...message, language: config.language ?? 'zh' }, config.sign, approved)
    if (!slots) return failed({ class: 'no-text' })
    const templateId = config.templates[slots.template]
    if (!templateId) return failed({ class: 'no-template', template: slots.template })
    const text = { phone: to.phone, app: config.app, template: templateId, params: slots.params, sign: config.sign }
    return sendTencentSms({ ...text, region: config.region }, tencentKeyWith(config, io.env), io)
  },
  async answer({ answer }, { phone }, { app, sign, region, ...config }, io) {
    const template = config.templates.answer
    if (!phone) return failed({ class: 'no-address', of: 'phone' })
    if (template === undefined) return failed({ class: 'no-template', template: 'answer' })
    const params = answerSlots(answer, config.language ?? 'zh')
    return sendTencentSms({ phone, app, template, params, sign, region }, tencentKeyWith(config, io.env), io)
  },
}

const failed = failedBy('tencent-sms')
