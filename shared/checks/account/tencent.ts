import { tc3Post } from '../../clouds/tencent/tc3.ts'
import { type Asking, answered, call, numberIn, type Read } from './call.ts'
import { type AccountResult, balanceOf, isLimited, keyAgeOf, leftOf, reviewOf } from './result.ts'
import type { CloudSpec } from './spec.ts'

// cloud.tencent.com, API 3.0, and the models of its SDK.
const products = {
  sms: { version: '2021-01-11', region: 'ap-guangzhou' },
  billing: { version: '2018-07-09', region: 'ap-guangzhou' },
  cam: { version: '2019-01-16', region: 'ap-guangzhou' },
}

/** Signatures and packages are listed so many at a time. */
const PAGE = 100

/** More pages of signatures than these nobody has. */
const MOST_PAGES = 20

/** Packages are listed by when they were bought: what is older has run out. */
const BOUGHT_MS = 3 * 365 * 86_400_000
const BEIJING_MS = 8 * 3_600_000

/** Of a template or signature: 0 in force, 1 under review, 2 approved but not yet in force; else it is refused. */
const states = { 1: 'under-review', 2: 'not-in-force' } as const

/** Codes by which the vendor does not take a key (cloud.tencent.com/document/api/382/30436); others are of rights, or of a clock. */
const isOfKey = (code: string) =>
  /^AuthFailure\.(InvalidSecretId|SecretIdNotFound|SignatureFailure|TokenFailure)$/.test(code)

type Call = (product: keyof typeof products, action: string, fields: object) => Promise<Record<string, unknown>>

/** What Tencent Cloud tells of an account: packages of texts, money, the key's age, signatures and templates. Of voice it tells nothing. */
export async function tencentResults(spec: CloudSpec, asking: Asking): Promise<AccountResult[]> {
  const callIt = callOf(spec, asking)
  const now = asking.io.now()
  const questions: Promise<AccountResult | AccountResult[]>[] = [
    ...(isLimited(spec, 'texts') ? [texts(spec, callIt, now)] : []),
    ...(isLimited(spec, 'balance') ? [balance(spec, callIt)] : []),
    ...(isLimited(spec, 'keyAgeMs') ? [keyAge(spec, callIt, now)] : []),
    ...(spec.templates.length > 0 ? [templates(spec.templates, callIt)] : []),
    ...(spec.signs.length > 0 ? [signs(spec.signs, callIt)] : []),
  ]
  return (await Promise.all(questions.map(answered))).flat()
}

/** SmsPackagesStatistics: what is left of those that have begun and not run out. */
async function texts(spec: CloudSpec, callIt: Call, now: number): Promise<AccountResult> {
  const action = 'SmsPackagesStatistics'
  const span = { BeginTime: hourOf(now - BOUGHT_MS), EndTime: hourOf(now) }
  let left = 0
  for (let Offset = 0; ; Offset += PAGE) {
    const fields = { SmsSdkAppId: spec.app ?? '', Limit: PAGE, Offset, ...span }
    const { SmsPackagesStatisticsSet } = await callIt('sms', action, fields)
    const listed = listIn(SmsPackagesStatisticsSet)
    for (const one of listed) {
      const told = (name: string) => numberIn(one[name], action)
      const isInForce = told('PackageEffectiveTime') * 1000 <= now && now < told('PackageExpiredTime') * 1000
      if (isInForce) left += Math.max(0, told('PackageAmount') - told('CurrentUsage'))
    }
    if (listed.length < PAGE) break
  }
  return leftOf(spec, 'texts', left, (limit) => ({
    code: 'account-texts',
    args: { count: left, ...(limit === undefined ? {} : { limit }) },
  }))
}

/** DescribeAccountBalance, in hundredths of a yuan. */
async function balance(spec: CloudSpec, callIt: Call): Promise<AccountResult> {
  const action = 'DescribeAccountBalance'
  const { RealBalance, Balance } = await callIt('billing', action, {})
  return balanceOf(spec, numberIn(RealBalance ?? Balance, action) / 100, 'CNY')
}

/** ListAccessKeys of whoever asks. Its times have no zone; a day more or less is no matter. */
async function keyAge(spec: CloudSpec, callIt: Call, now: number): Promise<AccountResult> {
  const { AccessKeys } = await callIt('cam', 'ListAccessKeys', {})
  const own = listIn(AccessKeys).find(({ AccessKeyId }) => AccessKeyId === spec.keyId)
  return keyAgeOf(spec, own && Date.parse(`${String(own.CreateTime).replace(' ', 'T')}+08:00`), now)
}

async function templates(ids: string[], callIt: Call): Promise<AccountResult[]> {
  const action = 'DescribeSmsTemplateList'
  const found = new Map<string, Record<string, unknown>>()
  for (const International of [0, 1]) {
    const TemplateIdSet = ids.filter((id) => !found.has(id)).map(Number)
    if (TemplateIdSet.length === 0) break
    const { DescribeTemplateStatusSet } = await callIt('sms', action, { International, TemplateIdSet })
    for (const one of listIn(DescribeTemplateStatusSet)) found.set(String(one.TemplateId), one)
  }
  return ids.map((id) => reviewed('template', id, found.get(id), action))
}

async function signs(names: string[], callIt: Call): Promise<AccountResult[]> {
  const action = 'DescribeSmsSignList'
  const found = new Map<string, Record<string, unknown>>()
  for (const International of [0, 1]) {
    for (let page = 0; page < MOST_PAGES && names.some((name) => !found.has(name)); page++) {
      const fields = { International, Limit: PAGE, Offset: page * PAGE }
      const { DescribeSignListStatusSet } = await callIt('sms', action, fields)
      const listed = listIn(DescribeSignListStatusSet)
      for (const one of listed) found.set(String(one.SignName), one)
      if (listed.length < PAGE) break
    }
  }
  return names.map((name) => reviewed('sign', name, found.get(name), action))
}

function reviewed(
  what: 'sign' | 'template',
  name: string,
  one: Record<string, unknown> | undefined,
  action: string,
): AccountResult {
  if (one === undefined) return reviewOf(what, name, 'missing')
  const status = numberIn(one.StatusCode, action)
  if (status === 0) return reviewOf(what, name)
  return reviewOf(what, name, states[status as keyof typeof states] ?? 'refused', String(one.ReviewReply ?? ''))
}

/** `2026112902`, in Beijing. */
function hourOf(at: number): string {
  return new Date(at + BEIJING_MS).toISOString().slice(0, 13).replace(/\D/g, '')
}

function callOf({ keyId, keySecret }: CloudSpec, asking: Asking): Call {
  const { io } = asking
  return (product, action, fields) => {
    const url = new URL('/', io.env.FENGHUO_TENCENT_URL ?? `https://${product}.tencentcloudapi.com`)
    const request = { url, service: product, action, ...products[product] }
    const { headers, body } = tc3Post(request, fields, { secretId: keyId, secretKey: keySecret }, io.now())
    return call(action, { url, method: 'POST', headers, body }, read, isOfKey, asking)
  }
}

const read: Read = ({ status }, { Response }) => {
  if (status !== 200 || typeof Response !== 'object' || Response === null) return undefined
  const { Error: error } = Response as { Error?: { Code?: unknown; Message?: unknown } }
  if (error === undefined) return Response as Record<string, unknown>
  return { refused: { code: String(error.Code), said: String(error.Message ?? '') } }
}

function listIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map((one) => Object(one)) : []
}
