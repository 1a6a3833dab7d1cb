import { expect, it, onTestFinished } from 'vitest'
import { probeStatements } from '../../../plugins/config/permissions.ts'
import { accountConfig } from '../../../shared/checks/account/config.ts'
import { type AwsStandingOptions, startAwsStanding } from '../../simulators/aws-standing.ts'
import { seenBy, someCheck, someIo } from '../records.ts'
import { refusals } from './refusals.ts'

const DAY = 86_400_000
const now = Date.parse('2026-11-28T09:30:00Z')
const day = (date: string) => Date.parse(`${date}T00:00:00Z`)
const key = { accessKeyId: 'AKIAtest', secretAccessKey: 'test-key' }
const ID = 'a1b2c3d4-0000-4000-8000-123456789012'

/** An account that has spent 42.50 of 50 USD on texts this month; and what a check sees of it. */
async function account(options: Partial<AwsStandingOptions> = {}) {
  const vendor = await startAwsStanding({
    ...key,
    region: 'ap-southeast-1',
    spendLimit: 50,
    spent: [
      { at: day('2026-10-30'), usd: 49 },
      { at: day('2026-11-02'), usd: 3.2 },
      { at: day('2026-11-27'), usd: 42.5 },
    ],
    isCounted: true,
    numbers: [
      [{ PhoneNumber: '+6531580000', PhoneNumberId: 'phone-1', Status: 'ACTIVE' }],
      [{ PhoneNumber: '+6531580001', PhoneNumberId: 'phone-2', Status: 'PENDING' }],
    ],
    senders: ['FENGHUO'],
    instanceId: ID,
    claimed: ['+6531580010', '+6531580011', '+6531580012'],
    quotas: [
      { QuotaName: 'Contact flows per instance', Value: 100 },
      { QuotaName: 'Concurrent active calls per instance', Value: 10 },
    ],
    users: {
      'fenghuo-probes': [
        { status: 'Inactive', at: now - 900 * DAY },
        { status: 'Active', at: now - 100 * DAY },
        { status: 'Active', at: now - 10 * DAY },
      ],
      nobody: [{ status: 'Inactive', at: now - 900 * DAY }],
    },
    now: () => now,
    ...options,
  })
  onTestFinished(() => vendor.close())
  const moved = ['PINPOINT_SMS_VOICE_V2', 'CLOUDWATCH', 'SERVICE_QUOTAS', 'CONNECT', 'IAM']
  const env = {
    ...Object.fromEntries(moved.map((name) => [`AWS_ENDPOINT_URL_${name}`, vendor.url])),
    AWS_REGION: 'ap-southeast-1',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  }
  const io = (more: object) => ({ ...someIo({ ...env, ...more }), now: () => now })
  return { vendor, seen: (check: object, more = {}) => seenBy({ account: 'aws', ...check }, io(more)) }
}

const keysOf = (limit: object) => ({ users: ['fenghuo-probes'], ...limit })
const left = { left: 7.5, total: 50 }

it.each([
  ['what texts may still cost', { degraded: { balance: 7.5 } }, 'up', 'account-spend', left],
  [
    'less than wanted',
    { degraded: { balance: 20 }, down: { balance: 5 } },
    'degraded',
    'account-spend',
    { ...left, limit: 20 },
  ],
  ['less than needed', { down: { balance: 8 } }, 'down', 'account-spend', { ...left, limit: 8 }],
  ['calls at once', { instance: ID, degraded: { calls: 20 } }, 'degraded', 'account-calls', { count: 10, limit: 20 }],
  [
    'the oldest active key',
    keysOf({ degraded: { keyAge: '90d' } }),
    'degraded',
    'account-key-old',
    { ageMs: 100 * DAY, user: 'fenghuo-probes' },
  ],
])('%s', async (_, check, outcome, code, args) => {
  const { seen } = await account()
  expect(await seen(check)).toMatchObject({ outcome, fault: { code, args } })
})

it('numbers, sender IDs, an instance and its number that are well are nothing to tell', async () => {
  const { seen } = await account()
  const check = { numbers: ['+6531580000', 'phone-1'], senders: ['FENGHUO'], instance: ID, caller: '+6531580012' }
  expect(await seen({ ...check, ...keysOf({ degraded: { keyAge: '101d' } }) })).toEqual({ outcome: 'up' })
  expect(await seen({ users: ['nobody'], down: { keyAge: '1d' } })).toEqual({ outcome: 'up' })
})

it.each([
  ['a number under review', {}, { numbers: ['+6531580001'] }, { what: 'number', state: 'not-active', said: 'PENDING' }],
  ['a number of nobody', {}, { numbers: ['+6531580009'] }, { what: 'number', state: 'missing' }],
  ['a sender ID that is gone', {}, { senders: ['OTHER'] }, { what: 'sender', state: 'missing' }],
  ['an instance that is not there', {}, { instance: 'b1' }, { what: 'instance', state: 'missing' }],
  [
    'one that failed',
    { instanceStatus: 'CREATION_FAILED' },
    { instance: ID },
    { state: 'not-active', said: 'CREATION_FAILED' },
  ],
  [
    'one that may not call out',
    { outboundCalls: false },
    { instance: ID },
    { what: 'instance', state: 'no-calls-out' },
  ],
  ['a caller of another instance', {}, { instance: ID, caller: '+6531580099' }, { what: 'number', state: 'missing' }],
  ['a user that is gone', {}, { users: ['gone'], down: { keyAge: '1d' } }, { what: 'user', state: 'missing' }],
] as const)('%s is down', async (_, options, check, args) => {
  const { seen } = await account(options)
  expect(await seen(check)).toMatchObject({ outcome: 'down', fault: { code: 'account-not-approved', args } })
})

it('the spending limit at its end is down whatever is wanted', async () => {
  const { seen } = await account({ spent: [{ at: day('2026-11-28'), usd: 50.2 }] })
  expect(await seen({ degraded: { balance: 0 } })).toEqual({
    outcome: 'down',
    fault: { code: 'account-spend', args: { left: 0, total: 50 } },
  })
})

it('a month without a text has cost nothing, if AWS counts at all', async () => {
  const check = { degraded: { balance: 50 } }
  const all = { outcome: 'up', fault: { args: { left: 50 } } }
  const lastMonth = await account({ spent: [{ at: day('2026-10-30'), usd: 49 }], isCounted: false })
  expect(await lastMonth.seen(check)).toMatchObject(all)
  const never = await account({ spent: [] })
  expect(await never.seen(check)).toMatchObject(all)
  const uncounted = await account({ spent: [], isCounted: false })
  expect(await uncounted.seen(check)).toMatchObject({
    outcome: 'unknown',
    fault: { code: 'account-spend-uncounted' },
  })
})

it.each(
  refusals('UnrecognizedClientException', 'AccessDeniedException', '{"SpendLimits":[]}'),
)('%s', async (_, failure, outcome, fault) => {
  const { vendor, seen } = await account()
  vendor.fail(failure)
  expect(await seen({ degraded: { balance: 1 } })).toMatchObject({ outcome, fault })
})

it('an answer without the instance says nothing of it', async () => {
  const { vendor, seen } = await account()
  for (const body of ['{"Other":1}', '{"Instance":{}}']) {
    vendor.fail({ kind: 'garbage', body })
    const malformed = { args: { fault: { code: 'api-answer-malformed' } } }
    expect(await seen({ instance: ID })).toMatchObject({ outcome: 'unknown', fault: malformed })
  }
})

it('IAM says no in XML, and hides nothing of the rest', async () => {
  const { vendor, seen } = await account()
  vendor.fail({ kind: 'error', code: 'AccessDenied', operation: 'ListAccessKeys' })
  const check = keysOf({ down: { keyAge: '9d' } })
  expect(await seen(check)).toMatchObject({
    outcome: 'unknown',
    fault: { args: { action: 'ListAccessKeys', fault: { args: { status: 403, error: 'AccessDenied' } } } },
  })
  vendor.fail({ kind: 'error', code: 'AccessDenied', operation: 'ListAccessKeys' })
  expect(await seen({ ...check, numbers: ['phone-2'] })).toMatchObject({ outcome: 'down' })
})

it('it is asked where the check says, and as a probe of AWS alone', async () => {
  const { vendor, seen } = await account({ region: 'us-east-1' })
  expect(await seen({ region: 'us-east-1', senders: ['FENGHUO'] })).toEqual({ outcome: 'up' })
  const asked = vendor.requests.length
  expect(await seen({ senders: ['FENGHUO'] }, { AWS_ACCESS_KEY_ID: undefined })).toMatchObject({
    outcome: 'unknown',
    fault: { code: 'variables-not-set', args: { names: ['AWS_ACCESS_KEY_ID'] } },
  })
  expect(vendor.requests).toHaveLength(asked)
})

it('a probe may ask what its check asks for, and nothing else', () => {
  const statementsOf = (check: object) => {
    const spec = accountConfig.schema.parse({ account: 'aws', ...check })
    return probeStatements({ checks: [someCheck({ kind: 'account', spec: spec as object })] })
  }
  const iam = 'arn:${AWS::Partition}:iam::${AWS::AccountId}'
  expect(statementsOf({ users: ['fenghuo-probes'], down: { keyAge: '180d' } })).toEqual([
    { Effect: 'Allow', Action: ['iam:ListAccessKeys'], Resource: [{ 'Fn::Sub': `${iam}:user/fenghuo-probes` }] },
  ])
  expect(statementsOf({ instance: `arn:aws:connect:us-east-1:1:instance/${ID}`, region: 'us-east-1' })).toEqual([
    { Effect: 'Allow', Action: ['ds:DescribeDirectories'], Resource: [{ 'Fn::Sub': '*' }] },
    {
      Effect: 'Allow',
      Action: ['connect:DescribeInstance'],
      Resource: [{ 'Fn::Sub': `arn:\${AWS::Partition}:connect:us-east-1:\${AWS::AccountId}:instance/${ID}` }],
    },
  ])
})
