import * as z from 'zod'
import { byteLength, jsonObject, type VendorRequest } from './server.ts'
import { reviewRequests } from './tencent-sms-reviews.ts'

// Limits and codes: cloud.tencent.com/document/api/382/55981 (SendSms) and /382/59177 (error codes).
const VERSION = '2021-01-11'
const REGIONS = ['ap-beijing', 'ap-guangzhou', 'ap-nanjing', 'ap-singapore']
const NUMBERS = 200
const SESSION_BYTES = 512
const INDIVIDUAL_VARIABLE = 12
const URL_LIKE = /https?:|www\.|\b\d{1,3}(\.\d{1,3}){3}\b|\b[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}\b/i

/** What an account may send. */
export interface TencentSmsAccount {
  /** An application's id, or those of several. */
  app: string | string[]
  /** Approved signatures, without brackets. */
  signs: string[]
  /** Approved templates: how many variables each has. */
  templates: Record<string, number>
  /** An individual's account: variables of at most 12 characters. Default: an enterprise's. */
  individual?: boolean
}

/** The fields of SendSms. */
export const requestBody = z.strictObject({
  PhoneNumberSet: z.array(z.string()),
  SmsSdkAppId: z.string(),
  TemplateId: z.string(),
  SignName: z.string().optional(),
  TemplateParamSet: z.array(z.string()).optional(),
  ExtendCode: z.string().optional(),
  SessionContext: z.string().optional(),
  SenderId: z.string().optional(),
})
/** The fields of PullSmsSendStatusByPhoneNumber: seconds of Unix time, of the last seven days. */
export const statusBody = z.strictObject({
  BeginTime: z.int(),
  EndTime: z.int().optional(),
  Offset: z.literal(0),
  Limit: z.int().min(1).max(100),
  PhoneNumber: z.string().regex(/^\+\d{7,15}$/),
  SmsSdkAppId: z.string(),
})

export type RequestBody = z.infer<typeof requestBody>

export interface Fault {
  code: string
  message: string
}

/** Which action, version and region is asked for. */
export function headerFault(request: VendorRequest): Fault | undefined {
  if (request.method !== 'POST' || request.path !== '/') {
    return { code: 'InvalidRequest', message: 'An action is a POST to /.' }
  }
  if (
    !['SendSms', 'PullSmsSendStatusByPhoneNumber', ...Object.keys(reviewRequests)].includes(
      String(request.headers['x-tc-action']),
    )
  )
    return { code: 'InvalidAction', message: 'The action is not found.' }
  if (request.headers['x-tc-version'] !== VERSION)
    return { code: 'NoSuchVersion', message: 'The version is not found.' }
  const region = request.headers['x-tc-region']
  if (region === undefined) return { code: 'MissingParameter', message: 'The header X-TC-Region is missing.' }
  if (REGIONS.includes(String(region))) return
  return { code: 'UnsupportedOperation.UnsuportedRegion', message: `The region ${region} is not supported.` }
}

/** Whether the body has the fields of SendSms, and no others. */
export function bodyFault(request: VendorRequest): Fault | undefined {
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

/** What is wrong with the request as a whole. */
export function requestFault(body: RequestBody, options: TencentSmsAccount): Fault | undefined {
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
  if (![options.app].flat().includes(body.SmsSdkAppId)) {
    return { code: 'UnauthorizedOperation.SmsSdkAppIdVerifyFail', message: "The SmsSdkAppId is not this account's." }
  }
  if (byteLength(body.SessionContext ?? '') >= SESSION_BYTES) {
    return { code: 'InvalidParameterValue', message: `SessionContext must be under ${SESSION_BYTES} bytes.` }
  }
}

/** What is wrong with what one number would read. */
export function contentFault(phone: string, body: RequestBody, options: TencentSmsAccount): Fault | undefined {
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

/** What counts as the same text. */
export function contentOf(body: RequestBody): string {
  return JSON.stringify([body.SignName, body.TemplateId, body.TemplateParamSet])
}

/** Mainland numbers may also come as 0086…, 86… or eleven digits. */
export function e164(number: string): string | undefined {
  const mainland = /^(?:\+86|0086|86)?(1\d{10})$/.exec(number)
  if (mainland) return `+86${mainland[1]}`
  return /^\+(?!86)[1-9]\d{6,14}$/.test(number) ? number : undefined
}

function isDomestic(phone: string): boolean {
  return phone.startsWith('+86') || !phone.startsWith('+')
}

/** The vendor names the country of each number; only those that pages usually go to are told apart here. */
export function isoCode(phone: string): string {
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
