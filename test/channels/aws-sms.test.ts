import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { awsSms } from '../../shared/channels/aws-sms/aws-sms.ts'
import { acknowledged, at, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { type AwsSmsOptions, startAwsSms } from '../simulators/aws-sms.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { eachRow } from './each-row.ts'
import { answering, ioWith } from './io.ts'

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret' }
const settings = { from: 'FENGHUO', region: 'ap-southeast-1' }
const tan = { phone: '+6590000003', people: {} }

let vendor: MessageVendor<{ phone: string; from?: string; text: string }>
const io = () =>
  ioWith({
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: vendor.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  })
const send = (notice = opened, given: Parameters<typeof awsSms.send>[2] = settings, changes = {}) =>
  awsSms.send(messageOf(notice, { language: 'en', ...changes }), tan, given, io())
const start = async (changes: Partial<AwsSmsOptions> = {}) => {
  vendor = await startAwsSms({ ...key, now: () => at('02:14'), ...changes })
}

beforeEach(() => start())
afterEach(() => vendor.close())

test('a page, a recovery and an exhausted one are one segment each, in the reader’s language', async () => {
  for (const notice of [opened, resolved, exhausted])
    expect(await send(notice)).toEqual({ status: 'sent', receipt: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(vendor.received.map(({ phone, from }) => [phone, from])).toEqual(Array(3).fill([tan.phone, 'FENGHUO']))
  for (const { text } of vendor.received) expect(text.length).toBeLessThanOrEqual(160)
  expect(vendor.received.map(({ text }) => text.slice(0, 32))).toEqual([
    expect.stringMatching(/^FENGHUO 1024 CRITICAL: /),
    expect.stringMatching(/^FENGHUO 1024 RECOVERED: /),
    expect.stringMatching(/^FENGHUO 1024 CRITICAL, NOBODY/),
  ])
  await send(opened, settings, { language: 'zh' })
  expect(vendor.received.at(-1)?.text).toMatch(/^值班告警1024号：.{1,62}$/)
})

test('it lives ten minutes, is transactional, and says which incident it is about', async () => {
  expect(await send({ ...opened, incident: `${opened.incident} ` })).toMatchObject({ status: 'sent' })
  expect(JSON.parse(String(vendor.requests[0]?.body))).toMatchObject({
    MessageType: 'TRANSACTIONAL',
    TimeToLive: 600,
    Context: { incident: opened.incident },
  })
})

test('by default it is sent from the deployment’s region, by whoever the vendor picks', async () => {
  expect(await send(opened, {})).toMatchObject({ status: 'sent' })
  const authorization = String(vendor.requests[0]?.headers.authorization)
  expect(authorization).toContain('/us-east-1/sms-voice/aws4_request')
  expect(vendor.received[0]?.from).toBeUndefined()
})

test('without the role’s key nobody is asked', async () => {
  expect(await awsSms.send(messageOf(opened), tan, settings, ioWith({}))).toMatchObject({
    status: 'failed',
    failure: { class: 'not-configured', variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
  })
})

test('what no text tells is not sent, nor what has no number', async () => {
  expect(await send(acknowledged)).toMatchObject({ status: 'failed', failure: { class: 'no-text' } })
  const without = await awsSms.send(messageOf(opened), { people: {} }, settings, io())
  expect(without).toMatchObject({ status: 'failed', failure: { class: 'no-address', of: 'phone' } })
  expect(vendor.requests).toEqual([])
})

describe('the vendor says', () => {
  eachRow('aws-sms', awsSms.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test.each([
    ['a number that has said STOP', { optedOut: [tan.phone] }, 'opted-out'],
    ['a number that nobody has verified, from the sandbox', { sandbox: [] }, 'not-allowed'],
    ['a sender that is not the account’s', { senders: ['OTHER'] }, 'no-such-sender'],
    ['another key', { secretAccessKey: 'other' }, 'bad-credentials'],
  ])('%s', async (_, options, kind) => {
    await vendor.close()
    await start(options)
    expect(await send()).toMatchObject({ status: 'failed', failure: { class: kind, vendor: 'aws-sms' } })
  })

  test('a conflict that nobody has told us of is a refusal; a lost or foreign answer may have sent it', async () => {
    const conflict = { __type: 'ConflictException', Reason: 'SOMETHING_NEW', Message: 'no' }
    expect(
      await awsSms.send(messageOf(opened), tan, settings, { ...answering(conflict, 400), env: io().env }),
    ).toMatchObject({
      status: 'failed',
      failure: { class: 'refused', code: 'ConflictException.SOMETHING_NEW', said: 'no' },
    })
    vendor.fail({ kind: 'reset', taken: true })
    expect(await send()).toMatchObject({ status: 'unknown' })
    vendor.fail({ kind: 'garbage' })
    expect(await send()).toMatchObject({ status: 'unknown' })
  })

  test('the shape of the vendor’s own SDK', async () => {
    const optedOut = {
      __type: 'ConflictException',
      Message: 'Destination phone number opted out',
      Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
      ResourceType: 'phone-number',
    }
    const answer = { ...answering(optedOut, 400), env: io().env }
    expect(await awsSms.send(messageOf(opened), tan, settings, answer)).toMatchObject({
      failure: { class: 'opted-out' },
    })
  })
})
