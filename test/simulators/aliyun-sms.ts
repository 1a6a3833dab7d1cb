import { randomUUID } from 'node:crypto'
import { type Acs3Fault, type Acs3Keys, acs3Fault } from './acs3.ts'
import type { VendorFault } from './failures.ts'
import { type Counter, type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorRequest } from './server.ts'

// Parameters and codes: help.aliyun.com, Dysmsapi 2017-05-25, SendSms.
const VERSION = '2017-05-25'
const NUMBERS = 1000
const VARIABLE_CHARACTERS = 35
/** Notices to one number by one signature and template ("SMS frequency limits"). */
const PER_DAY = 50
/** By operation: all parameters, and how many of them are mandatory. */
const PARAMETERS: Record<string, [names: string[], mandatory: number]> = {
  SendSms: [['PhoneNumbers', 'SignName', 'TemplateCode', 'TemplateParam', 'OutId', 'SmsUpExtendCode'], 3],
  GetSmsSign: [['SignName'], 1],
  GetSmsTemplate: [['TemplateCode'], 1],
  QuerySendDetails: [['PhoneNumber', 'SendDate', 'PageSize', 'CurrentPage', 'BizId'], 4],
}

/** A text that a phone got. */
export interface AliyunSmsMessage {
  /** As it was written: 11 digits, or a country's code and number. */
  phone: string
  sign: string
  template: string
  /** By the names of the template's variables. */
  variables: Record<string, string>
}

export interface AliyunSmsOptions extends MessageOptions<AliyunSmsMessage>, Acs3Keys {
  /** Approved signatures. */
  signs: string[]
  /** Approved templates, with their variables as `${name}`. */
  templates: Record<string, string>
  /** Signatures and templates, by name and code, that are not approved: 0 under review, 2 refused, 10 withdrawn. */
  reviews?: Record<string, { status: number; reason?: string }>
  /** Numbers at which no text arrives, as they are written to. */
  unreachable?: string[]
  /** So long after it was sent the carrier has said what became of a text, ms; absent: at once. */
  carrierMs?: number
}

export type AliyunSmsSimulator = MessageVendor<AliyunSmsMessage>

/** Alibaba's SendSms: ACS3 signature recomputed, approved signatures and templates; refusals are a 200 with another code than OK. */
export function startAliyunSmsSimulator(options: AliyunSmsOptions): Promise<AliyunSmsSimulator> {
  const nonces = new Set<string>()
  let texts = 0
  const sent: { phone: string; id: string; at: number }[] = []
  const days = new Map<string, () => boolean>()

  function passes(what: string): boolean {
    const day = days.get(what) ?? slidingWindow(PER_DAY, 86_400_000, options.now)
    days.set(what, day)
    return day()
  }

  function answer(request: VendorRequest, { take, refuse }: Counter<AliyunSmsMessage>) {
    const fault = acs3Fault(request, options, options.now(), nonces) ?? requestFault(request)
    if (fault) return refuse(fault)
    const { params } = request
    if (operationOf(request) === 'QuerySendDetails') return details(params, refuse)
    if (operationOf(request).startsWith('GetSms')) return review(params, options, refuse)
    const code = contentFault(params, options)
    if (code) return refuse({ code, message: 'refused' })
    const phones = (params.get('PhoneNumbers') ?? '').split(',')
    const [sign, template] = [params.get('SignName') ?? '', params.get('TemplateCode') ?? '']
    if (!phones.every((phone) => passes(`${phone} ${sign} ${template}`)))
      return refuse({ code: 'isv.BUSINESS_LIMIT_CONTROL', message: '触发天级流控Permits:50' })
    for (const phone of phones) take({ phone, sign, template, variables: variablesOf(params) })
    texts += phones.length
    for (const phone of phones) sent.push({ phone, id: `${texts}^0`, at: options.now() })
    return { status: 200, body: { ...said({ code: 'OK', message: 'OK' }), BizId: `${texts}^0` } }
  }

  /** QuerySendDetails: of one number and one day of China's. */
  function details(params: URLSearchParams, refuse: Counter<AliyunSmsMessage>['refuse']) {
    const size = Number(params.get('PageSize'))
    if (!(size >= 1 && size <= 50)) return refuse({ code: 'isv.INVALID_PARAMETERS', message: 'PageSize' })
    const dayOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
    const listed = sent.filter(
      ({ phone, id, at }) =>
        phone === params.get('PhoneNumber') && id === params.get('BizId') && dayOf(at) === params.get('SendDate'),
    )
    const SmsSendDetailDTO = listed.map(({ phone, at }) => {
      const isTold = options.now() - at >= (options.carrierMs ?? 0)
      const isLost = options.unreachable?.includes(phone) === true
      const [SendStatus, ErrCode] = isTold ? (isLost ? [2, 'UNDELIV'] : [3, 'DELIVERED']) : [1, '']
      return { PhoneNum: phone, SendStatus, ErrCode }
    })
    const body = { ...said({ code: 'OK', message: 'OK' }), TotalCount: String(listed.length) }
    return { status: 200, body: { ...body, SmsSendDetailDTOs: { SmsSendDetailDTO } } }
  }

  return startMessageVendor({ answer, tooFast: TOO_FAST, refusal }, options)
}

/** GetSmsSign and GetSmsTemplate. */
function review(
  params: URLSearchParams,
  { signs, templates, reviews }: AliyunSmsOptions,
  refuse: Counter<AliyunSmsMessage>['refuse'],
) {
  const [sign, code] = [params.get('SignName'), params.get('TemplateCode')]
  const { status = 1, reason } = reviews?.[sign ?? code ?? ''] ?? {}
  const AuditInfo = reason === undefined ? {} : { AuditDate: '2024-06-03 12:02:34', RejectInfo: reason }
  const good = { ...said({ code: 'OK', message: 'OK' }), AuditInfo }
  if (sign !== null)
    return signs.includes(sign)
      ? { status: 200, body: { ...good, SignName: sign, SignStatus: status } }
      : refuse({ code: 'isv.SMS_SIGNATURE_ILLEGAL', message: '签名不存在' })
  const TemplateContent = templates[code ?? '']
  return TemplateContent === undefined
    ? refuse({ code: 'isv.SMS_TEMPLATE_ILLEGAL', message: '模板不存在' })
    : { status: 200, body: { ...good, TemplateCode: code, TemplateStatus: String(status), TemplateContent } }
}

const TOO_FAST: Acs3Fault = {
  status: 400,
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control.',
}

/** What the gateway refuses has a status; what the service refuses is a 200. */
function refusal(fault: VendorFault | Acs3Fault) {
  if ('status' in fault) return { status: fault.status, body: { ...said(fault), HostId: 'simulator' } }
  return { status: 200, body: said(fault) }
}

function said({ code, message }: VendorFault) {
  return { RequestId: randomUUID(), Code: String(code), Message: message }
}

function operationOf({ headers }: VendorRequest): string {
  return String(headers['x-acs-action'])
}

function requestFault(request: VendorRequest) {
  const { method, path, params, headers } = request
  if (method !== 'POST' || path !== '/') return { status: 404, code: 'InvalidAction.NotFound', message: 'POST to /.' }
  const [names, mandatory] = PARAMETERS[operationOf(request)] ?? []
  if (names === undefined || headers['x-acs-version'] !== VERSION) {
    return { status: 404, code: 'InvalidAction.NotFound', message: 'The specified API is not found.' }
  }
  const unknown = [...params.keys()].find((name) => !names.includes(name))
  if (unknown) return { status: 400, code: 'InvalidParameter', message: `${unknown} is not known.` }
  const missing = names.slice(0, mandatory).find((name) => !params.get(name))
  if (missing) return { status: 400, code: `Missing${missing}`, message: `${missing} is mandatory.` }
}

function contentFault(params: URLSearchParams, { signs, templates }: AliyunSmsOptions): string | undefined {
  const numbers = (params.get('PhoneNumbers') ?? '').split(',')
  if (numbers.length > NUMBERS) return 'isv.MOBILE_COUNT_OVER_LIMIT'
  if (numbers.some((number) => !/^((\+86|0086|86)?1\d{10}|[2-9]\d{6,14})$/.test(number)))
    return 'isv.MOBILE_NUMBER_ILLEGAL'
  if (!signs.includes(params.get('SignName') ?? '')) return 'isv.SMS_SIGNATURE_ILLEGAL'
  const template = templates[params.get('TemplateCode') ?? '']
  if (template === undefined) return 'isv.SMS_TEMPLATE_ILLEGAL'
  if (jsonObject(Buffer.from(params.get('TemplateParam') ?? '{}')) === undefined) return 'isv.INVALID_JSON_PARAM'
  const variables = variablesOf(params)
  const wanted = [...template.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? '')
  if (wanted.some((name) => !variables[name])) return 'isv.TEMPLATE_MISSING_PARAMETERS'
  if (Object.values(variables).some((value) => value.length > VARIABLE_CHARACTERS)) return 'isv.PARAM_LENGTH_LIMIT'
}

function variablesOf(params: URLSearchParams): Record<string, string> {
  return JSON.parse(params.get('TemplateParam') ?? '{}')
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'aliyun-sms',
  start({ settings, now, tell, templates }) {
    const routes = settings as unknown as RouteSettings[]
    const approved = Object.fromEntries(
      routes.flatMap(({ templates: codes, language = 'zh' }) =>
        Object.entries(codes).map(([name, code]): [string, string] => [code, templates[language][name] ?? '']),
      ),
    )
    return startAliyunSmsSimulator({
      accessKeyId: routes[0]?.keyId ?? '',
      accessKeySecret: routes[0]?.keySecret ?? '',
      others: Object.fromEntries(routes.map(({ keyId, keySecret }) => [keyId, keySecret])),
      signs: routes.map(({ sign }) => sign),
      templates: approved,
      now,
      onEvent: sandboxTeller(tell, ({ phone, sign, template, variables }) => {
        const text = (approved[template] ?? '').replace(/\$\{(\w+)\}/g, (_, name) => variables[name] ?? '')
        const to = /^1\d{10}$/.test(phone) ? `+86${phone}` : `+${phone}`
        return { to, text: `【${sign}】${text}`, format: 'text' }
      }),
    })
  },
}

interface RouteSettings {
  sign: string
  templates: Record<string, string>
  language?: 'zh' | 'en'
  keyId: string
  keySecret: string
}
