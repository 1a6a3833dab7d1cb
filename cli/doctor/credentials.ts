import type { Found } from '../../shared/channels/diagnoses/finding.ts'
import { aliyunKeyOf, signedRpc } from '../../shared/clouds/aliyun/rpc.ts'
import { element, reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { tc3Post, tencentKeyOf } from '../../shared/clouds/tencent/tc3.ts'
import { cloudNames } from '../words/clouds.ts'
import { found } from '../words/findings/credentials.ts'
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
      { subject: cloudNames.aws, ask: (signal) => aws(patient, signal) },
      ...(clouds.has('tencent')
        ? [{ subject: cloudNames.tencent, ask: (signal: AbortSignal) => tencent(patient, signal) }]
        : []),
      ...(clouds.has('aliyun')
        ? [{ subject: cloudNames.aliyun, ask: (signal: AbortSignal) => aliyun(patient, signal) }]
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
  if (!answer.ok) return found('aws-refused', await reasonOfAws(answer))
  const text = await answer.text()
  const [account, arn] = [element(text, 'Account'), element(text, 'Arn')]
  if (account === undefined) return found('not-sts')
  return found('aws-account', account, arn?.replace(/^arn:[^:]*:\w+::\d+:/, ''))
}

/** cloud.tencent.com/document/api/1312/49778: GetCallerIdentity, version 2018-08-13. */
async function tencent({ env, now, fetch }: Patient, signal: AbortSignal): Promise<Found> {
  const key = tencentKeyOf(env)
  if (key === undefined) return found('no-tencent-key')
  const action = {
    url: new URL('/', env.FENGHUO_TENCENT_URL || TENCENT_STS),
    service: 'sts',
    action: 'GetCallerIdentity',
    version: '2018-08-13',
    region: TENCENT_REGION,
  }
  const { url, ...request } = tc3Post(action, {}, key, now())
  const answer = await fetch(url, { method: 'POST', ...request, signal })
  const { Response } = (await answer.json().catch(() => ({}))) as { Response?: Record<string, unknown> }
  const { AccountId, Error: refusal } = Response ?? {}
  if (typeof AccountId === 'string') return found('account', AccountId)
  const { Code, Message } = Object(refusal)
  return found('tencent-refused', [Code ?? `HTTP ${answer.status}`, Message].filter(Boolean).join(' '))
}

/** help.aliyun.com, STS GetCallerIdentity, version 2015-04-01. */
async function aliyun({ env, now, fetch, randomId }: Patient, signal: AbortSignal): Promise<Found> {
  const key = aliyunKeyOf(env)
  if (key === undefined) return found('no-aliyun-key')
  const url = new URL('/', env.FENGHUO_ALIYUN_URL || ALIYUN_STS)
  const request = { url, action: 'GetCallerIdentity', version: '2015-04-01', parameters: {} }
  const { url: to, headers } = signedRpc(request, key, now(), randomId())
  const answer = await fetch(to, { method: 'POST', headers, signal })
  const told = (await answer.json().catch(() => ({}))) as { AccountId?: unknown; Code?: unknown }
  if (answer.ok && typeof told.AccountId === 'string') return found('account', told.AccountId)
  return found('aliyun-refused', String(told.Code ?? `HTTP ${answer.status}`))
}
