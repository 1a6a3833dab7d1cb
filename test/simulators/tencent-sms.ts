import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import {
  byteLength,
  jsonObject,
  type ServerOptions,
  startVendorServer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'
import { tc3Fault } from './tc3.ts'
import { smsFrequency } from './tencent-sms-frequency.ts'
import { listSigns, listTemplates, type Reviewed, reviewRequests } from './tencent-sms-reviews.ts'

// Limits and codes: cloud.tencent.com/document/api/382/55981 (SendSms) and /382/59177 (error codes).
const VERSION = '2021-01-11'
const REGIONS = ['ap-beijing', 'ap-guangzhou', 'ap-nanjing', 'ap-singapore']
const NUMBERS = 200
const SESSION_BYTES = 512
const INDIVIDUAL_VARIABLE = 12
const URL_LIKE = /https?:|www\.|\b\d{1,3}(\.\d{1,3}){3}\b|\b[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}\b/i

const requestBody = z.strictObject({
  PhoneNumberSet: z.array(z.string()),
  SmsSdkAppId: z.string(),
  TemplateId: z.string(),
  SignName: z.string().optional(),
  TemplateParamSet: z.array(z.string()).optional(),
  ExtendCode: z.string().optional(),
  SessionContext: z.string().optional(),
  SenderId: z.string().optional(),
})
type RequestBody = z.infer<typeof requestBody>

/** A text that a phone got. */
export interface SmsMessage {
  at: number
  /** E.164. */
  phone: string
  sign: string
  template: string
  /** In the order of the template's slots {1}, {2}, … */
  variables: string[]
  serial: string
}

export type SmsEvent =
  | { type: 'message'; at: number; message: SmsMessage }
  /** `phone` is absent when the whole request was refused. */
  | { type: 'refused'; at: number; code: string; message: string; phone?: string }

export interface TencentSmsOptions extends ServerOptions {
  secretId: string
  secretKey: string
  app: string
  /** Approved signatures, without brackets. */
  signs: string[]
  /** Approved templates: how many variables each has. */
  templates: Record<string, number>
  /** What is not simply approved, as the lists tell of it; nothing is sent by it. */
  reviews?: Reviewed['reviews']
  /** An individual's account: variables of at most 12 characters. Default: an enterprise's. */
  individual?: boolean
  now(): number
  /** What signatures are judged by: the SDK signs with the machine's clock, so the default is that clock. */
  wallClock?(): number
  onEvent?(event: SmsEvent): void
}

export interface TencentSmsSimulator extends VendorServer {
  received: SmsMessage[]
  refused: { code: string; message: string; phone?: string }[]
}

interface Fault {
  code: string
  message: string
}

/**
 * Tencent Cloud's SendSms: TC3 signature recomputed, approved signatures and templates, frequency rules per number; and the lists of
 * both with their reviews.
 */
export async function startTencentSmsSimulator(options: TencentSmsOptions): Promise<TencentSmsSimulator> {
  const received: SmsMessage[] = []
  const refused: TencentSmsSimulator['refused'] = []
  const frequency = smsFrequency(options.now)
  const wallClock = options.wallClock ?? Date.now

  function note(fault: Fault, phone?: string) {
    const refusal = phone === undefined ? fault : { ...fault, phone }
    refused.push(refusal)
    options.onEvent?.({ type: 'refused', at: options.now(), ...refusal })
  }

  function refuse(fault: Fault) {
    note(fault)
    return respond({ Error: { Code: fault.code, Message: fault.message } })
  }

  function answer(request: VendorRequest) {
    const wrongAtAll = tc3Fault(request, { ...options, service: 'sms' }, wallClock()) ?? headerFault(request)
    if (wrongAtAll) return refuse(wrongAtAll)
    const action = request.headers['x-tc-action']
    if (action !== 'SendSms') return list(String(action), request)
    const fault = bodyFault(request)
    if (fault) return refuse(fault)
    const body = requestBody.parse(jsonObject(request.body))
    const wrong = requestFault(body, options)
    if (wrong) return refuse(wrong)
    return respond({ SendStatusSet: body.PhoneNumberSet.map((phone) => send(phone, body)) })
  }

  /** An individual's account may not list; the code for it is not documented, so this one is a guess. */
  function list(action: string, request: VendorRequest) {
    if (options.individual) return refuse({ code: 'UnsupportedOperation', message: 'Not for individual users.' })
    const json = jsonObject(request.body)
    const templates = reviewRequests.DescribeSmsTemplateList.safeParse(json)
    const signs = reviewRequests.DescribeSmsSignList.safeParse(json)
    const { error } = action === 'DescribeSmsTemplateList' ? templates : signs
    if (error) return refuse({ code: 'InvalidParameter', message: error.issues[0]?.message ?? '' })
    if (action === 'DescribeSmsTemplateList' && templates.data) return respond(listTemplates(templates.data, options))
    return respond(listSigns(reviewRequests.DescribeSmsSignList.parse(json), options))
  }

  function send(given: string, body: RequestBody) {
    const phone = e164(given)
    const status = { PhoneNumber: phone ?? given, SessionContext: body.SessionContext ?? '' }
    const fault =
      phone === undefined ? INCORRECT_NUMBER : (contentFault(phone, body, options) ?? frequency(phone, contentOf(body)))
    if (fault || phone === undefined) {
      const { code, message } = fault ?? INCORRECT_NUMBER
      note({ code, message }, given)
      return { SerialNo: '', ...status, Fee: 0, Code: code, Message: message, IsoCode: phone ? isoCode(phone) : '' }
    }
    const serial = `5000:${randomUUID()}`
    const variables = body.TemplateParamSet ?? []
    const message = {
      at: options.now(),
      phone,
      sign: body.SignName ?? '',
      template: body.TemplateId,
      variables,
      serial,
    }
    received.push(message)
    options.onEvent?.({ type: 'message', at: message.at, message })
    return { SerialNo: serial, ...status, Fee: 1, Code: 'Ok', Message: 'send success', IsoCode: isoCode(phone) }
  }

  const server = await startVendorServer(
    {
      answer,
      refuse: (failure) =>
        failure.kind === 'rate-limit'
          ? refuse({ code: 'RequestLimitExceeded', message: 'The number of requests exceeds the frequency limit.' })
          : refuse({ code: String(failure.code), message: failure.message ?? 'planned failure' }),
    },
    options,
  )
  return Object.assign(server, { received, refused })
}

const INCORRECT_NUMBER: Fault = {
  code: 'InvalidParameterValue.IncorrectPhoneNumber',
  message: 'incorrect phone number',
}

function respond(response: Record<string, unknown>) {
  return { status: 200, body: { Response: { ...response, RequestId: randomUUID() } } }
}

function headerFault(request: VendorRequest): Fault | undefined {
  if (request.method !== 'POST' || request.path !== '/') {
    return { code: 'InvalidRequest', message: 'An action is a POST to /.' }
  }
  if (!['SendSms', ...Object.keys(reviewRequests)].includes(String(request.headers['x-tc-action'])))
    return { code: 'InvalidAction', message: 'The action is not found.' }
  if (request.headers['x-tc-version'] !== VERSION)
    return { code: 'NoSuchVersion', message: 'The version is not found.' }
  const region = request.headers['x-tc-region']
  if (region === undefined) return { code: 'MissingParameter', message: 'The header X-TC-Region is missing.' }
  if (REGIONS.includes(String(region))) return
  return { code: 'UnsupportedOperation.UnsuportedRegion', message: `The region ${region} is not supported.` }
}

function bodyFault(request: VendorRequest): Fault | undefined {
  const json = jsonObject(request.body)
  if (!json) return { code: 'FailedOperation.JsonParseFail', message: 'The body is no JSON object.' }
  const issue = requestBody.safeParse(json).error?.issues[0]
  if (!issue) return
  if (issue.code === 'unrecognized_keys') return { code: 'UnknownParameter', message: issue.message }
  const missing = json[String(issue.path[0])] === undefined
  return {
    code: missing ? 'MissingParameter' : 'InvalidParameter',
    message: `${issue.path.join('.')}: ${issue.message}`,
  }
}

function requestFault(body: RequestBody, options: TencentSmsOptions): Fault | undefined {
  const numbers = body.PhoneNumberSet
  if (numbers.length === 0) {
    return { code: 'MissingParameter.EmptyPhoneNumberSet', message: 'The set of phone numbers is empty.' }
  }
  if (numbers.length > NUMBERS) {
    return { code: 'LimitExceeded.PhoneNumberCountLimit', message: `At most ${NUMBERS} phone numbers in a request.` }
  }
  const domestic = numbers.filter((number) => isDomestic(e164(number) ?? number)).length
  if (domestic > 0 && domestic < numbers.length) {
    return {
      code: 'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
      message: 'The request has numbers of mainland China and others.',
    }
  }
  if (body.SmsSdkAppId !== options.app) {
    return { code: 'UnauthorizedOperation.SmsSdkAppIdVerifyFail', message: "The SmsSdkAppId is not this account's." }
  }
  if (byteLength(body.SessionContext ?? '') >= SESSION_BYTES) {
    return { code: 'InvalidParameterValue', message: `SessionContext must be under ${SESSION_BYTES} bytes.` }
  }
}

function contentFault(phone: string, body: RequestBody, options: TencentSmsOptions): Fault | undefined {
  const signed = body.SignName === undefined ? !isDomestic(phone) : options.signs.includes(body.SignName)
  if (!signed) {
    return {
      code: 'FailedOperation.SignatureIncorrectOrUnapproved',
      message: 'signature is incorrectly formatted or unapproved',
    }
  }
  const variables = body.TemplateParamSet ?? []
  if (options.templates[body.TemplateId] !== variables.length) {
    return {
      code: 'FailedOperation.TemplateIncorrectOrUnapproved',
      message: 'template is not approved or request content does not match the approved template content',
    }
  }
  if (variables.some((variable) => URL_LIKE.test(variable))) {
    return {
      code: 'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
      message: 'prohibited to use URLs in the template parameter',
    }
  }
  if (options.individual && variables.some((variable) => [...variable].length > INDIVIDUAL_VARIABLE)) {
    return { code: 'InvalidParameterValue.TemplateParameterLengthLimit', message: 'template parameter is too long' }
  }
}

function contentOf(body: RequestBody): string {
  return JSON.stringify([body.SignName, body.TemplateId, body.TemplateParamSet])
}

/** Mainland numbers may also come as 0086…, 86… or eleven digits. */
function e164(number: string): string | undefined {
  const mainland = /^(?:\+86|0086|86)?(1\d{10})$/.exec(number)
  if (mainland) return `+86${mainland[1]}`
  return /^\+(?!86)[1-9]\d{6,14}$/.test(number) ? number : undefined
}

function isDomestic(phone: string): boolean {
  return phone.startsWith('+86') || !phone.startsWith('+')
}

/** The vendor names the country of each number; only those that pages usually go to are told apart here. */
function isoCode(phone: string): string {
  const codes: [string, string][] = [
    ['+86', 'CN'],
    ['+852', 'HK'],
    ['+65', 'SG'],
    ['+60', 'MY'],
    ['+81', 'JP'],
    ['+44', 'GB'],
    ['+1', 'US'],
  ]
  return codes.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? ''
}
