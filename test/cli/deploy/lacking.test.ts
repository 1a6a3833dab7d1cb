import { expect, test } from 'vitest'
import { type Deployment, deploymentsOf } from '../../../cli/deploy/deployments.ts'
import { lackingIn } from '../../../cli/deploy/lacking.ts'
import { loadConfig } from '../../../shared/config/load.ts'

const { config } = loadConfig(
  `
vantages: { sg: aws/ap-southeast-1, hz: aliyun/cn-hangzhou, gz: { at: tencent/ap-guangzhou, reportKeys: ["\${GZ_KEY}"] } }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
projects:
  pay:
    title: 支付
    chat: [wecom]
    checks:
      web: { title: 收银台, http: "\${PAY_URL}/healthz", from: [hz] }
`,
  'fenghuo.yml',
)

const all = config ? deploymentsOf(config, 'ap-southeast-1') : []
const named = (name: string): Deployment => all.find((one) => one.name === name) ?? expect.unreachable(name)

test.each([
  ['the primary region pages', 'aws/ap-southeast-1', {}, [], ['CONNECT_INSTANCE_ID is not set']],
  [
    'the primary region pages, and has what channels need in its environment',
    'aws/ap-southeast-1',
    {},
    ['secrets=environment'],
    ['WECOM_KEY, GZ_KEY, CONNECT_INSTANCE_ID are not set'],
  ],
  [
    'a variable that is empty is none',
    'aws/ap-southeast-1',
    { WECOM_KEY: '', CONNECT_INSTANCE_ID: 'i' },
    ['secrets=environment'],
    ['WECOM_KEY, GZ_KEY are not set'],
  ],
  ['a parameter names the instance', 'aws/ap-southeast-1', { WECOM_KEY: 'k' }, ['connectInstanceId=i'], []],
  [
    'a probe has its own checks, and a key outside AWS',
    'aliyun/cn-hangzhou',
    {},
    [],
    ['PAY_URL, FENGHUO_SENDER_KEY_ID, FENGHUO_SENDER_KEY_SECRET are not set'],
  ],
  [
    'a probe that posts its reports needs where to, and no key of AWS',
    'tencent/ap-guangzhou',
    { GZ_KEY: 'k' },
    [],
    ['FENGHUO_REPORTS_URL is not set'],
  ],
  [
    'a probe that reads its secrets from a store needs none here, and the half of its key that is no secret',
    'aliyun/cn-hangzhou',
    {},
    ['secrets=kms'],
    ['FENGHUO_SENDER_KEY_ID is not set'],
  ],
  [
    'a last resort that is not whole',
    'aliyun/cn-hangzhou',
    { PAY_URL: 'u', FENGHUO_SENDER_KEY_ID: 'i', FENGHUO_SENDER_KEY_SECRET: 's', LAST_RESORT_SMS_TO: '+8613800000001' },
    [],
    [
      'LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_SIGN is not; LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_TEMPLATE is not',
    ],
  ],
])('a plan says what is lacking: %s', (_reason, name, env, given, told) => {
  if (config === undefined) expect.unreachable('the configuration is right')
  expect(lackingIn(named(name), config, env, given).map(({ en }) => en)).toEqual(told)
})

test('a plan says what one of several regions is not given of its own', () => {
  if (config === undefined) expect.unreachable('the configuration is right')
  const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }
  const vantages = { ...config.vantages, jp: 'aws/ap-northeast-1' }
  const whole = { ...config, vantages, regions }
  const [, second = expect.unreachable()] = deploymentsOf(whole, 'ap-southeast-1')
  const env = { CONNECT_INSTANCE_ID: 'the first one’s' }
  const told = (given: string[]) => lackingIn(second, whole, env, given).map(({ en }) => en)
  const needs = (what: string) => `it needs --param aws/ap-northeast-1:${what}=… (docs/guides/several-regions.md)`
  expect(told([])).toEqual([needs('connectInstanceId')])
  expect(told(['connectInstanceId='])).toEqual([needs('connectInstanceId')])
  expect(told(['connectInstanceId=i'])).toEqual([])
})
