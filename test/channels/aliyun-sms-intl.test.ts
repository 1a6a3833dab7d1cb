import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aliyunSmsIntl } from '../../shared/channels/aliyun-sms-intl/aliyun-sms-intl.ts'
import { aliyunSmsIntlReceipts } from '../../shared/channels/aliyun-sms-intl/receipts.ts'
import { acknowledged, at, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { type AliyunIntlMessage, type AliyunIntlOptions, startAliyunSmsIntl } from '../simulators/aliyun-sms-intl.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { eachRow } from './each-row.ts'
import { ioWith } from './io.ts'

const settings = { from: 'FENGHUO', keyId: 'LTAItest', keySecret: 'test-key' }
const tan = { phone: '+6590000003', people: {} }
let vendor: MessageVendor<AliyunIntlMessage>
const io = () => ioWith({ FENGHUO_ALIYUN_SMS_INTL_URL: vendor.url })
const send = (notice = opened, given: Parameters<typeof aliyunSmsIntl.send>[2] = settings, to = tan, changes = {}) =>
  aliyunSmsIntl.send(messageOf(notice, { language: 'en', ...changes }), to, given, io())
const start = async (changes: Partial<AliyunIntlOptions> = {}) => {
  const account = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }
  vendor = await startAliyunSmsIntl({ ...account, senders: ['FENGHUO'], now: () => at('02:14'), ...changes })
}

beforeEach(() => start())
afterEach(() => vendor.close())

test('a page, a recovery and an exhausted one are one segment each, in the reader’s language', async () => {
  for (const notice of [opened, resolved, exhausted])
    expect(await send(notice)).toEqual({ status: 'sent', receipt: expect.stringMatching(/^\d+$/) })
  expect(vendor.received.map(({ phone, from, task }) => [phone, from, task])).toEqual(
    Array(3).fill(['6590000003', 'FENGHUO', opened.incident]),
  )
  for (const { text } of vendor.received) expect(text.length).toBeLessThanOrEqual(160)
  await send(opened, settings, tan, { language: 'zh' })
  expect(vendor.received.at(-1)?.text).toMatch(/^值班告警1024号：.{1,62}$/)
})

test('without `from` the vendor picks whom it is from, and after ten minutes no text arrives any more', async () => {
  const { from: _, ...without } = settings
  expect(await send(opened, without)).toMatchObject({ status: 'sent' })
  expect(vendor.received[0]).not.toHaveProperty('from')
  expect(vendor.requests[0]?.params.get('ValidityPeriod')).toBe('600')
})

test('what no text tells is not sent, nor to the mainland, nor what has no number', async () => {
  expect(await send(acknowledged)).toMatchObject({ status: 'failed', failure: { class: 'no-text' } })
  const lin = { phone: '+8613800000001', people: {} }
  expect(await send(opened, settings, lin)).toMatchObject({ status: 'failed', failure: { class: 'country-closed' } })
  const nobody = await aliyunSmsIntl.send(messageOf(opened), { people: {} }, settings, io())
  expect(nobody).toMatchObject({ status: 'failed', failure: { class: 'no-address', of: 'phone' } })
  expect(vendor.requests).toEqual([])
})

describe('the vendor says', () => {
  eachRow('aliyun-sms-intl', aliyunSmsIntl.errors, { fail: (...failures) => vendor.fail(...failures), send })

  test('a code as its older page has it means the same', async () => {
    vendor.fail({ kind: 'error', code: 'isp.SYSTEM_ERROR' })
    expect(await send()).toMatchObject({ status: 'unknown', failure: { class: 'lost-answer', code: 'SYSTEM_ERROR' } })
    expect(await send(opened, { ...settings, from: 'OTHER' })).toMatchObject({
      status: 'failed',
      failure: { class: 'no-such-sender', code: 'INVALID_SENDERID' },
    })
  })

  test('no to another key by the gateway, and nothing that is lost or foreign is a refusal', async () => {
    expect(await send(opened, { ...settings, keySecret: 'other' })).toMatchObject({
      status: 'failed',
      failure: { class: 'bad-credentials', code: 'SignatureDoesNotMatch' },
    })
    vendor.fail({ kind: 'rate-limit' })
    expect(await send()).toMatchObject({ status: 'retry', failure: { class: 'rate-limited' } })
    vendor.fail({ kind: 'reset', taken: true })
    expect(await send()).toMatchObject({ status: 'unknown' })
    vendor.fail({ kind: 'garbage' })
    expect(await send()).toMatchObject({ status: 'unknown' })
  })
})

const lost = { class: 'not-delivered', vendor: 'aliyun-sms-intl', code: 'UNDELIVRD', said: 'absent subscriber' }

test.each([
  ['that arrived', {}, {}],
  ['that did not', { unreachable: ['6590000003'] }, { failure: lost }],
  ['of which the carrier has said nothing', { carrierMs: 600_000 }, undefined],
])('what became of a text %s is told on request', async (_, options, end) => {
  await vendor.close()
  await start(options)
  const sent = await send()
  const id = sent.status === 'sent' ? (sent.receipt ?? '') : ''
  const ask = (receipt: string) => aliyunSmsIntl.receiptOf?.(receipt, at('02:14'), tan, settings, io())
  expect(await ask(id)).toEqual(end)
  expect(await ask('other')).toBeUndefined()
  vendor.fail({ kind: 'garbage' })
  expect(await ask(id)).toBeUndefined()
})

test('what the vendor posts of texts is read, each by itself', () => {
  // The vendor's own sample, and ours of what it lists besides.
  const arrived = {
    To: '8521111****',
    SendDate: 'Thu, 25 Nov 2021 10:25:00 +0800',
    ReceiveDate: 'Thu, 25 Nov 2021 10:25:33 +0800',
    Status: '1',
    ErrorCode: 'success',
    ErrorDescription: 'success',
    TaskId: '67890',
    SmsSize: '2',
    MessageId: '123450000****',
  }
  const failed = {
    ...arrived,
    Status: 2,
    MessageId: 'b',
    ErrorCode: 'UNDELIVRD',
    ErrorDescription: 'absent subscriber',
  }
  const expired = { ...arrived, Status: '6', MessageId: 'c', ErrorCode: 'EXPIRED', ErrorDescription: '' }
  const onItsWay = { ...arrived, Status: '3', MessageId: 'd' }
  expect(aliyunSmsIntlReceipts.readTexts([arrived, failed, { Status: '1' }, expired, onItsWay])).toEqual([
    { id: '123450000****' },
    { id: 'b', failure: lost },
    { id: 'c', failure: { class: 'not-delivered', vendor: 'aliyun-sms-intl', code: 'EXPIRED' } },
  ])
  expect(aliyunSmsIntlReceipts.readTexts({ MessageId: 'a' })).toBeUndefined()
})
