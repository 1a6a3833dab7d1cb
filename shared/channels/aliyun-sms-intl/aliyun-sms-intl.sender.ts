import { answerSms } from '../../messages/reply-answer.ts'
import { smsText } from '../../messages/sms.ts'
import type { ChannelIo, Delivery, SenderOf } from '../channel.ts'
import { failedBy, refusal } from '../errors.ts'
import { quoted } from '../network.ts'
import { post } from '../post.ts'
import { fingerprint } from '../robot.ts'
import { errors } from './errors.ts'
import { NOT_TO, requestTo, url, VENDOR } from './request.ts'
import type { Settings } from './settings.ts'

/** One segment (3GPP TS 23.040): 70 characters of at most three UTF-8 bytes, or 160 of the GSM alphabet. The vendor counts no texts to a number. */
const limits = { source: 'help.aliyun.com, SendMessageToGlobe; 3GPP TS 23.040', maxBytes: 210 }

/** A text that no carrier has taken by then tells of what is long over, s. */
const LIVES_S = '600'

/** TaskId takes so many characters (SendMessageToGlobe). */
const TASK_CHARACTERS = 255

/** What sends, without what describes it: all that `page` loads of this channel. */
export const aliyunSmsIntlSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  receiptOf: async (...of) => (await import('./aliyun-sms-intl.receipt-of.ts')).receiptOf(...of),
  rateKey: ({ keyId, from = '' }) => fingerprint(`${keyId}#${from}`),
  async send(message, { phone }, settings, io) {
    const text = smsText(message)
    if (text === undefined) return failed({ class: 'no-text' })
    return sendText({ phone, text, task: message.notice.incident }, settings, io)
  },
  async answer({ answer, language, timezone }, { phone }, settings, io) {
    const text = answerSms(answer, language, { now: io.now(), timezone })
    return sendText({ phone, text, task: 'answer' }, settings, io)
  },
  write: ({ text }, { phone }, settings, io) => sendText({ phone, text, task: 'letter' }, settings, io),
}

interface Text {
  phone: string | undefined
  text: string
  /** What its receipts bring back. */
  task: string
}

async function sendText({ phone, text, task }: Text, settings: Settings, io: ChannelIo): Promise<Delivery> {
  if (!phone) return failed({ class: 'no-address', of: 'phone' })
  if (NOT_TO.some((prefix) => phone.startsWith(prefix))) return failed({ class: 'country-closed' })
  const { from } = settings
  const parameters = {
    To: phone.replace(/^\+/, ''),
    Message: text,
    ValidityPeriod: LIVES_S,
    TaskId: task.slice(0, TASK_CHARACTERS),
    ...(from !== undefined && { From: from }),
  }
  const request = requestTo('SendMessageToGlobe', parameters, settings, io)
  return post({ ...request, body: undefined, vendor: VENDOR, read, explainsRefusals: true }, io)
}

/** The service answers with `ResponseCode`, the gateway before it with `Code`. */
function read(answer: unknown): Delivery | undefined {
  const { ResponseCode, ResponseDescription, Code, Message, MessageId } = Object(answer) as Record<string, unknown>
  const code = ResponseCode ?? Code
  if (typeof code !== 'string') return undefined
  if (code === 'OK') return { status: 'sent', receipt: quoted(MessageId) }
  return refusal(VENDOR, code.replace(/^is[vp]\./, ''), ResponseDescription ?? Message, errors)
}

const failed = failedBy(VENDOR)
