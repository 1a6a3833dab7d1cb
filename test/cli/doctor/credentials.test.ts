import { afterEach, beforeEach, expect, it } from 'vitest'
import { credentials } from '../../../cli/doctor/credentials.ts'
import { startAwsAccount } from '../../simulators/aws-account.ts'
import { startCallerIdentity } from '../../simulators/caller-identity.ts'
import type { VendorServer } from '../../simulators/server.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, now, patientWith, region } from './patient.ts'

let aws: VendorServer
let others: VendorServer
beforeEach(async () => {
  const keys = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }
  aws = await startAwsAccount({ region, ...keys, functions: {}, quotas: [], metrics: {}, now: () => now })
  others = await startCallerIdentity({
    tencent: { secretId: 'tencent-id', secretKey: 'tencent-key' },
    aliyun: { accessKeyId: 'aliyun-id', accessKeySecret: 'aliyun-key' },
    now: () => now,
  })
})
afterEach(() => Promise.all([aws.close(), others.close()]))

const inAll = configOf(
  fenghuoYml.replace('vantages:\n', 'vantages:\n  gz: tencent/ap-guangzhou\n  hz: aliyun/cn-hangzhou\n'),
)
const patient = (env: Record<string, string> = {}, config = inAll, offMs = 0) =>
  patientWith(
    { AWS_ENDPOINT_URL_STS: aws.url, FENGHUO_TENCENT_URL: others.url, FENGHUO_ALIYUN_URL: others.url, ...env },
    { config, now: () => now + offMs },
  )
const all = {
  TENCENTCLOUD_SECRET_ID: 'tencent-id',
  TENCENTCLOUD_SECRET_KEY: 'tencent-key',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'aliyun-id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'aliyun-key',
}

it('says whose keys they are', async () => {
  expect(await lines(credentials, patient(all))).toEqual([
    'ok AWS: account 123456789012, user/oncall',
    'ok Tencent Cloud: account 100000000001',
    'ok Alibaba Cloud: account 1234567890123456',
  ])
})

it('asks no cloud that has no vantage', async () => {
  expect(await lines(credentials, patient(all, configOf(fenghuoYml)))).toEqual([
    'ok AWS: account 123456789012, user/oncall',
  ])
  expect(others.requests).toEqual([])
})

it('misses no key that only deploying needs', async () => {
  expect((await lines(credentials, patient())).slice(1)).toEqual([
    'skipped Tencent Cloud: no key here',
    'skipped Alibaba Cloud: no key here',
  ])
})

it.each([
  {
    reason: 'wrong secrets',
    env: { AWS_SECRET_ACCESS_KEY: 'x', TENCENTCLOUD_SECRET_KEY: 'x', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'x' },
    codes: ['HTTP 403 InvalidSignatureException', 'AuthFailure.SignatureFailure', 'SignatureDoesNotMatch'],
  },
  {
    reason: 'unknown ids',
    env: { AWS_ACCESS_KEY_ID: 'x', TENCENTCLOUD_SECRET_ID: 'x', ALIBABA_CLOUD_ACCESS_KEY_ID: 'x' },
    codes: ['HTTP 403 UnrecognizedClientException', 'AuthFailure.SecretIdNotFound', 'InvalidAccessKeyId.NotFound'],
  },
  {
    reason: 'a clock twenty minutes off',
    offMs: 1_200_000,
    codes: ['HTTP 403 InvalidSignatureException', 'AuthFailure.SignatureExpire', 'InvalidTimeStamp.Expired'],
  },
])('says that keys are refused: $reason', async ({ env, codes, offMs }) => {
  const found = await lines(credentials, patient({ ...all, ...env }, inAll, offMs))
  expect(found).toHaveLength(3)
  for (const [index, code] of codes.entries())
    expect(found[index]).toMatch(new RegExp(`^fault [\\w ]+: refused: ${code}`))
})

it('survives a cloud that answers nothing of its own', async () => {
  aws.fail({ kind: 'garbage' })
  others.fail({ kind: 'garbage' }, { kind: 'reset' })
  const found = await lines(credentials, patient(all))
  expect(found[0]).toBe('fault AWS: the answer is not one of STS')
  expect(found.slice(1).sort()).toEqual([
    expect.stringMatching(
      /^fault (Alibaba|Tencent) Cloud: (the network: the connection broke before the answer|refused: HTTP 200)$/,
    ),
    expect.stringMatching(
      /^fault (Alibaba|Tencent) Cloud: (the network: the connection broke before the answer|refused: HTTP 200)$/,
    ),
  ])
})
