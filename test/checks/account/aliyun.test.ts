import { expect, it, onTestFinished } from 'vitest'
import { type AliyunAccountOptions, startAliyunAccount } from '../../simulators/aliyun-account.ts'
import { seenBy, someIo } from '../records.ts'
import { refusals } from './refusals.ts'

const DAY = 86_400_000
const key = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }

/** An account with 1,000.19 yuan and a key of a hundred days; and what a check sees of it. */
async function account(options: Partial<AliyunAccountOptions> = {}) {
  const vendor = await startAliyunAccount({
    ...key,
    balance: '1,000.19',
    keyMadeAt: Date.now() - 100 * DAY,
    signs: { 示例科技: 1, 新的: 0, 坏的: 2 },
    templates: { SMS_1: 1, SMS_2: 10 },
    packages: [
      ...Array.from({ length: 100 }, () => ({ remark: '对象存储资源包', left: '1.5', unit: 'GB' })),
      { remark: '国内通用短信套餐包 5000条', left: '700', unit: '条' },
      { remark: '国内通用短信套餐包 1000条', left: '40', unit: '条' },
      { remark: '国内通用短信套餐包 9000条', left: '9000', unit: '条', status: 'Expired' },
      { remark: '语音通知套餐包', left: '12', unit: '分钟' },
    ],
    now: Date.now,
    ...options,
  })
  onTestFinished(() => vendor.close())
  const env = {
    FENGHUO_ALIYUN_URL: vendor.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: key.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.accessKeySecret,
  }
  return { vendor, seen: (check: object) => seenBy({ account: 'aliyun', ...check }, someIo(env)) }
}

it.each([
  ['money', { degraded: { balance: 1_000 } }, 'up', 'account-balance', { amount: 1_000.19, currency: 'CNY' }],
  ['less money', { down: { balance: 1_001 } }, 'down', 'account-balance', { amount: 1_000.19, limit: 1_001 }],
  [
    'packages of one name that are in force',
    { packages: ['国内通用短信'], degraded: { packages: 740 } },
    'up',
    'account-package',
    { name: '国内通用短信', left: 740, unit: '条' },
  ],
  [
    'minutes of calls that run out',
    { packages: ['国内通用短信', '语音'], degraded: { packages: 100 }, down: { packages: 20 } },
    'down',
    'account-package',
    { name: '语音', left: 12, unit: '分钟', limit: 20 },
  ],
  ['a package that is used up', { packages: ['国际'], down: { packages: 1 } }, 'down', 'account-package', { left: 0 }],
  ['an old key', { degraded: { keyAge: '90d' } }, 'degraded', 'account-key-old', { limitMs: 90 * DAY }],
  [
    'a signature under review',
    { signs: ['新的'] },
    'down',
    'account-not-approved',
    { state: 'under-review', said: '' },
  ],
  ['a refused signature', { signs: ['坏的'] }, 'down', 'account-not-approved', { state: 'refused', said: '材料不符' }],
  ['no such signature', { signs: ['没有'] }, 'down', 'account-not-approved', { state: 'missing' }],
  [
    'a withdrawn template',
    { templates: ['SMS_2'] },
    'down',
    'account-not-approved',
    { what: 'template', state: 'refused' },
  ],
  [
    'no such template',
    { templates: ['SMS_3'] },
    'down',
    'account-not-approved',
    { what: 'template', state: 'missing' },
  ],
])('%s', async (_, check, outcome, code, args) => {
  const { seen } = await account()
  expect(await seen(check)).toMatchObject({ outcome, fault: { code, args } })
})

it('what is in force is nothing to tell; arrears are down', async () => {
  const { seen } = await account({ balance: '-11.19' })
  expect(await seen({ signs: ['示例科技'], templates: ['SMS_1'] })).toEqual({ outcome: 'up' })
  expect(await seen({ degraded: { balance: 1 } })).toMatchObject({
    fault: { code: 'account-in-arrears', args: { amount: 11.19 } },
  })
})

it.each(
  refusals('InvalidAccessKeyId.NotFound', 'NotAuthorized', '{"Code":"200"}'),
)('%s', async (_, failure, outcome, fault) => {
  const { vendor, seen } = await account()
  vendor.fail(failure)
  expect(await seen({ degraded: { balance: 1 } })).toMatchObject({ outcome, fault })
})
