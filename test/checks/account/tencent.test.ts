import { expect, it, onTestFinished } from 'vitest'
import { startTencentAccount, type TencentAccountOptions } from '../../simulators/tencent-account.ts'
import { seenBy, someIo } from '../records.ts'
import { type Refusal, refusals } from './refusals.ts'

const DAY = 86_400_000
const now = Date.now()
const inForce = { from: now - DAY, to: now + DAY }
const key = { secretId: 'AKIDtest', secretKey: 'test-key' }

/** An account with 700 texts, 120.50 yuan and a key of a hundred days; and what a check sees of it. */
async function account(options: Partial<TencentAccountOptions> = {}) {
  const vendor = await startTencentAccount({
    ...key,
    app: '1400006666',
    packages: [
      { amount: 1_000, used: 300, ...inForce },
      { amount: 5_000, used: 0, from: now - 400 * DAY, to: now - DAY },
      { amount: 5_000, used: 0, from: now + DAY, to: now + 400 * DAY },
    ],
    balance: 12_050,
    keyMadeAt: now - 100 * DAY,
    signs: ['示例科技'],
    templates: { '2100001': 7 },
    now: Date.now,
    ...options,
  })
  onTestFinished(() => vendor.close())
  const env = {
    FENGHUO_TENCENT_URL: vendor.url,
    TENCENTCLOUD_SECRET_ID: key.secretId,
    TENCENTCLOUD_SECRET_KEY: key.secretKey,
  }
  return {
    vendor,
    seen: (check: object, more = {}) => seenBy({ account: 'tencent', ...check }, someIo({ ...env, ...more })),
  }
}

const app = { app: '1400006666' }

it.each([
  [
    'texts of the package that is in force',
    { ...app, degraded: { texts: 500 } },
    'up',
    'account-texts',
    { count: 700 },
  ],
  ['fewer than wanted', { ...app, degraded: { texts: 701 } }, 'degraded', 'account-texts', { count: 700, limit: 701 }],
  ['fewer than needed', { ...app, down: { texts: 701 } }, 'down', 'account-texts', { count: 700, limit: 701 }],
  ['those of another application', { app: '1', down: { texts: 1 } }, 'down', 'account-texts', { count: 0, limit: 1 }],
  ['money', { degraded: { balance: 120.5 } }, 'up', 'account-balance', { amount: 120.5, currency: 'CNY' }],
  ['less money', { degraded: { balance: 121 } }, 'degraded', 'account-balance', { amount: 120.5, limit: 121 }],
  ['an old key', { degraded: { keyAge: '90d' } }, 'degraded', 'account-key-old', { limitMs: 90 * DAY }],
])('%s', async (_, check, outcome, code, args) => {
  const { seen } = await account()
  expect(await seen(check)).toMatchObject({ outcome, fault: { code, args } })
})

it('a key that is young enough, a signature and a template in force are nothing to tell', async () => {
  const { seen } = await account()
  const check = { signs: ['示例科技'], templates: ['2100001'], degraded: { keyAge: '101d' } }
  expect(await seen(check)).toEqual({ outcome: 'up' })
})

it('arrears are down whatever is wanted', async () => {
  const { seen } = await account({ balance: -1_119 })
  expect(await seen({ degraded: { balance: 0 } })).toEqual({
    outcome: 'down',
    fault: { code: 'account-in-arrears', args: { amount: 11.19, currency: 'CNY' } },
  })
})

it.each([
  [1, 'under-review', ''],
  [2, 'not-in-force', ''],
  [-1, 'refused', '材料不符'],
] as const)('a template or signature with status %d is %s', async (statusCode, state, said) => {
  const review = { statusCode, reviewReply: said }
  const { seen } = await account({
    reviews: { templates: { '7': { ...review, international: true } }, signs: { 别的: review } },
  })
  expect(await seen({ templates: ['7'] })).toEqual({
    outcome: 'down',
    fault: { code: 'account-not-approved', args: { what: 'template', name: '7', state, said } },
  })
  expect(await seen({ signs: ['别的', '没有的'] })).toMatchObject({
    outcome: 'down',
    fault: { code: 'account-several', args: { each: [{ args: { state } }, { args: { state: 'missing' } }] } },
  })
})

const clock: Refusal = [
  'a clock that is wrong',
  { kind: 'error', code: 'AuthFailure.SignatureExpire' },
  'unknown',
  { code: 'account-not-told' },
]
const codes = ['AuthFailure.SecretIdNotFound', 'AuthFailure.UnauthorizedOperation'] as const
it.each([...refusals(...codes, '{"Response":{"RequestId":"1"}}'), clock])('%s', async (_, failure, outcome, fault) => {
  const { vendor, seen } = await account()
  vendor.fail(failure)
  expect(await seen({ degraded: { balance: 1 } })).toMatchObject({ outcome, fault })
})

it('one question without an answer does not hide what another tells', async () => {
  const { vendor, seen } = await account()
  vendor.fail({ kind: 'http', status: 502, operation: 'ListAccessKeys' })
  const check = { ...app, degraded: { keyAge: '200d' }, down: { texts: 701 } }
  expect(await seen(check)).toMatchObject({ outcome: 'down', fault: { code: 'account-texts' } })
})

it('the key is told apart from the probe’s own, and named when it is not set', async () => {
  const { seen } = await account({ secretId: 'AKIDsms', secretKey: 'other' })
  const check = { keyId: `\${SMS_ID}`, keySecret: `\${SMS_KEY}`, degraded: { keyAge: '90d' } }
  expect(await seen(check, { SMS_ID: 'AKIDsms', SMS_KEY: 'other' })).toMatchObject({ outcome: 'degraded' })
  expect(await seen(check)).toMatchObject({ outcome: 'unknown', fault: { code: 'variables-not-set' } })
})
