import { randomUUID } from 'node:crypto'
import { type AliyunKey, signedRpc } from '../clouds/aliyun/rpc.ts'
import type { ChannelIo, Delivery } from './channel.ts'
import { quoted } from './network.ts'
import { post } from './post.ts'

const HOST = 'dysmsapi.aliyuncs.com'
const VENDOR = 'Alibaba SMS'

/** Waiting time after a throttle. */
const BUSY_RETRY_MS = 2_000

/** Refused for now, nothing was sent (Alibaba Cloud, "common error codes"). */
const passing = /^(Throttling|ServiceUnavailable|SignatureNonceUsed)(\.|$)/

/** The vendor lost track of its own sending: the text may be on its way. */
const untold = ['isp.SYSTEM_ERROR', 'InternalError']

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
  const url = new URL('/', io.env.FENGHUO_ALIYUN_URL ?? `https://${HOST}`)
  const request = { url, action: 'SendSms', version: '2017-05-25', parameters }
  const signed = signedRpc(request, key, io.now(), randomUUID())
  const { host: _, ...headers } = signed.headers
  return post(
    { url: signed.url, body: undefined, headers, vendor: VENDOR, read: readAnswer, explainsRefusals: true },
    io,
  )
}

/** Mainland numbers as 11 digits; others begin with their country's code, without a plus. */
function numberOf(phone: string): string {
  return phone.replace(/^\+86(?=1\d{10}$)/, '').replace(/^\+/, '')
}

function readAnswer(answer: unknown): Delivery | undefined {
  const { Code: code, Message: message, BizId } = (answer ?? {}) as Record<string, unknown>
  if (typeof code !== 'string') return undefined
  if (code === 'OK') return { status: 'sent', receipt: quoted(BizId) }
  const reason = `${VENDOR} ${code}: ${quoted(message)}`
  if (passing.test(code)) return { status: 'retry', afterMs: BUSY_RETRY_MS, reason }
  return { status: untold.includes(code) ? 'unknown' : 'failed', reason }
}
