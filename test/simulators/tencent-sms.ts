import { randomUUID } from 'node:crypto'
import type { VendorFault } from './failures.ts'
import { type Counter, type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorRequest } from './server.ts'
import { tc3Fault } from './tc3.ts'
import { smsFrequency } from './tencent-sms-frequency.ts'
import { listSigns, listTemplates, type Reviewed, reviewRequests } from './tencent-sms-reviews.ts'
import {
  bodyFault,
  contentFault,
  contentOf,
  e164,
  type Fault,
  headerFault,
  isoCode,
  type RequestBody,
  requestBody,
  requestFault,
  statusBody,
  type TencentSmsAccount,
} from './tencent-sms-rules.ts'

/** A text that a phone got. */
export interface SmsMessage {
  /** E.164. */
  phone: string
  sign: string
  template: string
  /** In the order of the template's slots {1}, {2}, … */
  variables: string[]
  serial: string
}

export interface TencentSmsOptions extends MessageOptions<SmsMessage>, TencentSmsAccount {
  secretId: string
  secretKey: string
  /** Keys of further accounts: secret ids with their secret keys. */
  others?: Record<string, string>
  /** What is not simply approved, as the lists tell of it; nothing is sent by it. */
  reviews?: Reviewed['reviews']
  /** Takes what the carrier says of texts to the configured address. */
  push?(reports: object[]): void
  /** Numbers at which no text arrives. */
  unreachable?: string[]
  /** So long after it was sent the carrier has said what became of a text, ms; absent: at once. */
  carrierMs?: number
  /** What signatures are judged by: the SDK signs with the machine's clock, so the default is that clock. */
  wallClock?(): number
}

export type TencentSmsSimulator = MessageVendor<SmsMessage>

/**
 * Tencent Cloud's SendSms: TC3 signature recomputed, approved signatures and templates, frequency rules per number; and the lists of
 * both with their reviews.
 */
export function startTencentSmsSimulator(options: TencentSmsOptions): Promise<TencentSmsSimulator> {
  const frequency = smsFrequency(options.now)
  const wallClock = options.wallClock ?? Date.now
  const sent: { phone: string; serial: string; at: number }[] = []

  function answer(request: VendorRequest, counter: Counter<SmsMessage>) {
    const { refuse } = counter
    const wrongAtAll = tc3Fault(request, { ...options, service: 'sms' }, wallClock()) ?? headerFault(request)
    if (wrongAtAll) return refuse(wrongAtAll)
    const action = request.headers['x-tc-action']
    if (action === 'PullSmsSendStatusByPhoneNumber') return statuses(request, refuse)
    if (action !== 'SendSms') return list(String(action), request, refuse)
    const fault = bodyFault(request)
    if (fault) return refuse(fault)
    const body = requestBody.parse(jsonObject(request.body))
    const wrong = requestFault(body, options)
    if (wrong) return refuse(wrong)
    return respond({ SendStatusSet: body.PhoneNumberSet.map((phone) => send(phone, body, counter)) })
  }

  function statuses(request: VendorRequest, refuse: Counter<SmsMessage>['refuse']) {
    const { data, error } = statusBody.safeParse(jsonObject(request.body))
    if (error) return refuse({ code: 'InvalidParameter', message: error.issues[0]?.message ?? '' })
    const { PhoneNumber, SmsSdkAppId, BeginTime, EndTime = Infinity, Limit } = data
    const own = [options.app].flat().includes(SmsSdkAppId) ? sent : []
    const listed = own.filter(
      ({ phone, at }) => phone === PhoneNumber && at / 1000 >= BeginTime && at / 1000 <= EndTime,
    )
    return respond({
      PullSmsSendStatusSet: listed.slice(0, Limit).map(({ phone, serial, at }) => {
        const isLost = options.unreachable?.includes(phone)
        const status = isLost ? 'FAIL' : 'SUCCESS'
        const said = { ReportStatus: status, Description: isLost ? '短信未送达' : '用户短信送达成功' }
        const isTold = options.now() - at >= (options.carrierMs ?? 0)
        return { PhoneNumber: phone, SerialNo: serial, ...(isTold ? said : { ReportStatus: '', Description: '' }) }
      }),
    })
  }

  /** An individual's account may not list; the code for it is not documented, so this one is a guess. */
  function list(action: string, request: VendorRequest, refuse: Counter<SmsMessage>['refuse']) {
    if (options.individual) return refuse({ code: 'UnsupportedOperation', message: 'Not for individual users.' })
    const json = jsonObject(request.body)
    const templates = reviewRequests.DescribeSmsTemplateList.safeParse(json)
    const signs = reviewRequests.DescribeSmsSignList.safeParse(json)
    const { error } = action === 'DescribeSmsTemplateList' ? templates : signs
    if (error) return refuse({ code: 'InvalidParameter', message: error.issues[0]?.message ?? '' })
    if (action === 'DescribeSmsTemplateList' && templates.data) return respond(listTemplates(templates.data, options))
    return respond(listSigns(reviewRequests.DescribeSmsSignList.parse(json), options))
  }

  function send(given: string, body: RequestBody, { take, note }: Counter<SmsMessage>) {
    const phone = e164(given)
    const status = { PhoneNumber: phone ?? given, SessionContext: body.SessionContext ?? '' }
    const fault =
      phone === undefined ? INCORRECT_NUMBER : (contentFault(phone, body, options) ?? frequency(phone, contentOf(body)))
    if (fault || phone === undefined) {
      const { code, message } = fault ?? INCORRECT_NUMBER
      note({ code, message, phone: given })
      return { SerialNo: '', ...status, Fee: 0, Code: code, Message: message, IsoCode: phone ? isoCode(phone) : '' }
    }
    const serial = `5000:${randomUUID()}`
    const variables = body.TemplateParamSet ?? []
    sent.push({ phone, serial, at: options.now() })
    take({ phone, sign: body.SignName ?? '', template: body.TemplateId, variables, serial })
    options.push?.([reportOf(phone, serial, options.unreachable?.includes(phone) === true, options.now())])
    return { SerialNo: serial, ...status, Fee: 1, Code: 'Ok', Message: 'send success', IsoCode: isoCode(phone) }
  }

  return startMessageVendor({ answer, tooFast: TOO_FAST, refusal }, options)
}

/** What is posted of one text (cloud.tencent.com/document/product/382/52077). The time is Beijing's. */
function reportOf(phone: string, sid: string, isUnreachable: boolean, now: number): object {
  const [report_status, errmsg, description] = isUnreachable
    ? ['FAIL', 'UNDELIV', '短信未送达']
    : ['SUCCESS', 'DELIVRD', '用户短信送达成功']
  const user_receive_time = new Date(now + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const [, nationcode, mobile] = /^\+(1|\d\d)(\d+)$/.exec(phone) ?? []
  return { user_receive_time, nationcode, mobile, report_status, errmsg, description, sid }
}

const TOO_FAST: Fault = {
  code: 'RequestLimitExceeded',
  message: 'The number of requests exceeds the frequency limit.',
}

const INCORRECT_NUMBER: Fault = {
  code: 'InvalidParameterValue.IncorrectPhoneNumber',
  message: 'incorrect phone number',
}

function refusal({ code, message }: VendorFault) {
  return respond({ Error: { Code: String(code), Message: message } })
}

function respond(response: Record<string, unknown>) {
  return { status: 200, body: { Response: { ...response, RequestId: randomUUID() } } }
}

/** As the local stack plays it: the configured templates are approved, and shown filled in. */
export const simulator: Simulator = {
  type: 'tencent-sms',
  start({ settings, now, tell, templates }) {
    const routes = settings as unknown as RouteSettings[]
    const texts = Object.fromEntries(
      routes.flatMap(({ templates: ids, language = 'zh' }) =>
        Object.entries(ids).map(([name, id]): [string, string] => [id, templates[language][name] ?? '']),
      ),
    )
    const slots = (text: string) => text.match(/\{\d\}/g)?.length ?? 0
    return startTencentSmsSimulator({
      secretId: routes[0]?.secretId ?? '',
      secretKey: routes[0]?.secretKey ?? '',
      others: Object.fromEntries(routes.map(({ secretId, secretKey }) => [secretId, secretKey])),
      app: routes.map(({ app }) => app),
      signs: routes.flatMap(({ sign }) => sign ?? []),
      templates: Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, slots(text)])),
      now,
      onEvent: sandboxTeller(tell, ({ phone, sign, template, variables }) => {
        const text = (texts[template] ?? '').replace(/\{(\d)\}/g, (_, index) => variables[Number(index) - 1] ?? '')
        return { to: phone, text: sign ? `【${sign}】${text}` : text, format: 'text' }
      }),
    })
  },
}

interface RouteSettings {
  app: string
  sign?: string
  templates: Record<string, string>
  language?: 'zh' | 'en'
  secretId: string
  secretKey: string
}
