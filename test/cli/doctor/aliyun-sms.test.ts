import { expect, it, onTestFinished } from 'vitest'
import { sms } from '../../../cli/doctor/channels.ts'
import { answerTemplate } from '../../../shared/messages/reply-answer.ts'
import { namedTemplates } from '../../../shared/messages/sms.ts'
import { type AliyunSmsOptions, startAliyunSmsSimulator } from '../../simulators/aliyun-sms.ts'
import { type AliyunIntlOptions, startAliyunSmsIntl } from '../../simulators/aliyun-sms-intl.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, now, patientWith } from './patient.ts'

const configured = (route: string) => configOf(fenghuoYml.replace('channels:\n', `channels:\n  sms:\n    - ${route}\n`))
const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI-good', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret-good' }
const account = { accessKeyId: 'LTAI-good', accessKeySecret: 'secret-good', now: () => now, wallClock: () => now }
const { zh } = namedTemplates()

async function look(changes: Partial<AliyunSmsOptions> = {}, variables: Record<string, string> = key) {
  const templates = { SMS_1: zh.page, SMS_2: zh.resolved, SMS_3: answerTemplate.zh.named }
  const vendor = await startAliyunSmsSimulator({ ...account, signs: ['示例科技'], templates, ...changes })
  onTestFinished(() => vendor.close())
  const route =
    '{ to: "+86", type: aliyun-sms, sign: 示例科技, templates: { page: SMS_1, resolved: SMS_2, answer: SMS_3 } }'
  const patient = { config: configured(route), channelEnv: async () => variables }
  const all = await lines(sms, patientWith({ FENGHUO_ALIYUN_URL: vendor.url }, patient))
  expect(vendor.received, 'doctor texts nobody').toEqual([])
  return all.filter((line) => !line.includes('receipts'))
}

const well = [
  'ok +86 template page: SMS_1 is approved, with 7 variables',
  'ok +86 template resolved: SMS_2 is approved, with 6 variables',
  'ok +86 template answer: SMS_3 is approved, with 2 variables',
  'ok +86 signature: 【示例科技】 is approved',
]

it('templates as they were printed, and the signature, are approved', async () => {
  expect(await look()).toEqual(well)
})

it.each<[reason: string, account: Partial<AliyunSmsOptions>, bad: string]>([
  [
    'a template is not there',
    { templates: { SMS_2: zh.resolved, SMS_3: answerTemplate.zh.named } },
    'fault +86 template page: the account has no template SMS_1',
  ],
  [
    'a template is under review',
    { reviews: { SMS_1: { status: 0 } } },
    'warning +86 template page: template SMS_1 is under review: texts fail until it is approved',
  ],
  [
    'a template was withdrawn',
    { reviews: { SMS_1: { status: 10, reason: '长期未使用' } } },
    'fault +86 template page: template SMS_1 was refused or withdrawn: 长期未使用',
  ],
  [
    'a template has other variables',
    { templates: { SMS_1: '告警${number}', SMS_2: zh.resolved, SMS_3: answerTemplate.zh.named } },
    'fault +86 template page: SMS_1 has the variables number, and we fill number, project, title, state, since, scope, callee: each text would be refused',
  ],
  ['the signature is another', { signs: ['示例'] }, 'fault +86 signature: the account has no signature 【示例科技】'],
])('%s', async (_, changes, bad) => {
  expect((await look(changes)).filter((line) => !well.includes(line))).toEqual([bad])
})

it('a wrong key is a fault of each', async () => {
  const found = await look({}, { ...key, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret-other' })
  expect(found).toHaveLength(4)
  for (const line of found)
    expect(line).toMatch(/^fault .*: key, password or token not accepted: SignatureDoesNotMatch/)
})

async function lookAbroad(changes: Partial<AliyunIntlOptions> = {}, fail?: { code: string }) {
  const vendor = await startAliyunSmsIntl({ ...account, ...changes })
  onTestFinished(() => vendor.close())
  if (fail) vendor.fail({ kind: 'error', code: fail.code, message: 'refused' })
  const patient = {
    config: configured('{ to: "+65", type: aliyun-sms-intl, from: FENGHUO }'),
    channelEnv: async () => key,
  }
  const all = await lines(sms, patientWith({ FENGHUO_ALIYUN_SMS_INTL_URL: vendor.url }, patient))
  expect(vendor.received, 'doctor texts nobody').toEqual([])
  return all.filter((line) => !line.includes('receipts'))
}

it('texts abroad: key and account are told by asking for a text that there is not', async () => {
  expect(await lookAbroad()).toEqual(['ok +65: the key is taken, and the account is served'])
  const [refused] = await lookAbroad({ accessKeySecret: 'another' })
  expect(refused).toMatch(/^fault \+65: key, password or token not accepted: SignatureDoesNotMatch/)
  const [broke] = await lookAbroad({}, { code: 'AMOUNT_NOT_ENOUGH' })
  expect(broke).toMatch(/^fault \+65: .*AMOUNT_NOT_ENOUGH/)
  const [busy] = await lookAbroad({}, { code: 'SYSTEM_ERROR' })
  expect(busy).toMatch(/^warning \+65: /)
})
