import { randomUUID } from 'node:crypto'
import { signedRpc } from '../../clouds/aliyun/rpc.ts'
import { type Asking, answered, call, numberIn, type Read } from './call.ts'
import { type AccountResult, balanceOf, isLimited, keyAgeOf, leftOf, reviewOf } from './result.ts'
import type { CloudSpec } from './spec.ts'

// help.aliyun.com: GetSmsSign and GetSmsTemplate, QueryAccountBalance and QueryResourcePackageInstances, ListAccessKeys.
const products = {
  sms: { host: 'dysmsapi.aliyuncs.com', version: '2017-05-25' },
  billing: { host: 'business.aliyuncs.com', version: '2017-12-14' },
  ram: { host: 'ram.aliyuncs.com', version: '2015-05-01' },
}

const reviews = {
  sign: { action: 'GetSmsSign', asks: 'SignName', tells: 'SignStatus' },
  template: { action: 'GetSmsTemplate', asks: 'TemplateCode', tells: 'TemplateStatus' },
}

/** Of a signature or template: 0 under review, 1 approved; all else can't be used. */
const APPROVED = 1
const UNDER_REVIEW = 0

/** Codes by which the vendor does not take a key ("common error codes"). */
const isOfKey = (code: string) => /^(InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature)(\.|$)/.test(code)

/** A signature or template that is not there, or not to be used (help.aliyun.com/document_detail/101346.html, which has them of sending). */
const MISSING = ['isv.SMS_SIGNATURE_ILLEGAL', 'isv.SMS_SIGN_ILLEGAL', 'isv.SMS_TEMPLATE_ILLEGAL']

type Call = (
  product: keyof typeof products,
  action: string,
  parameters?: Record<string, string>,
) => Promise<Record<string, unknown>>

/** Packages are listed so many at a time (QueryResourcePackageInstances, PageSize). */
const PAGE = 100

/** More pages nobody has. */
const MOST_PAGES = 20

/** What Alibaba Cloud tells of an account: money, packages of texts and calls, the key's age, signatures and templates. */
export async function aliyunResults(spec: CloudSpec, asking: Asking): Promise<AccountResult[]> {
  const callIt = callOf(spec, asking)
  const questions: Promise<AccountResult | AccountResult[]>[] = [
    ...(isLimited(spec, 'balance') ? [balance(spec, callIt)] : []),
    ...(spec.packages.length > 0 ? [packages(spec, callIt)] : []),
    ...(isLimited(spec, 'keyAgeMs') ? [keyAge(spec, callIt, asking.io.now())] : []),
    ...spec.signs.map((name) => review('sign', name, callIt)),
    ...spec.templates.map((name) => review('template', name, callIt)),
  ]
  return (await Promise.all(questions.map(answered))).flat()
}

async function balance(spec: CloudSpec, callIt: Call): Promise<AccountResult> {
  const { Data } = await callIt('billing', 'QueryAccountBalance')
  const { AvailableAmount, Currency } = Object(Data) as Record<string, unknown>
  // Thousands are set apart by commas.
  const amount = numberIn(String(AvailableAmount).replaceAll(',', ''), 'QueryAccountBalance')
  return balanceOf(spec, amount, String(Currency ?? 'CNY'))
}

/** QueryResourcePackageInstances: what those have left that are in force. One that nobody lists has nothing left. */
async function packages(spec: CloudSpec, callIt: Call): Promise<AccountResult[]> {
  const action = 'QueryResourcePackageInstances'
  const all: Record<string, unknown>[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { Data } = await callIt('billing', action, { PageNum: String(page), PageSize: String(PAGE) })
    const { Instance } = Object(Object(Data).Instances) as { Instance?: unknown }
    // A single one may come without a list.
    const listed = [Instance ?? []].flat()
    all.push(...listed.map(Object))
    if (listed.length < PAGE) break
  }
  const inForce = all.filter(({ Status }) => Status === 'Available')
  return spec.packages.map((name) => {
    const own = inForce.filter(({ Remark, PackageType }) => `${Remark} ${PackageType}`.includes(name))
    const left = own.reduce((sum, one) => sum + numberIn(one.RemainingAmount, action), 0)
    const unit = String(own[0]?.RemainingAmountUnit ?? '')
    return leftOf(spec, 'packages', left, (limit) => ({
      code: 'account-package',
      args: { name, left, unit, ...(limit === undefined ? {} : { limit }) },
    }))
  })
}

/** ListAccessKeys of whoever asks. */
async function keyAge(spec: CloudSpec, callIt: Call, now: number): Promise<AccountResult> {
  const { AccessKeys } = await callIt('ram', 'ListAccessKeys')
  const { AccessKey } = Object(AccessKeys) as { AccessKey?: unknown }
  const keys: Record<string, unknown>[] = Array.isArray(AccessKey) ? AccessKey.map((one) => Object(one)) : []
  const own = keys.find(({ AccessKeyId }) => AccessKeyId === spec.keyId)
  return keyAgeOf(spec, own && Date.parse(String(own.CreateDate)), now)
}

async function review(what: keyof typeof reviews, name: string, callIt: Call): Promise<AccountResult> {
  const { action, asks, tells } = reviews[what]
  const found = await callIt('sms', action, { [asks]: name })
  if (found.Code !== 'OK') return reviewOf(what, name, 'missing')
  const status = numberIn(found[tells], action)
  if (status === APPROVED) return reviewOf(what, name)
  if (status === UNDER_REVIEW) return reviewOf(what, name, 'under-review')
  return reviewOf(what, name, 'refused', String(Object(found.AuditInfo).RejectInfo ?? ''))
}

function callOf({ keyId, keySecret }: CloudSpec, asking: Asking): Call {
  const { io } = asking
  const key = { accessKeyId: keyId, accessKeySecret: keySecret }
  return (product, action, parameters = {}) => {
    const { host, version } = products[product]
    const url = new URL('/', io.env.FENGHUO_ALIYUN_URL ?? `https://${host}`)
    const signed = signedRpc({ url, action, version, parameters }, key, io.now(), randomUUID())
    return call(action, { url: new URL(signed.url), method: 'POST', headers: signed.headers }, read, isOfKey, asking)
  }
}

/** Success is "OK" of one product, "200" or "Success" of another, and no code at all of the third. */
const read: Read = ({ status }, fields) => {
  const { Code } = fields
  const code = Code === undefined ? '' : String(Code)
  if (status === 200 && (code === '' ? Object.keys(fields).length > 0 : ['OK', '200', 'Success'].includes(code)))
    return fields
  if (MISSING.includes(code)) return fields
  return code === '' ? undefined : { refused: { code, said: String(fields.Message ?? '') } }
}
