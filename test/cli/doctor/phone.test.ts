import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { phone } from '../../../cli/doctor/channels.ts'
import { contactFlow } from '../../../shared/channels/connect/contact-flow.ts'
import { type AwsAccountOptions, startAwsAccount } from '../../simulators/aws-account.ts'
import type { ConnectOptions, ConnectSimulator } from '../../simulators/connect/connect.ts'
import { startConnectSimulator } from '../../simulators/connect/connect.ts'
import type { VendorServer } from '../../simulators/server.ts'
import { deployed, lines, now, patientWith, peopleAre, region } from './patient.ts'

const INSTANCE = '11111111-2222-3333-4444-555555555555'
const INSTANCE_ARN = `arn:aws:connect:${region}:123456789012:instance/${INSTANCE}`
const FLOW = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const ARN = deployed({}).FunctionArn
const keys = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }
const CONCURRENT = 'Concurrent active calls per instance'

let connect: ConnectSimulator
let account: VendorServer
let quotas: AwsAccountOptions['quotas']
beforeEach(async () => {
  quotas = [[{ QuotaName: CONCURRENT, Value: 10 }]]
})
afterEach(async () => {
  expect(connect.calls).toEqual([])
  await Promise.all([connect.close(), account.close()])
})

/** What is found at an instance that differs from a good one so; the configuration refers to `CONNECT_INSTANCE_ID`. */
async function look(instance: Partial<ConnectOptions> = {}, variables: Record<string, string> = {}) {
  connect = await startConnectSimulator({
    instanceId: INSTANCE,
    instanceArn: INSTANCE_ARN,
    flows: { [FLOW]: contactFlow(ARN) },
    sourceNumbers: ['+14155550199', '+6531580000'],
    ...keys,
    invokeLambda: async () => ({}),
    emit: async () => {},
    now: () => now,
    wallClock: () => now,
    ...instance,
  })
  account = await startAwsAccount({ region, ...keys, functions: {}, quotas, metrics: {}, now: () => now })
  const env = { CONNECT_INSTANCE_ID: INSTANCE, CONTACT_FLOW_ID: `${INSTANCE_ARN}/contact-flow/${FLOW}`, ...variables }
  const moved = { AWS_ENDPOINT_URL_CONNECT: connect.url, AWS_ENDPOINT_URL_SERVICE_QUOTAS: account.url }
  const people = peopleAre({ lin: { name: '林悦', phone: '+6591234567' } })
  const patient = patientWith(moved, { lambda: async () => deployed(env), channelEnv: async () => env, people })
  return lines(phone, patient)
}
const well = [
  'ok + instance: simulated is active and may call out',
  "ok + contact flow: active, published, and this version's",
  'ok + caller: ****0000 is claimed to the instance',
  'ok + quota: 10 calls at once; the largest layer calls 2',
  'skipped + countries: 1 number beginning with +65: no API tells whether they may be called',
]
const notWell = async (...given: Parameters<typeof look>) =>
  (await look(...given)).filter((line) => !well.includes(line))

describe('Connect', () => {
  it('is well', async () => {
    expect(await look()).toEqual(well)
  })

  it.each<[reason: string, instance: Partial<ConnectOptions>, bad: string]>([
    ['may not call out', { condition: { outboundCalls: false } }, 'fault + instance: it may not call out'],
    [
      'was not made',
      { condition: { instanceStatus: 'CREATION_FAILED' } },
      'fault + instance: its status is CREATION_FAILED',
    ],
    [
      'has a flow in the archive',
      { condition: { flowState: 'ARCHIVED' } },
      'fault + contact flow: its state is ARCHIVED',
    ],
    [
      'has a draft of the flow',
      { condition: { flowStatus: 'SAVED' } },
      'fault + contact flow: its status is SAVED: not published',
    ],
    [
      'has a flow for queues',
      { condition: { flowType: 'CUSTOMER_QUEUE' } },
      'fault + contact flow: its type is CUSTOMER_QUEUE',
    ],
    [
      'has a flow that brings keys elsewhere',
      { flows: { [FLOW]: contactFlow(ARN.replace('prod', 'dev')) } },
      `fault + contact flow: it brings keys to ${ARN.replace('prod', 'dev')}: nobody can acknowledge by key`,
    ],
    [
      'has something that is no flow',
      { condition: { flowContent: '{}' } },
      'fault + contact flow: its content is no flow',
    ],
    [
      'does not have the caller',
      { sourceNumbers: ['+14155550199'] },
      'fault + caller: ****0000 is not claimed to the instance',
    ],
  ])('%s', async (_reason, instance, bad) => {
    expect(await notWell(instance)).toEqual([bad])
  })

  it('has a flow of another version', async () => {
    const flow = contactFlow(ARN)
    for (const { Parameters } of flow.Actions) if ('Text' in Parameters) Parameters.Text = '您好'
    expect(await notWell({ flows: { [FLOW]: flow } })).toEqual([
      expect.stringMatching(/^warning \+ contact flow: it is not this version's: \d+ blocks differ, such as [\w-]+$/),
    ])
  })

  it('has its caller on the second page', async () => {
    expect(await look({ condition: { page: 1 } })).toEqual(well)
    expect(connect.requests.filter(({ path }) => path === '/phone-number/list')).toHaveLength(2)
  })

  it('is another one than the deployed functions know', async () => {
    expect(await notWell({ instanceId: 'other' })).toEqual([
      'fault + instance: not there: HTTP 404 ResourceNotFoundException Instance not found',
      'fault + contact flow: not there: HTTP 404 ResourceNotFoundException Instance not found',
      'fault + caller: not there: HTTP 404 ResourceNotFoundException Instance not found',
    ])
  })

  it('does not take the keys', async () => {
    expect(await notWell({ secretAccessKey: 'other' })).toEqual(
      ['instance', 'contact flow', 'caller'].map((subject) =>
        expect.stringMatching(new RegExp(`^warning \\+ ${subject}: can't be seen: HTTP 403 InvalidSignatureException`)),
      ),
    )
  })
})

describe('the quota', () => {
  it.each<[reason: string, given: AwsAccountOptions['quotas'], line: string]>([
    [
      'is too small for a layer',
      [[{ QuotaName: CONCURRENT, Value: 1 }]],
      'warning + quota: 1 calls at once, and a layer calls 2: the others wait',
    ],
    [
      'is the instance`s own where it has one, on whichever page',
      [
        [
          { QuotaName: 'Users per instance', Value: 500 },
          { QuotaName: CONCURRENT, Value: 10 },
        ],
        [{ QuotaName: CONCURRENT, Value: 50, contextId: INSTANCE_ARN }],
        [{ QuotaName: CONCURRENT, Value: 1, contextId: `${INSTANCE_ARN}x` }],
      ],
      'ok + quota: 50 calls at once; the largest layer calls 2',
    ],
    ['is not listed', [[]], 'skipped + quota: Service Quotas does not list it'],
  ])('%s', async (_reason, given, line) => {
    quotas = given
    expect((await look())[3]).toBe(line)
  })
})

it('the mainland takes a support case, and no number is shown', async () => {
  await look()
  const people = peopleAre({
    lin: { name: '林悦', phone: '+8613800000001' },
    wang: { name: '王磊', phone: '+8613800000002' },
    jo: { name: 'Jo', phone: '+447400000000' },
  })
  const found = await lines(
    phone,
    patientWith({}, { lambda: async () => deployed({}), channelEnv: async () => ({}), people }),
  )
  expect(found.slice(4)).toEqual([
    'warning + countries: 2 numbers beginning with +86: an instance calls there after a support case only, and no API tells whether there was one',
    'warning + countries: 1 number beginning with +447: an instance calls there after a support case only, and no API tells whether there was one',
  ])
})

it('of the local stack is a sandbox', async () => {
  await look()
  const stack = { connect: connect.url } as never
  expect(await lines(phone, { ...patientWith(), stack })).toEqual([
    `skipped route +: the local stack calls to ${connect.url}`,
  ])
})
