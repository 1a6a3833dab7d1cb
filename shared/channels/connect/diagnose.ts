import { reasonOfAws } from '../../clouds/aws/answer.ts'
import { idOf } from '../../clouds/aws/arn.ts'
import { concurrentCallsOf, type Quota, quotaInput } from '../../clouds/aws/connect-quota.ts'
import { callingCode } from '../../oncall/calling-code.ts'
import type { DiagnosedRoute, DiagnoseRouteIo, RouteDiagnosis } from '../diagnoses/diagnosis.ts'
import { type Found, FoundError } from '../diagnoses/finding.ts'
import { found } from './findings.ts'
import { differenceOf } from './flow-difference.ts'
import type { ConnectSettings } from './settings.ts'

type Route = DiagnosedRoute<ConnectSettings>

/** Prefixes that a new instance is not expected to call before a support case: Administrator Guide, "Countries you can call". */
const NEEDS_CASE = ['+86', '+447', '+8170', '+8180', '+8190']

/** So many numbers at a time (ListPhoneNumbersV2, MaxResults). */
const PAGE = 1000

/** The Connect instance, its flow, caller, quota, and the countries that people's numbers are in. */
export const diagnose: RouteDiagnosis<ConnectSettings>['diagnose'] = (route, io) => [
  {
    subject: { en: `${route.name} instance`, zh: `${route.name} 实例` },
    ask: (signal) => instance(route, io, signal),
  },
  {
    subject: { en: `${route.name} contact flow`, zh: `${route.name} 联系流程` },
    ask: (signal) => flow(route, io, signal),
  },
  {
    subject: { en: `${route.name} caller`, zh: `${route.name} 主叫号码` },
    ask: (signal) => caller(route, io, signal),
  },
  { subject: { en: `${route.name} quota`, zh: `${route.name} 配额` }, ask: (signal) => quota(route, io, signal) },
  { subject: { en: `${route.name} countries`, zh: `${route.name} 国家` }, ask: () => countries(route, io) },
]

/** API reference, DescribeInstance. */
async function instance(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance } = await route.settings()
  const { Instance = {} } = (await get(`/instance/${idOf(instance)}`, 'DescribeInstance', io, signal)) as {
    Instance?: { InstanceStatus?: string; OutboundCallsEnabled?: boolean; InstanceAlias?: string }
  }
  const { InstanceStatus, OutboundCallsEnabled, InstanceAlias } = Instance
  if (InstanceStatus !== 'ACTIVE') return found('not-active', InstanceStatus)
  if (OutboundCallsEnabled !== true) return found('no-calls-out')
  return found('active', InstanceAlias)
}

/** API reference, DescribeContactFlow. */
async function flow(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance, flow } = await route.settings()
  const id = flow ?? (await io.channelEnv()).CONTACT_FLOW_ID
  if (id === undefined) return found('no-flow')
  const path = `/contact-flows/${idOf(instance)}/${idOf(id)}`
  const { ContactFlow = {} } = (await get(path, 'DescribeContactFlow', io, signal)) as {
    ContactFlow?: { State?: string; Status?: string; Type?: string; Content?: string }
  }
  const { State, Status, Type, Content = '' } = ContactFlow
  if (State !== 'ACTIVE') return found('flow-not-active', State)
  if (Status !== 'PUBLISHED') return found('flow-not-published', Status)
  if (Type !== 'CONTACT_FLOW') return found('flow-of-other-type', Type)
  if (flow !== undefined) return found('own-flow')
  return content(Content, (await io.lambda('acknowledge')).FunctionArn, io)
}

function content(text: string, acknowledgeArn: string, { stage }: DiagnoseRouteIo): Found {
  try {
    const difference = differenceOf(text, acknowledgeArn)
    if (difference === undefined) return found('flow-as-ours')
    const { otherFunctions, blocks } = difference
    return otherFunctions.length > 0
      ? found('flow-to-others', otherFunctions, stage)
      : found('flow-differs', blocks, stage)
  } catch {
    return found('no-flow-in-it', stage)
  }
}

/** API reference, ListPhoneNumbersV2. */
async function caller(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance, caller } = await route.settings()
  let NextToken: string | undefined
  do {
    const body = JSON.stringify({ InstanceId: idOf(instance), MaxResults: PAGE, ...(NextToken && { NextToken }) })
    const call = { service: 'connect', method: 'POST', path: '/phone-number/list', body, signal } as const
    const answer = await io.aws({ ...call, headers: { 'content-type': 'application/json' } })
    const told = (await read(answer, 'ListPhoneNumbersV2')) as {
      NextToken?: string
      ListPhoneNumbersSummaryList?: { PhoneNumber?: string }[]
    }
    if (told.ListPhoneNumbersSummaryList?.some(({ PhoneNumber }) => PhoneNumber === caller))
      return found('caller-claimed', caller)
    NextToken = told.NextToken
  } while (NextToken)
  return found('caller-not-claimed', caller)
}

/** Service Quotas API reference, ListServiceQuotas: the instance's own value, or what instances have in common. */
async function quota(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance } = await route.settings()
  const all: Quota[] = []
  let NextToken: string | undefined
  do {
    const fields = { ...quotaInput, ...(NextToken && { NextToken }) }
    const answer = await io.aws({
      service: 'servicequotas',
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'ServiceQuotasV20190624.ListServiceQuotas',
      },
      body: JSON.stringify(fields),
      signal,
    })
    if (!answer.ok) return found('quota-unseen', await reasonOfAws(answer))
    const told = (await answer.json()) as { Quotas?: Quota[]; NextToken?: string }
    all.push(...(told.Quotas ?? []))
    NextToken = told.NextToken
  } while (NextToken)
  const calls = concurrentCallsOf(instance, all)
  if (calls === undefined) return found('quota-not-listed')
  return found(calls >= route.atOnce ? 'quota-enough' : 'quota-too-low', calls, route.atOnce)
}

/** No API tells which countries an instance may call: what can be said is whom it matters for. */
async function countries(route: Route, io: DiagnoseRouteIo): Promise<Found[]> {
  const byPrefix = Map.groupBy(
    await route.numbers(),
    (number) => NEEDS_CASE.find((one) => number.startsWith(one)) ?? callingCode(number),
  )
  const told = [...byPrefix].map(([prefix, { length }]) =>
    found(NEEDS_CASE.includes(prefix) ? 'country-by-case' : 'country-untold', length, prefix, io.stage),
  )
  return told.length === 0 ? [found('no-numbers')] : told
}

async function get(path: string, action: string, io: DiagnoseRouteIo, signal: AbortSignal): Promise<object> {
  return read(await io.aws({ service: 'connect', method: 'GET', path, signal }), action)
}

/** An answer of Connect's; rejects with what a refusal means. */
async function read(answer: Response, action: string): Promise<object> {
  if (answer.ok) return (await answer.json()) as object
  const reason = await reasonOfAws(answer)
  if (answer.status === 404) throw new FoundError(found('not-there', reason))
  if (answer.status === 429) throw new FoundError(found('throttled', reason))
  const isUnknown = /Signature|Token|UnrecognizedClient/.test(reason)
  throw new FoundError(isUnknown ? found('bad-credentials', reason) : found('not-allowed', reason, action))
}
