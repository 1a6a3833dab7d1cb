import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aliyunSms } from '../../shared/channels/aliyun-sms/aliyun-sms.ts'
import { namedTemplates } from '../../shared/messages/sms.ts'
import { acknowledged, at, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { type AliyunSmsSimulator, startAliyunSmsSimulator } from '../simulators/aliyun-sms.ts'
import { eachRow } from './each-row.ts'
import { ioWith } from './io.ts'

const settings = {
  sign: '示例科技',
  templates: { page: 'SMS_1', resolved: 'SMS_2', exhausted: 'SMS_3' },
  keyId: 'LTAItest',
  keySecret: 'test-key',
}
const texts = namedTemplates().zh
const account = {
  accessKeyId: 'LTAItest',
  accessKeySecret: 'test-key',
  signs: ['示例科技'],
  templates: { SMS_1: texts.page, SMS_2: texts.resolved, SMS_3: texts.exhausted },
  now: () => at('02:14'),
}
let vendor: AliyunSmsSimulator
const send = (notice = opened, config: Parameters<typeof aliyunSms.send>[2] = settings) =>
  aliyunSms.send(
    messageOf(notice),
    { phone: '+8613800000001', people: {} },
    config,
    ioWith({ FENGHUO_ALIYUN_URL: vendor.url }),
  )

beforeEach(async () => {
  vendor = await startAliyunSmsSimulator(account)
})
afterEach(() => vendor.close())

test('a page, an end and an exhausted one fill their templates by name', async () => {
  for (const notice of [opened, resolved, exhausted]) expect(await send(notice)).toMatchObject({ status: 'sent' })
  const filled = vendor.received.map(({ template, variables }) => {
    const text = { SMS_1: texts.page, SMS_2: texts.resolved, SMS_3: texts.exhausted }[template] ?? ''
    return text.replace(/\$\{(\w+)\}/g, (_, name) => variables[name] ?? '')
  })
  expect(filled).toEqual([
    '值班告警1024号：支付项目的收银台处于不可用状态，始于02:13，影响广州、杭州。正在呼叫林悦，请尽快认领。',
    '值班恢复1024号：支付项目的收银台已于02:25恢复，持续12分钟，由林悦处理。无需操作。',
    '值班告警1024号无人认领：支付项目的收银台处于不可用状态，始于02:13，已呼叫10次。请立即认领。',
  ])
})

test('without a template for it, an exhausted one is told by the page’s', async () => {
  const { exhausted: _, ...templates } = settings.templates
  expect(await send(exhausted, { ...settings, templates })).toMatchObject({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ template: 'SMS_1' }])
})

test.each([
  ['that arrived', {}, {}],
  [
    'that did not',
    { unreachable: ['13800000001'] },
    { failure: { class: 'not-delivered', vendor: 'aliyun-sms', code: 'UNDELIV' } },
  ],
  ['of which the carrier has said nothing', { carrierMs: 600_000 }, undefined],
])('what became of a text %s is told on request', async (_, options, end) => {
  await vendor.close()
  vendor = await startAliyunSmsSimulator({ ...account, ...options })
  const sent = await send()
  const id = sent.status === 'sent' ? (sent.receipt ?? '') : ''
  const lin = { phone: '+8613800000001', people: {} }
  const ask = (receipt: string) =>
    aliyunSms.receiptOf?.(receipt, at('02:14'), lin, settings, ioWith({ FENGHUO_ALIYUN_URL: vendor.url }))
  expect(await ask(id)).toEqual(end)
  expect(await ask('other')).toBeUndefined()
  expect(vendor.refused).toEqual([])
  vendor.fail({ kind: 'garbage' })
  expect(await ask(id)).toBeUndefined()
})

test('what no text tells is not sent', async () => {
  expect(await send(acknowledged)).toMatchObject({ status: 'failed', failure: { class: 'no-text' } })
  expect(vendor.requests).toEqual([])
})

describe('the vendor says', () => {
  eachRow('aliyun-sms', aliyunSms.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test('no more than fifty a day to a number by one template', async () => {
    for (let text = 1; text <= 50; text++) expect((await send()).status).toBe('sent')
    expect(await send()).toMatchObject({
      status: 'failed',
      failure: { class: 'over-quota', code: 'isv.BUSINESS_LIMIT_CONTROL' },
    })
    expect((await send(resolved)).status).toBe('sent')
  })
})
