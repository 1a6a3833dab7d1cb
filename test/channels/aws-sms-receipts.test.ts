import { expect, test } from 'vitest'
import { readConnectEvent } from '../../shared/channels/connect/events.ts'
import { textEventOf } from '../../shared/channels/receipts/text-events.ts'

/** As the user guide shows it, "Monitoring with EventBridge". */
const event = (detail: object = {}) => ({
  version: '0',
  id: '5c0fa4f8-e4ba-ed02-6101-c795472fccd0',
  'detail-type': 'Text Message Delivery Status Updated',
  source: 'aws.sms-voice',
  account: '111122223333',
  time: '2025-10-01T18:20:41Z',
  region: 'ap-southeast-1',
  resources: [],
  detail: {
    eventType: 'TEXT_DELIVERED',
    eventVersion: '1.0',
    eventTimestamp: 1759342841377,
    isFinal: true,
    originationPhoneNumber: 'FENGHUO',
    isoCountryCode: 'SG',
    messageId: 'ed23196c-75ce-4727-93ee-7bf72b64998f',
    messageType: 'TRANSACTIONAL',
    messageStatus: 'DELIVERED',
    messageStatusDescription: 'Message has been accepted by phone',
    totalMessageParts: 1,
    ...detail,
  },
})
const id = 'ed23196c-75ce-4727-93ee-7bf72b64998f'
const arrived = { vendor: 'aws-sms', id }

test('a text has arrived when its phone or, in other countries, its carrier has it', () => {
  expect(textEventOf(event())).toEqual(arrived)
  expect(textEventOf(event({ eventType: 'TEXT_SUCCESSFUL', messageStatus: 'SUCCESSFUL' }))).toEqual(arrived)
})

test.each([
  'BLOCKED',
  'CARRIER_BLOCKED',
  'CARRIER_UNREACHABLE',
  'INVALID',
  'INVALID_MESSAGE',
  'PROTECT_BLOCKED',
  'SPAM',
  'TTL_EXPIRED',
  'UNREACHABLE',
  'SOMETHING_NEW',
])('%s: it has not, in the vendor’s words', (messageStatus) => {
  const said = { eventType: `TEXT_${messageStatus}`, messageStatus, messageStatusDescription: 'No way' }
  expect(textEventOf(event(said))).toEqual({
    ...arrived,
    failure: { class: 'not-delivered', vendor: 'aws-sms', code: messageStatus, said: 'No way' },
  })
})

test.each([
  ['that is on its way', { eventType: 'TEXT_SENT', isFinal: false }],
  ['whose word is not the last', { eventType: 'TEXT_CARRIER_UNREACHABLE', isFinal: false }],
  ['of which nobody knows after three days', { eventType: 'TEXT_UNKNOWN' }],
  ['of another program of the account', { context: { order: '17' } }],
])('a text %s is none of ours to tell of', (_, detail) => {
  expect(textEventOf(event(detail))).toBe('ignored')
})

test('ours names its incident', () => {
  expect(textEventOf(event({ context: { incident: 'pay#1#web' } }))).toEqual(arrived)
})

test.each([
  ['nothing', undefined],
  ['an event of voice', { ...event(), 'detail-type': 'Voice Message Delivery Status Updated' }],
  ['one of another service', { ...event(), source: 'aws.connect' }],
  ['one without its text', event({ messageId: '' })],
])('%s is no event of a text', (_, given) => {
  expect(textEventOf(given)).toBeUndefined()
  expect(readConnectEvent(given)).toBeUndefined()
})
