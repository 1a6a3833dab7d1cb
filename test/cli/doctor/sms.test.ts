import { afterEach, expect, it } from 'vitest'
import { sms } from '../../../cli/doctor/channels.ts'
import { smsTemplates } from '../../../shared/messages/sms.ts'
import {
  startTencentSmsSimulator,
  type TencentSmsOptions,
  type TencentSmsSimulator,
} from '../../simulators/tencent-sms.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, now, patientWith } from './patient.ts'

const route =
  '{ to: "+86", type: tencent-sms, app: "1400006666", sign: 示例科技, templates: { page: "2100001", resolved: "2100002" } }'
const configured = (text = route) => configOf(fenghuoYml.replace('channels:\n', `channels:\n  sms:\n    - ${text}\n`))

let tencent: TencentSmsSimulator
afterEach(async () => {
  expect(tencent.received).toEqual([])
  await tencent.close()
})

const key = { TENCENTCLOUD_SECRET_ID: 'id-of-tencent', TENCENTCLOUD_SECRET_KEY: 'key-of-tencent' }

/** What is found in an account that differs from a good one so. */
async function look(
  account: Partial<TencentSmsOptions> = {},
  variables: Record<string, string> = key,
  config = configured(),
) {
  tencent = await startTencentSmsSimulator({
    secretId: key.TENCENTCLOUD_SECRET_ID,
    secretKey: key.TENCENTCLOUD_SECRET_KEY,
    app: '1400006666',
    signs: ['示例科技'],
    templates: { 2100001: 7, 2100002: 6 },
    now: () => now,
    wallClock: () => now,
    ...account,
  })
  const moved = { FENGHUO_TENCENT_URL: tencent.url }
  const all = await lines(sms, patientWith(moved, { config, channelEnv: async () => variables }))
  return all.filter((line) => !line.includes('receipts'))
}
const well = [
  'ok +86 template page: 2100001 is approved, with 7 variables',
  'ok +86 template resolved: 2100002 is approved, with 6 variables',
  'ok +86 signature: 【示例科技】 is approved',
]

it('the address of receipts is told, with its token', async () => {
  await look()
  const env = { ACKNOWLEDGE_URL: 'https://ack.example.com/', FENGHUO_SECRET: 'secret' }
  const moved = { FENGHUO_TENCENT_URL: tencent.url }
  const all = await lines(
    sms,
    patientWith(moved, { config: configured(), channelEnv: async () => ({ ...key, ...env }) }),
  )
  expect(all.at(-1)).toMatch(/to be posted to https:\/\/ack\.example\.com\/receipts\/tencent-sms\/[\w-]{32};/)
})

it('receipts that are read from queues are not to be posted by the vendor', async () => {
  await look()
  const queued =
    '{ to: "+86", type: aliyun-sms, sign: 示例, templates: { page: SMS_100000001, resolved: SMS_100000002 }, receipts: { queues: [Alicom-Queue-1234567890-SmsReport], at: aliyun/cn-hangzhou } }'
  const env = { ACKNOWLEDGE_URL: 'https://ack.example.com/', FENGHUO_SECRET: 'secret' }
  const hz = fenghuoYml.replace('vantages:\n', 'vantages:\n  hz: aliyun/cn-hangzhou\n')
  const config = configOf(hz.replace('channels:\n', `channels:\n  sms:\n    - ${queued}\n`))
  const all = await lines(sms, patientWith({}, { config, channelEnv: async () => env }))
  expect(all.at(-1)).toMatch(
    /function receipts at aliyun\/cn-hangzhou reads Alicom-Queue-1234567890-SmsReport and hands it to https:\/\/ack\.example\.com\/receipts\/aliyun-sms\//,
  )
})

it('all are approved', async () => {
  expect(await look()).toEqual(well)
})

it('with the texts that are to be submitted', async () => {
  const content = smsTemplates.zh.page
  expect(await look({ reviews: { templates: { 2100001: { statusCode: 0, content } } } })).toEqual(well)
})

it.each<[reason: string, account: Partial<TencentSmsOptions>, bad: string[]]>([
  [
    'a template is not there',
    { templates: { 2100002: 6 } },
    ['fault +86 template page: the account has no template 2100001'],
  ],
  [
    'a template is under review',
    { reviews: { templates: { 2100001: { statusCode: 1 } } } },
    ['warning +86 template page: template 2100001 is under review: texts fail until it is approved'],
  ],
  [
    'a template is not yet in force',
    { reviews: { templates: { 2100001: { statusCode: 2 } } } },
    ['warning +86 template page: template 2100001 is approved, and not yet in force'],
  ],
  [
    'a template was refused',
    { reviews: { templates: { 2100001: { statusCode: -1, reviewReply: '变量过多' } } } },
    ['fault +86 template page: template 2100001 was refused: 变量过多'],
  ],
  [
    'a template has other variables',
    { templates: { 2100001: 5, 2100002: 6 } },
    ['fault +86 template page: 2100001 has 5 variables, and we fill 7: each text would be refused'],
  ],
  [
    'a template is for other countries',
    { reviews: { templates: { 2100001: { statusCode: 0, international: true } } } },
    ['fault +86 template page: the account has no template 2100001'],
  ],
  ['the signature is another', { signs: ['示例'] }, ['fault +86 signature: the account has no signature 【示例科技】']],
  [
    'the signature was refused',
    { reviews: { signs: { 示例科技: { statusCode: -1, reviewReply: '资质不符' } } } },
    ['fault +86 signature: 【示例科技】 was refused: 资质不符'],
  ],
])('%s', async (_reason, account, bad) => {
  expect((await look(account)).filter((line) => !well.includes(line))).toEqual(bad)
})

it('the signature is on the second page', async () => {
  const signs = Array.from({ length: 150 }, (_, index) => `签名${index}`)
  expect(await look({ signs: [...signs, '示例科技'] })).toEqual(well)
})

it('a route for all numbers asks both lists', async () => {
  const found = await look(
    { reviews: { templates: { 2100001: { statusCode: 0, international: true, content: '{1}{2}{3}{4}{5}{6}{7}' } } } },
    key,
    configured(route.replace('+86', '+')),
  )
  expect(found.map((line) => line.replace('ok + ', 'ok +86 '))).toEqual(well)
})

it.each<[reason: string, account: Partial<TencentSmsOptions>, variables: Record<string, string>, line: RegExp]>([
  [
    'another key',
    {},
    { ...key, TENCENTCLOUD_SECRET_KEY: 'wrong' },
    /^fault .*: key, password or token not accepted: AuthFailure.SignatureFailure “.+”$/,
  ],
  [
    'a clock ten minutes off',
    { wallClock: () => now + 600_000 },
    key,
    /^fault .*: this machine's clock is wrong: AuthFailure.SignatureExpire “.+”$/,
  ],
  [
    'no key',
    {},
    {},
    /^fault .*: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY are not set in the deployed functions$/,
  ],
  [
    'an account of a person',
    { individual: true },
    key,
    /^warning .*: can't tell: refused: UnsupportedOperation “Not for individual users\.”$/,
  ],
])('%s', async (_reason, account, variables, line) => {
  const found = await look(account, variables)
  expect(found).toHaveLength(3)
  for (const each of found) expect(each).toMatch(line)
})
