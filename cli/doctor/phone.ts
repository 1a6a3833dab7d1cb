import { type ConnectSettings, connectRoute } from '../../shared/channels/connect/connect.ts'
import { type Examination, type Found, FoundError, fault, ok, skipped, warning } from '../../shared/channels/finding.ts'
import { routeFor } from '../../shared/channels/references.ts'
import type { CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import { several } from '../table.ts'
import { addressOn } from './addresses.ts'
import { reasonOfAws } from './aws-answer.ts'
import { callingCode } from './calling-code.ts'
import { differenceOf } from './connect-flow.ts'
import type { Area } from './finding.ts'
import { type Patient, routesOf, settingsOf } from './patient.ts'
import { phonesOf } from './people.ts'

/** Prefixes that a new instance is not expected to call before a support case: Administrator Guide, "Countries you can call". */
const NEEDS_CASE = ['+86', '+447', '+8170', '+8180', '+8190']

/** So many numbers at a time (ListPhoneNumbersV2, MaxResults). */
const PAGE = 1000

/** The Connect instance, its flow, callers, quota, and the countries that people's numbers are in. */
export const phone: Area = {
  name: 'phone',
  examinations(patient) {
    const routes = routesOf('phone', patient).filter(({ type }) => type === connectRoute.type)
    if (routes.length === 0) return []
    const sandbox = addressOn(patient.stack, connectRoute)
    if (sandbox !== undefined)
      return [{ subject: 'Connect', look: async () => skipped(`the local stack calls through ${sandbox}`) }]
    const each = routes.flatMap((route): Examination[] => [
      { subject: `${route.to} instance`, look: (signal) => instance(route, patient, signal) },
      { subject: `${route.to} contact flow`, look: (signal) => flow(route, patient, signal) },
      { subject: `${route.to} caller`, look: (signal) => caller(route, patient, signal) },
      { subject: `${route.to} quota`, look: (signal) => quota(route, patient, signal) },
    ])
    return [...each, { subject: 'countries', look: () => countries(routes, patient) }]
  },
}

/** API reference, DescribeInstance. */
async function instance(route: CompiledRoute, patient: Patient, signal: AbortSignal): Promise<Found> {
  const { instance } = await settingsOf<ConnectSettings>(route.settings, patient)
  const { Instance = {} } = (await get(`/instance/${idOf(instance)}`, 'DescribeInstance', patient, signal)) as {
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
async function flow(route: CompiledRoute, patient: Patient, signal: AbortSignal): Promise<Found> {
  const { instance, flow } = await settingsOf<ConnectSettings>(route.settings, patient)
  const id = flow ?? (await patient.channelEnv()).CONTACT_FLOW_ID
  if (id === undefined) return fault('no flow: neither the route nor the deployed page names one', 'deploy again')
  const path = `/contact-flows/${idOf(instance)}/${idOf(id)}`
  const { ContactFlow = {} } = (await get(path, 'DescribeContactFlow', patient, signal)) as {
    ContactFlow?: { State?: string; Status?: string; Type?: string; Content?: string }
  }
  const { State, Status, Type, Content = '' } = ContactFlow
  if (State !== 'ACTIVE') return fault(`its state is ${State}`, 'activate it in the console, or deploy again')
  if (Status !== 'PUBLISHED') return fault(`its status is ${Status}: not published`, 'publish it, or deploy again')
  if (Type !== 'CONTACT_FLOW') return fault(`its type is ${Type}`, 'calls out take a flow of type CONTACT_FLOW')
  if (flow !== undefined) return ok('active and published; it is your own, so its content is yours to know')
  return content(Content, (await patient.lambda('acknowledge')).FunctionArn, patient)
}

function content(text: string, acknowledgeArn: string, { stage }: Patient): Found {
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
async function caller(route: CompiledRoute, patient: Patient, signal: AbortSignal): Promise<Found> {
  const { instance, caller } = await settingsOf<ConnectSettings>(route.settings, patient)
  let NextToken: string | undefined
  do {
    const body = JSON.stringify({ InstanceId: idOf(instance), MaxResults: PAGE, ...(NextToken && { NextToken }) })
    const call = { service: 'connect', method: 'POST', path: '/phone-number/list', body, signal } as const
    const answer = await patient.aws({ ...call, headers: { 'content-type': 'application/json' } })
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
async function quota(route: CompiledRoute, patient: Patient, signal: AbortSignal): Promise<Found> {
  const { instance } = await settingsOf<ConnectSettings>(route.settings, patient)
  const all: Quota[] = []
  let NextToken: string | undefined
  do {
    const fields = {
      ServiceCode: 'connect',
      QuotaAppliedAtLevel: 'ALL',
      MaxResults: 100,
      ...(NextToken && { NextToken }),
    }
    const answer = await patient.aws({
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
  const most = mostAtOnce(patient)
  if (calls >= most) return ok(`${calls} calls at once; the largest layer calls ${most}`)
  return warning(
    `${calls} calls at once, and a layer calls ${most}: the others wait`,
    'raise "Concurrent active calls per instance" in Service Quotas',
  )
}

/** All of a layer are called together. */
function mostAtOnce({ config }: Patient): number {
  const layers = Object.values(config.policies).flatMap((policy) => policy.layers)
  return Math.max(1, ...layers.map(({ page }) => page.length))
}

/** No API tells which countries an instance may call: what can be said is whom it matters for. */
async function countries(routes: CompiledRoute[], patient: Patient): Promise<Found[]> {
  const all = routesOf('phone', patient)
  const phones = (await phonesOf(patient)).filter((number) => {
    const [first] = routeFor(all, number)
    return first !== undefined && routes.includes(first)
  })
  const byPrefix = Map.groupBy(
    phones,
    (number) => NEEDS_CASE.find((one) => number.startsWith(one)) ?? callingCode(number),
  )
  const told = [...byPrefix].map(([prefix, numbers]): Found => {
    const who = `${several(numbers.length, 'number')} beginning with ${prefix}`
    if (!NEEDS_CASE.includes(prefix)) return skipped(`${who}: no API tells whether they may be called`, tryIt(patient))
    return warning(
      `${who}: an instance calls there after a support case only, and no API tells whether there was one`,
      `have AWS Support allow ${prefix} for the instance; ${tryIt(patient)}`,
    )
  })
  return told.length === 0 ? [skipped('nobody has a phone number')] : told
}

function tryIt({ stage }: Patient): string {
  return `bin/fenghuo.js page --test --wait${stage === undefined ? '' : ` --stage ${stage}`} shows it`
}

async function get(path: string, action: string, patient: Patient, signal: AbortSignal): Promise<object> {
  return read(await patient.aws({ service: 'connect', method: 'GET', path, signal }), action)
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
