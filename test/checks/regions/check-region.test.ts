import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkRegion } from '../../../shared/checks/regions/check-region.ts'
import { type ConnectQuotas, connectQuotas } from '../../../shared/checks/regions/connect-quotas.ts'
import type { FailoverRegion } from '../../../shared/contracts/compiled-config.ts'
import type { SimulatedQuota } from '../../simulators/aws-answers.ts'
import type { Failure } from '../../simulators/failures.ts'
import { type LexSimulator, startLex } from '../../simulators/lex.ts'
import { type SimulatedRegionOptions, startRegion } from '../../simulators/region.ts'
import type { VendorServer } from '../../simulators/server.ts'
import { someIo } from '../records.ts'

const region = 'us-east-1'
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret', region }
const sqs = `arn:aws:sqs:${region}:123456789012:orders`
const dynamodb = `arn:aws:dynamodb:${region}:123456789012:table/orders`
const connect = `arn:aws:connect:${region}:123456789012:instance/1111`
const bot = { botId: 'ABCDEFGHIJ', aliasId: 'KLMNOPQRST' }
const asks = { say: 'flowers please', reply: 'What type of flowers' }
const failover = {
  ...{ name: 'orders', title: '订花', regions: [], locale: 'en_US', ...asks },
  ...{ sayEveryMs: 900_000, confirm: { m: 2, n: 3 }, holdMs: 300_000 },
}

const queues: SimulatedRegionOptions['queues'] = {}
const instances: Record<string, string> = {}
/** What Service Quotas lists, a page each. */
const listed: SimulatedQuota[][] = []
const limit = (Value: number, contextId?: string): SimulatedQuota => ({
  ...{ QuotaName: 'Concurrent active calls per instance', Value },
  ...(contextId !== undefined && { contextId }),
})
let now: number
let quotas: ConnectQuotas | undefined
const logged: object[] = []
let services: VendorServer
let lex: LexSimulator

beforeAll(async () => {
  services = await startRegion({ ...keys, queues, tables: ['orders'], instances, quotas: listed, now: () => now })
  lex = await startLex({ keys, now: Date.now, understand: () => ({ reply: 'What type of flowers would you like?' }) })
})
afterAll(() => Promise.all([services.close(), lex.close()]))
beforeEach(() => {
  queues.orders = { waiting: 0 }
  instances['1111'] = 'ACTIVE'
  now = Date.now()
  quotas = undefined
  logged.length = 0
  listed.splice(0, Infinity, [limit(10)], [limit(40, '1111')])
})

const all: Omit<FailoverRegion, 'region'> = { bot, connect, queues: [sqs], tables: [dynamodb] }

function check(what: Omit<FailoverRegion, 'region'>, speaks = false) {
  const env = {
    ...{ AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
    AWS_ENDPOINT_URL_LEX_RUNTIME_V2: lex.url,
    ...Object.fromEntries(
      ['SQS', 'DYNAMODB', 'CONNECT', 'CLOUDWATCH', 'SERVICE_QUOTAS'].map((name) => [
        `AWS_ENDPOINT_URL_${name}`,
        services.url,
      ]),
    ),
  }
  const io = { ...someIo(env), env, fetch, now: () => now }
  quotas ??= connectQuotas({ ...io, log: (entry) => void logged.push(entry) })
  return checkRegion(failover, { region, ...what }, speaks, { ...io, quotas })
}

it('a region is well in which all answers as it should', async () => {
  expect(await check(all)).toEqual({ found: 'well' })
  expect(lex.said).toEqual([])
})

it('its bot is spoken to when it is time', async () => {
  expect(await check(all, true)).toEqual({ found: 'well', spoken: true })
  expect(lex.said).toEqual([asks.say])
  expect([...lex.sessions]).toEqual([])
})

const ofQueue = { of: sqs, service: 'sqs' }
const error = (code: string): Failure => ({ kind: 'error', code })
it.each<[why: string, what: Omit<FailoverRegion, 'region'>, failure: Failure, found: string, fault: object]>([
  ['a right is lacking', { queues: [sqs] }, error('AccessDeniedException'), 'faulty', { code: 'region-not-allowed' }],
  ['the service fails', { tables: [dynamodb] }, { kind: 'http', status: 503 }, 'faulty', { code: 'region-failed' }],
  ['the line is cut', { connect }, { kind: 'reset' }, 'faulty', { code: 'region-silent' }],
  ['garbage', { queues: [sqs] }, { kind: 'garbage' }, 'faulty', { code: 'region-failed' }],
  [
    'busy is not faulty',
    { queues: [sqs] },
    { kind: 'rate-limit' },
    'unknown',
    { code: 'region-throttled', args: ofQueue },
  ],
])('%s', async (_, what, failure, found, fault) => {
  services.fail(failure)
  expect(await check(what)).toMatchObject({ found, fault })
})

it.each<[why: string, orders: { waiting: number; age?: number }, result: object]>([
  ['messages that are worked on are well', { waiting: 3, age: 20 }, { found: 'well' }],
  [
    'a queue that accepts and is not worked on is faulty',
    { waiting: 3, age: 200 },
    { found: 'faulty', fault: { code: 'queue-not-consumed', args: { of: sqs, ageMs: 200_000 } } },
  ],
  [
    'where nobody knows how long they wait, nothing is said',
    { waiting: 3 },
    { found: 'unknown', fault: { code: 'queue-age-unknown', args: { of: sqs, waiting: 3 } } },
  ],
])('%s', async (_, orders, seen) => {
  queues.orders = orders
  expect(await check({ queues: [sqs] })).toEqual(seen)
})

it('what is not there is faulty, and so is an instance that is not active', async () => {
  expect(await check({ queues: [`${sqs}-x`] })).toMatchObject({ found: 'faulty', fault: { code: 'region-without' } })
  expect(await check({ tables: [`${dynamodb}-x`] })).toMatchObject({
    found: 'faulty',
    fault: { code: 'region-without' },
  })
  expect(await check({ connect: `${connect}-x` })).toMatchObject({ found: 'faulty', fault: { code: 'region-without' } })
  instances['1111'] = 'CREATION_FAILED'
  expect(await check({ connect })).toMatchObject({ found: 'faulty', fault: { code: 'instance-not-active' } })
})

describe('the quota of a Connect instance', () => {
  const asked = () =>
    services.requests.filter(({ headers }) => String(headers['x-amz-target']).includes('Quotas')).length

  it('that is enough is asked for once an hour, in the region of the instance', async () => {
    const began = asked()
    for (let minute = 0; minute < 60; minute++) {
      expect(await check({ connect, calls: 40 })).toEqual({ found: 'well' })
      now += 60_000
    }
    expect(asked() - began).toBe(2)
    await check({ connect, calls: 40 })
    expect(asked() - began).toBe(4)
  })

  it('that is too low makes it faulty, until it is seen five minutes after it was raised', async () => {
    const fault = { code: 'quota-too-low', args: { of: connect, calls: 40, needed: 50 } }
    expect(await check({ connect, calls: 50 })).toEqual({ found: 'faulty', fault })
    listed.splice(1, 1, [limit(60, '1111')])
    now += 240_000
    expect(await check({ connect, calls: 50 })).toEqual({ found: 'faulty', fault })
    now += 60_000
    expect(await check({ connect, calls: 50 })).toEqual({ found: 'well' })
  })

  it('that nobody wants is not asked for, and one that cannot be read is no fault, and is logged', async () => {
    const began = asked()
    expect(await check({ connect })).toEqual({ found: 'well' })
    expect(asked()).toBe(began)
    listed.splice(0, Infinity, [])
    expect(await check({ connect, calls: 50 })).toEqual({ found: 'well' })
    quotas = undefined
    listed.length = 0
    expect(await check({ connect, calls: 50 })).toEqual({ found: 'well' })
    expect(logged).toEqual([{ level: 'warn', event: 'quota not read', instance: connect, why: 'region-failed' }])
  })
})

it('a bot whose alias is gone is faulty, whatever else is well', async () => {
  lex.deleteAlias()
  expect(await check(all)).toMatchObject({ found: 'faulty', fault: { code: 'lex-not-found' } })
})
