import type { AliyunKey } from '../../clouds/aliyun/rpc.ts'
import type { ErrorTable } from '../../contracts/vendor-errors.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { quoted } from '../network.ts'
import { post } from '../post.ts'
import { aliyunRequest } from '../vendors/aliyun-request.ts'

export const url: VendorUrl = { variable: 'FENGHUO_ALIYUN_URL', base: 'https://dysmsapi.aliyuncs.com' }
export const VENDOR = 'aliyun-sms'

/** Waiting time after a throttle. */
const BUSY_RETRY_MS = 2_000

export const errors: ErrorTable = {
  source: 'help.aliyun.com, SendSms (error codes) and common error codes',
  // Such as Throttling.User.
  goesOnAfterDot: true,
  codes: {
    Throttling: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    ServiceUnavailable: { class: 'busy', afterMs: BUSY_RETRY_MS },
    SignatureNonceUsed: { class: 'busy', afterMs: BUSY_RETRY_MS },
    InternalError: { class: 'lost-answer', isLost: true },
    'isp.SYSTEM_ERROR': { class: 'lost-answer', isLost: true },
    'isp.RAM_PERMISSION_DENY': { class: 'not-allowed' },
    'isv.BUSINESS_LIMIT_CONTROL': { class: 'over-quota' },
    'isv.DAY_LIMIT_CONTROL': { class: 'over-quota' },
    'isv.MONTH_LIMIT_CONTROL': { class: 'over-quota' },
    'isv.SMS_SIGNATURE_ILLEGAL': { class: 'sign-refused' },
    'isv.SMS_SIGNATURE_SCENE_ILLEGAL': { class: 'sign-refused' },
    'isv.SMS_TEMPLATE_ILLEGAL': { class: 'template-refused' },
    'isv.TEMPLATE_MISSING_PARAMETERS': { class: 'template-refused' },
    'isv.INVALID_JSON_PARAM': { class: 'bad-request' },
    'isv.PARAM_LENGTH_LIMIT': { class: 'content-refused' },
    'isv.SMS_CONTENT_ILLEGAL': { class: 'content-refused' },
    'isv.MOBILE_NUMBER_ILLEGAL': { class: 'bad-number' },
    'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': { class: 'bad-number' },
    'isv.DENY_IP_RANGE': { class: 'our-address' },
    'isv.AMOUNT_NOT_ENOUGH': { class: 'no-balance' },
    'isv.OUT_OF_SERVICE': { class: 'no-balance' },
    SignatureDoesNotMatch: { class: 'bad-credentials' },
  },
}

/** One text by an approved template. */
export interface AliyunText {
  /** E.164. */
  phone: string
  sign: string
  /** `SMS_` and a number. */
  template: string
  /** By the names of the template's variables. */
  params: Record<string, string>
}

/**
 * Dysmsapi's SendSms, version 2017-05-25, for one number. A refusal comes as a 200 with another code than OK (help.aliyun.com,
 * "SendSms"), or as a 4xx with the code in its body; a 5xx counts by its status.
 */
export function sendAliyunSms(text: AliyunText, key: AliyunKey, io: ChannelIo): Promise<Delivery> {
  const parameters = {
    PhoneNumbers: numberOf(text.phone),
    SignName: text.sign,
    TemplateCode: text.template,
    TemplateParam: JSON.stringify(text.params),
  }
  const request = aliyunSmsRequest('SendSms', parameters, key, io)
  return post({ ...request, body: undefined, vendor: VENDOR, read: readAnswer, explainsRefusals: true }, io)
}

/** A signed request to an action of the same version, to be posted as it is. */
export function aliyunSmsRequest(
  action: string,
  parameters: Record<string, string>,
  key: AliyunKey,
  io: Pick<ChannelIo, 'env' | 'now'>,
): ReturnType<typeof aliyunRequest> {
  return aliyunRequest(url, { action, version: '2017-05-25', parameters }, key, io)
}

/** Mainland numbers as 11 digits; others begin with their country's code, without a plus. */
export function numberOf(phone: string): string {
  return phone.replace(/^\+86(?=1\d{10}$)/, '').replace(/^\+/, '')
}

function readAnswer(answer: unknown): Delivery | undefined {
  const { Code: code, Message: message, BizId } = (answer ?? {}) as Record<string, unknown>
  if (typeof code !== 'string') return undefined
  if (code === 'OK') return { status: 'sent', receipt: quoted(BizId) }
  return refusal(VENDOR, code, message, errors)
}
