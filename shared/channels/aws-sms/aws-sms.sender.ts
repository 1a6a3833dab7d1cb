import { credentialsOf, signed } from '../../clouds/aws/sigv4.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import { answerSms } from '../../messages/reply-answer.ts'
import { smsText } from '../../messages/sms.ts'
import type { ChannelIo, Delivery, SenderOf, VendorUrl } from '../channel.ts'
import { failedBy, refusal } from '../errors.ts'
import { type Answer, post } from '../post.ts'
import { fingerprint } from '../robot.ts'
import { errors } from './errors.ts'
import type { Settings } from './settings.ts'

const VENDOR = 'aws-sms'

const url: VendorUrl = {
  variable: 'AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2',
  base: 'https://sms-voice.REGION.amazonaws.com',
}

/** One segment (3GPP TS 23.040): 70 characters of at most three UTF-8 bytes, or 160 of GSM 7-bit. */
const limits = {
  source: 'docs.aws.amazon.com, AWS End User Messaging SMS and Voice v2 API Reference, SendTextMessage; 3GPP TS 23.040',
  maxBytes: 210,
}

/** A page that arrives later is of no use to anybody, s (TimeToLive; the vendor's own is three days). */
const LIVES_S = 600

/** What Lambda gives a function of its role. */
const ROLE = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']

/** What sends, without what describes it: all that `page` loads of this channel. */
export const awsSmsSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ from = '', region = '' }) => fingerprint(`${region}#${from}`),
  async send(message, { phone }, settings, io) {
    if (!phone) return failed({ class: 'no-address', of: 'phone' })
    const text = smsText(message)
    if (text === undefined) return failed({ class: 'no-text' })
    return sendText({ phone, text, incident: message.notice.incident }, settings, io)
  },
  async answer({ answer, language, timezone }, { phone }, settings, io) {
    if (!phone) return failed({ class: 'no-address', of: 'phone' })
    const text = answerSms(answer, language, { now: io.now(), timezone })
    return sendText({ phone, text, incident: ANSWER }, settings, io)
  },
  async write({ text }, { phone }, settings, io) {
    if (!phone) return failed({ class: 'no-address', of: 'phone' })
    return sendText({ phone, text, incident: LETTER }, settings, io)
  },
}

/** In place of an incident, in the context of a text that answers another, and of a letter: their receipts are no notice's. */
const ANSWER = 'answer'
const LETTER = 'letter'

/** The operation in AWS JSON 1.0. */
export const SEND_TEXT = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'PinpointSMSVoiceV2.SendTextMessage',
}

/** What SendTextMessage (2022-03-31) is asked for. */
export function textFields(phone: string, text: string, { from }: Settings) {
  return {
    DestinationPhoneNumber: phone,
    ...(from !== undefined && { OriginationIdentity: from }),
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    TimeToLive: LIVES_S,
  }
}

interface Text {
  phone: string
  text: string
  incident: string
}

/** Sends once, by the credentials of the function. */
async function sendText({ phone, text, incident }: Text, settings: Settings, io: ChannelIo): Promise<Delivery> {
  const variables = ROLE.filter((name) => !io.env[name])
  if (variables.length > 0) return failed({ class: 'not-configured', variables })
  const region = settings.region ?? io.env.AWS_REGION ?? ''
  // With a blank at either end the vendor refuses all of it.
  const fields = { ...textFields(phone, text, settings), Context: { incident: incident.trim() } }
  const at = new URL('/', io.env[url.variable] || url.base.replace('REGION', region))
  const body = JSON.stringify(fields)
  const request = { method: 'POST', url: at, headers: SEND_TEXT, body }
  const headers = signed(request, { region, service: 'sms-voice' }, credentialsOf(io.env), io.now())
  return post({ url: at.href, headers, body, vendor: VENDOR, read: () => undefined, readAny }, io)
}

/** An error is named in the JSON of a 4xx or 5xx; an answer that names none counts by its status. */
export function readAny({ status, text }: Pick<Answer, 'status' | 'text'>): Delivery | undefined {
  const { MessageId, __type, Reason, Message, message }: Record<string, unknown> = Object(jsonIn(text))
  if (status === 200) return typeof MessageId === 'string' ? { status: 'sent', receipt: MessageId } : undefined
  if (typeof __type !== 'string') return undefined
  const name = __type.replace(/^.*#/, '')
  return refusal(VENDOR, typeof Reason === 'string' ? `${name}.${Reason}` : name, Message ?? message, errors)
}

const failed = failedBy(VENDOR)
