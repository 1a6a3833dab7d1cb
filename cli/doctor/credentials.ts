import { type Found, fault, ok, skipped } from '../../shared/channels/finding.ts'
import { aliyunKeyOf, signedRpc } from '../../shared/clouds/aliyun/rpc.ts'
import { element, reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { signedTc3, tencentKeyOf } from '../../shared/clouds/tencent/tc3.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'

// The caller's identity: of all APIs the one that needs no permission.
const TENCENT_STS = 'https://sts.tencentcloudapi.com'
const ALIYUN_STS = 'https://sts.aliyuncs.com'
/** STS has no regions of its own; any that exists will do. */
const TENCENT_REGION = 'ap-guangzhou'

/** Whose keys these are, in the clouds of the vantages. The channels' own keys show in their areas. */
export const credentials: Area = {
  name: 'credentials',
  examinations(patient) {
    const clouds = new Set(Object.values(patient.config.vantages).map((place) => place.split('/')[0]))
    if (patient.stack !== undefined) return []
    return [
      { subject: 'AWS', look: (signal) => aws(patient, signal) },
      ...(clouds.has('tencent')
        ? [{ subject: 'Tencent Cloud', look: (signal: AbortSignal) => tencent(patient, signal) }]
        : []),
      ...(clouds.has('aliyun')
        ? [{ subject: 'Alibaba Cloud', look: (signal: AbortSignal) => aliyun(patient, signal) }]
        : []),
    ]
  },
}

/** STS API reference, GetCallerIdentity, version 2011-06-15. */
async function aws({ aws }: Patient, signal: AbortSignal): Promise<Found> {
  const answer = await aws({
    service: 'sts',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
    signal,
  })
  if (!answer.ok)
    return fault(refused(await reasonOfAws(answer)), {
      en: 'check AWS_PROFILE or the keys, and the clock of this machine',
      zh: '检查 AWS_PROFILE 或密钥，以及本机时钟',
    })
  const text = await answer.text()
  const [account, arn] = [element(text, 'Account'), element(text, 'Arn')]
  if (account === undefined)
    return fault(
      { en: 'the answer is not one of STS', zh: '应答不是 STS 的' },
      { en: 'is there a proxy in between?', zh: '中间有代理吗？' },
    )
  return ok({
    en: `account ${account}, ${arn?.replace(/^arn:[^:]*:\w+::\d+:/, '') ?? 'somebody'}`,
    zh: `账号 ${account}，${arn?.replace(/^arn:[^:]*:\w+::\d+:/, '') ?? '某人'}`,
  })
}

/** cloud.tencent.com/document/api/1312/49778: GetCallerIdentity, version 2018-08-13. */
async function tencent({ env, now, fetch }: Patient, signal: AbortSignal): Promise<Found> {
  const key = tencentKeyOf(env)
  if (key === undefined)
    return skipped(
      { en: 'no key here', zh: '这里没有密钥' },
      {
        en: 'deploying to it takes TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY',
        zh: '部署到那里需要 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY',
      },
    )
  const url = new URL('/', env.FENGHUO_TENCENT_URL || TENCENT_STS)
  const body = '{}'
  const request = {
    url,
    service: 'sts',
    action: 'GetCallerIdentity',
    version: '2018-08-13',
    region: TENCENT_REGION,
    body,
  }
  const answer = await fetch(url, { method: 'POST', headers: signedTc3(request, key, now()), body, signal })
  const { Response } = (await answer.json().catch(() => ({}))) as { Response?: Record<string, unknown> }
  const { AccountId, Error: refusal } = Response ?? {}
  if (typeof AccountId === 'string') return ok({ en: `account ${AccountId}`, zh: `账号 ${AccountId}` })
  const { Code, Message } = Object(refusal)
  return fault(
    {
      en: `refused: ${[Code ?? `HTTP ${answer.status}`, Message].filter(Boolean).join(' ')}`,
      zh: `被拒绝：${[Code ?? `HTTP ${answer.status}`, Message].filter(Boolean).join(' ')}`,
    },
    {
      en: 'check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_TOKEN), and the clock of this machine',
      zh: '检查 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY（以及 TENCENTCLOUD_TOKEN），还有本机时钟',
    },
  )
}

/** help.aliyun.com, STS GetCallerIdentity, version 2015-04-01. */
async function aliyun({ env, now, fetch, randomId }: Patient, signal: AbortSignal): Promise<Found> {
  const key = aliyunKeyOf(env)
  if (key === undefined)
    return skipped(
      { en: 'no key here', zh: '这里没有密钥' },
      {
        en: 'deploying to it takes ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET',
        zh: '部署到那里需要 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      },
    )
  const url = new URL('/', env.FENGHUO_ALIYUN_URL || ALIYUN_STS)
  const request = { url, action: 'GetCallerIdentity', version: '2015-04-01', parameters: {} }
  const signed = signedRpc(request, key, now(), randomId())
  const { host: _, ...headers } = signed.headers
  const answer = await fetch(signed.url, { method: 'POST', headers, signal })
  const told = (await answer.json().catch(() => ({}))) as { AccountId?: unknown; Code?: unknown }
  if (answer.ok && typeof told.AccountId === 'string')
    return ok({ en: `account ${told.AccountId}`, zh: `账号 ${told.AccountId}` })
  return fault(
    { en: `refused: ${told.Code ?? `HTTP ${answer.status}`}`, zh: `被拒绝：${told.Code ?? `HTTP ${answer.status}`}` },
    {
      en: 'check ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and the clock of this machine',
      zh: '检查 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，以及本机时钟',
    },
  )
}

function refused(reason: string): Bilingual {
  return { en: `refused: ${reason}`, zh: `被拒绝：${reason}` }
}
