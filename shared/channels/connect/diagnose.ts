import { several } from '../../checks/phrases.ts'
import { reasonOfAws } from '../../clouds/aws/answer.ts'
import { callingCode } from '../../oncall/calling-code.ts'
import type { DiagnosedRoute, DiagnoseRouteIo, RouteDiagnosis } from '../diagnosis.ts'
import { type Found, FoundError, fault, ok, skipped, warning } from '../finding.ts'
import { raiseQuota } from './fault.ts'
import { differenceOf } from './flow-difference.ts'
import type { ConnectSettings } from './settings.ts'

type Route = DiagnosedRoute<ConnectSettings>

/** Prefixes that a new instance is not expected to call before a support case: Administrator Guide, "Countries you can call". */
const NEEDS_CASE = ['+86', '+447', '+8170', '+8180', '+8190']

/** So many numbers at a time (ListPhoneNumbersV2, MaxResults). */
const PAGE = 1000

/** The Connect instance, its flow, caller, quota, and the countries that people's numbers are in. */
export const diagnose: RouteDiagnosis<ConnectSettings>['diagnose'] = (route, io) => [
  { subject: `${route.name} instance`, look: (signal) => instance(route, io, signal) },
  { subject: `${route.name} contact flow`, look: (signal) => flow(route, io, signal) },
  { subject: `${route.name} caller`, look: (signal) => caller(route, io, signal) },
  { subject: `${route.name} quota`, look: (signal) => quota(route, io, signal) },
  { subject: `${route.name} countries`, look: () => countries(route, io) },
]

/** API reference, DescribeInstance. */
async function instance(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance } = await route.settings()
  const { Instance = {} } = (await get(`/instance/${idOf(instance)}`, 'DescribeInstance', io, signal)) as {
    Instance?: { InstanceStatus?: string; OutboundCallsEnabled?: boolean; InstanceAlias?: string }
  }
  const { InstanceStatus, OutboundCallsEnabled, InstanceAlias = 'without an alias' } = Instance
  if (InstanceStatus !== 'ACTIVE')
    return fault(`its status is ${InstanceStatus}`, 'look at the instance in the console')
  if (OutboundCallsEnabled !== true)
    return fault('it may not call out', 'enable outbound calls under Telephony in the console')
  return ok(`${InstanceAlias} is active and may call out`)
}

/** API reference, DescribeContactFlow. */
async function flow(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance, flow } = await route.settings()
  const id = flow ?? (await io.channelEnv()).CONTACT_FLOW_ID
  if (id === undefined) return fault('no flow: neither the route nor the deployed page names one', 'deploy again')
  const path = `/contact-flows/${idOf(instance)}/${idOf(id)}`
  const { ContactFlow = {} } = (await get(path, 'DescribeContactFlow', io, signal)) as {
    ContactFlow?: { State?: string; Status?: string; Type?: string; Content?: string }
  }
  const { State, Status, Type, Content = '' } = ContactFlow
  if (State !== 'ACTIVE') return fault(`its state is ${State}`, 'activate it in the console, or deploy again')
  if (Status !== 'PUBLISHED') return fault(`its status is ${Status}: not published`, 'publish it, or deploy again')
  if (Type !== 'CONTACT_FLOW') return fault(`its type is ${Type}`, 'calls out take a flow of type CONTACT_FLOW')
  if (flow !== undefined) return ok('active and published; it is your own, so its content is yours to know')
  return content(Content, (await io.lambda('acknowledge')).FunctionArn, io)
}

function content(text: string, acknowledgeArn: string, { stage }: DiagnoseRouteIo): Found {
  const deploy = `npx sls deploy --stage ${stage}`
  try {
    const difference = differenceOf(text, acknowledgeArn)
    if (difference === undefined) return ok("active, published, and this version's")
    const { otherFunctions, blocks } = difference
    if (otherFunctions.length > 0)
      return fault(`it brings keys to ${otherFunctions.join(', ')}: nobody can acknowledge by key`, deploy)
    return warning(`it is not this version's: ${several(blocks.length, 'block')} differ, such as ${blocks[0]}`, deploy)
  } catch {
    return fault('its content is no flow', deploy)
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
      return ok(`${caller} is claimed to the instance`)
    NextToken = told.NextToken
  } while (NextToken)
  return fault(
    `${caller} is not claimed to the instance`,
    'claim it, or write a number of the instance into fenghuo.yml',
  )
}

/** As it is called in "Amazon Connect service quotas"; older lists leave out "active". */
const concurrentCalls = /^Concurrent (active )?calls per instance$/i

interface Quota {
  QuotaName?: string
  Value?: number
  QuotaContext?: { ContextId?: string }
}

/** Service Quotas API reference, ListServiceQuotas: the instance's own value, or what instances have in common. */
async function quota(route: Route, io: DiagnoseRouteIo, signal: AbortSignal): Promise<Found> {
  const { instance } = await route.settings()
  const all: Quota[] = []
  let NextToken: string | undefined
  do {
    const fields = {
      ServiceCode: 'connect',
      QuotaAppliedAtLevel: 'ALL',
      MaxResults: 100,
      ...(NextToken && { NextToken }),
    }
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
    if (!answer.ok)
      return skipped(
        `can't be seen: ${await reasonOfAws(answer)}`,
        'allow servicequotas:ListServiceQuotas to whoever asks',
      )
    const told = (await answer.json()) as { Quotas?: Quota[]; NextToken?: string }
    all.push(...(told.Quotas ?? []))
    NextToken = told.NextToken
  } while (NextToken)
  const found = all.filter(({ QuotaName = '' }) => concurrentCalls.test(QuotaName))
  const own = found.find(({ QuotaContext }) => idOf(QuotaContext?.ContextId ?? '') === idOf(instance))
  const calls = (own ?? found.find(({ QuotaContext }) => QuotaContext?.ContextId === undefined))?.Value
  if (calls === undefined)
    return skipped('Service Quotas does not list it', 'the usual one is ten calls at once; the console shows it')
  const most = route.atOnce
  if (calls >= most) return ok(`${calls} calls at once; the largest layer calls ${most}`)
  return warning(`${calls} calls at once, and a layer calls ${most}: the others wait`, raiseQuota.en)
}

/** No API tells which countries an instance may call: what can be said is whom it matters for. */
async function countries(route: Route, io: DiagnoseRouteIo): Promise<Found[]> {
  const byPrefix = Map.groupBy(
    await route.numbers(),
    (number) => NEEDS_CASE.find((one) => number.startsWith(one)) ?? callingCode(number),
  )
  const told = [...byPrefix].map(([prefix, numbers]): Found => {
    const who = `${several(numbers.length, 'number')} beginning with ${prefix}`
    if (!NEEDS_CASE.includes(prefix)) return skipped(`${who}: no API tells whether they may be called`, tryIt(io))
    return warning(
      `${who}: an instance calls there after a support case only, and no API tells whether there was one`,
      `have AWS Support allow ${prefix} for the instance; ${tryIt(io)}`,
    )
  })
  return told.length === 0 ? [skipped("nobody's number goes this way")] : told
}

function tryIt({ stage }: DiagnoseRouteIo): string {
  return `bin/fenghuo.js page --test --wait${stage === undefined ? '' : ` --stage ${stage}`} shows it`
}

async function get(path: string, action: string, io: DiagnoseRouteIo, signal: AbortSignal): Promise<object> {
  return read(await io.aws({ service: 'connect', method: 'GET', path, signal }), action)
}

/** An answer of Connect's; rejects with what a refusal means. */
async function read(answer: Response, action: string): Promise<object> {
  if (answer.ok) return (await answer.json()) as object
  const reason = await reasonOfAws(answer)
  if (answer.status === 404)
    throw new FoundError(fault(`not there: ${reason}`, 'check CONNECT_INSTANCE_ID and the region, and deploy'))
  if (answer.status === 429) throw new FoundError(warning(`can't be seen: ${reason}`, 'look again in a minute'))
  const isUnknown = /Signature|Token|UnrecognizedClient/.test(reason)
  const remedy = isUnknown ? 'see the line of the AWS credentials' : `allow connect:${action} to whoever asks`
  throw new FoundError(warning(`can't be seen: ${reason}`, remedy))
}

/** Settings may hold an ARN; the API wants its last part. */
function idOf(idOrArn: string): string {
  return idOrArn.slice(idOrArn.lastIndexOf('/') + 1)
}
