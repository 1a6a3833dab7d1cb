import { randomUUID } from 'node:crypto'
import { type Acs3Keys, acs3Fault } from './acs3.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'

// Parameters and codes: help.aliyun.com, Dysmsapi 2017-05-25, SendSms.
const VERSION = '2017-05-25'
const NUMBERS = 1000
const VARIABLE_CHARACTERS = 35
const PARAMETERS = ['PhoneNumbers', 'SignName', 'TemplateCode', 'TemplateParam', 'OutId', 'SmsUpExtendCode']

/** A text that a phone got. */
export interface AliyunSmsMessage {
  /** As it was written: 11 digits, or a country's code and number. */
  phone: string
  sign: string
  template: string
  /** By the names of the template's variables. */
  variables: Record<string, string>
}

export interface AliyunSmsOptions extends ServerOptions, Acs3Keys {
  /** Approved signatures. */
  signs: string[]
  /** Approved templates, with their variables as `${name}`. */
  templates: Record<string, string>
  now(): number
}

export interface AliyunSmsSimulator extends VendorServer {
  received: AliyunSmsMessage[]
}

/** Alibaba's SendSms: ACS3 signature recomputed, approved signatures and templates; refusals are a 200 with another code than OK. */
export async function startAliyunSmsSimulator(options: AliyunSmsOptions): Promise<AliyunSmsSimulator> {
  const received: AliyunSmsMessage[] = []
  const nonces = new Set<string>()

  function answer(request: VendorRequest) {
    const fault = acs3Fault(request, options, options.now(), nonces) ?? requestFault(request)
    if (fault) return { status: fault.status, body: { ...said(fault.code, fault.message), HostId: 'simulator' } }
    const { params } = request
    const code = contentFault(params, options)
    if (code) return { status: 200, body: said(code, 'refused') }
    for (const phone of (params.get('PhoneNumbers') ?? '').split(',')) {
      const [sign, template] = [params.get('SignName') ?? '', params.get('TemplateCode') ?? '']
      received.push({ phone, sign, template, variables: variablesOf(params) })
    }
    return { status: 200, body: { ...said('OK', 'OK'), BizId: `${received.length}^0` } }
  }

  const server = await startVendorServer(
    {
      answer,
      refuse: (failure) =>
        failure.kind === 'rate-limit'
          ? { status: 400, body: said('Throttling.User', 'Request was denied due to user flow control.') }
          : { status: 200, body: said(String(failure.code), failure.message ?? 'planned failure') },
    },
    options,
  )
  return Object.assign(server, { received })
}

function said(code: string, message: string) {
  return { RequestId: randomUUID(), Code: code, Message: message }
}

function requestFault({ method, path, params, headers }: VendorRequest) {
  if (method !== 'POST' || path !== '/') return { status: 404, code: 'InvalidAction.NotFound', message: 'POST to /.' }
  if (headers['x-acs-action'] !== 'SendSms' || headers['x-acs-version'] !== VERSION) {
    return { status: 404, code: 'InvalidAction.NotFound', message: 'The specified API is not found.' }
  }
  const unknown = [...params.keys()].find((name) => !PARAMETERS.includes(name))
  if (unknown) return { status: 400, code: 'InvalidParameter', message: `${unknown} is not known.` }
  const missing = PARAMETERS.slice(0, 3).find((name) => !params.get(name))
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
