import { randomUUID } from 'node:crypto'
import { type Acs3Fault, type Acs3Keys, acs3Fault } from './acs3.ts'
import type { VendorFault } from './failures.ts'
import { type Counter, type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import type { Simulator } from './sandbox.ts'
import type { VendorAnswer, VendorRequest } from './server.ts'

// Parameters and codes: help.aliyun.com, Dysmsapi 2018-05-01, SendMessageToGlobe and QueryMessage; international error codes.
const VERSION = '2018-05-01'
/** By operation: all parameters, and how many of them are mandatory. */
const PARAMETERS: Record<string, [names: string[], mandatory: number]> = {
  SendMessageToGlobe: [['To', 'Message', 'From', 'Type', 'TaskId', 'ValidityPeriod', 'ChannelId'], 2],
  QueryMessage: [['MessageId'], 1],
}

/** A text that a phone got. */
export interface AliyunIntlMessage {
  /** A country's code and number, without a plus. */
  phone: string
  from?: string
  text: string
  task?: string
}

export interface AliyunIntlOptions extends MessageOptions<AliyunIntlMessage>, Acs3Keys {
  /** Approved sender IDs; absent: whatever is named. */
  senders?: string[]
  /** Numbers at which no text arrives. */
  unreachable?: string[]
  /** So long after it was sent the carrier has said what became of a text, ms; absent: at once. */
  carrierMs?: number
}

/** Alibaba Cloud's texts outside of the mainland: ACS3 recomputed, refusals of the service a 200 with `ResponseCode`, those of the gateway a 4xx with `Code`. */
export function startAliyunSmsIntl(options: AliyunIntlOptions): Promise<MessageVendor<AliyunIntlMessage>> {
  const nonces = new Set<string>()
  const sent = new Map<string, { phone: string; text: string; at: number }>()

  function answer(request: VendorRequest, { take, refuse }: Counter<AliyunIntlMessage>): VendorAnswer {
    const fault = acs3Fault(request, options, options.now(), nonces) ?? requestFault(request)
    if (fault) return refuse(fault)
    const { params } = request
    if (operationOf(request) === 'QueryMessage') return details(params.get('MessageId') ?? '', refuse)
    const [phone, text, from] = [params.get('To') ?? '', params.get('Message') ?? '', params.get('From') ?? undefined]
    const code = contentFault(phone, from, params, options)
    if (code !== undefined) return refuse({ code, message: 'refused' })
    const task = params.get('TaskId') ?? undefined
    take({ phone, text, ...(from !== undefined && { from }), ...(task !== undefined && { task }) })
    const id = `100803030${sent.size + 1}`
    sent.set(id, { phone, text, at: options.now() })
    const NumberDetail = { Country: 'Singapore', Region: 'Singapore', Carrier: 'SingTel' }
    const body = { ...said({ code: 'OK', message: 'The SMS Send Request was accepted' }), MessageId: id, To: phone }
    return { status: 200, body: { ...body, From: from, Segments: '1', NumberDetail } }
  }

  function details(id: string, refuse: Counter<AliyunIntlMessage>['refuse']): VendorAnswer {
    const text = sent.get(id)
    if (text === undefined) return refuse({ code: 'DATA_NOT_EXIST', message: 'no such message' })
    const isTold = options.now() - text.at >= (options.carrierMs ?? 0)
    const isLost = options.unreachable?.includes(text.phone) === true
    const end = isLost
      ? { Status: '2', ErrorCode: 'UNDELIVRD', ErrorDescription: 'absent subscriber' }
      : { Status: '1', ErrorCode: 'DELIVERED', ErrorDescription: 'success' }
    const body = { ...said({ code: 'OK', message: 'OK' }), MessageId: id, To: text.phone, Message: text.text }
    return { status: 200, body: { ...body, ...(isTold ? end : { Status: '3' }) } }
  }

  return startMessageVendor({ answer, tooFast: TOO_FAST, refusal }, options)
}

const TOO_FAST: Acs3Fault = { status: 400, code: 'Throttling.User', message: 'denied due to user flow control.' }

function refusal(fault: VendorFault | Acs3Fault): VendorAnswer {
  if (!('status' in fault)) return { status: 200, body: said(fault) }
  const body = { RequestId: randomUUID(), Code: String(fault.code), Message: fault.message, HostId: 'simulator' }
  return { status: fault.status, body }
}

function said({ code, message }: VendorFault) {
  return { RequestId: randomUUID(), ResponseCode: String(code), ResponseDescription: message }
}

function operationOf({ headers }: VendorRequest): string {
  return String(headers['x-acs-action'])
}

function requestFault(request: VendorRequest): Acs3Fault | undefined {
  const { method, path, params, headers } = request
  const [names, mandatory] = PARAMETERS[operationOf(request)] ?? []
  if (method !== 'POST' || path !== '/' || names === undefined || headers['x-acs-version'] !== VERSION)
    return { status: 404, code: 'InvalidAction.NotFound', message: 'The specified API is not found.' }
  const unknown = [...params.keys()].find((name) => !names.includes(name))
  if (unknown) return { status: 400, code: 'InvalidParameter', message: `${unknown} is not known.` }
  const missing = names.slice(0, mandatory).find((name) => !params.get(name))
  return missing ? { status: 400, code: `Missing${missing}`, message: `${missing} is mandatory.` } : undefined
}

function contentFault(
  phone: string,
  from: string | undefined,
  params: URLSearchParams,
  { senders }: AliyunIntlOptions,
): string | undefined {
  const task = params.get('TaskId')
  if (!/^[1-9]\d{6,14}$/.test(phone)) return 'MOBILE_NUMBER_ILLEGAL'
  if (/^86/.test(phone)) return 'isv.COUNTRY_RESTRICTED'
  if (from !== undefined && !/^([A-Za-z0-9]{1,11}|\d{1,15})$/.test(from)) return 'isv.SENDERID_ERROR'
  if (from !== undefined && senders?.includes(from) === false) return 'INVALID_SENDERID'
  const isWhole = /^\d+$/.test(params.get('ValidityPeriod') ?? '0') && (task === null || /^.{1,255}$/s.test(task))
  return isWhole ? undefined : 'INVALID_PARAMETERS'
}

/** As the local stack plays it: whatever it is sent from is approved. */
export const simulator: Simulator = {
  type: 'aliyun-sms-intl',
  start({ settings, now, tell }) {
    const routes = settings as unknown as { keyId: string; keySecret: string }[]
    return startAliyunSmsIntl({
      accessKeyId: routes[0]?.keyId ?? '',
      accessKeySecret: routes[0]?.keySecret ?? '',
      others: Object.fromEntries(routes.map(({ keyId, keySecret }) => [keyId, keySecret])),
      now,
      onEvent: sandboxTeller(tell, ({ phone, text }) => ({ to: `+${phone}`, text, format: 'text' })),
    })
  },
}
