import { expect, it } from 'vitest'
import { firstSentAttributes, sendersOf, sentAt, sentOnAttributes } from '../../../shared/clouds/aws/first-sent.ts'
import { withinBounds } from '../../../shared/engine/ingest/within-bounds.ts'

type Attributes = ReturnType<typeof firstSentAttributes>

/** A message as Lambda hands it over: its sender, and the attributes that this one gave it. */
const record = (SenderId: string, given: Attributes = {}, SentTimestamp = '2000') => ({
  attributes: { SentTimestamp, SenderId },
  messageAttributes: Object.fromEntries(
    Object.entries(given).map(([name, { StringValue }]) => [name, { stringValue: StringValue }]),
  ),
})

/** The same as it lies on a dead-letter queue. */
const letter = (SenderId: string, MessageAttributes: Attributes = {}, SentTimestamp = '2000') => ({
  ReceiptHandle: 'r',
  Attributes: { SentTimestamp, SenderId },
  MessageAttributes,
})

const bounds = { senders: { AIDASHOP: { projects: ['shop'], vantages: [] } } }
const alert = { kind: 'alerts', alerts: [{ project: 'pay' }] }

it('who is bound stays so, whomever they name as first, when what was refused is sent on', () => {
  const claimed = firstSentAttributes(1_000, ['AIDAFREE'])
  const refused = record('AIDASHOP', claimed)
  expect(() => withinBounds(alert, sendersOf(refused), bounds)).toThrow()

  const put = firstSentAttributes(sentAt(refused), sendersOf(refused))
  const again = record('AROAWATCH:watch', sentOnAttributes(letter('AROAEVALUATE:evaluate', put)))
  expect(sendersOf(again)).toEqual(['AROAWATCH', 'AROAEVALUATE', 'AIDASHOP', 'AIDAFREE'])
  expect(() => withinBounds(alert, sendersOf(again), bounds)).toThrow()
})

it('the same holds for what SQS itself gave up', () => {
  const again = record('AROAWATCH', sentOnAttributes(letter('AIDASHOP', firstSentAttributes(1_000, ['AIDAFREE']))))
  expect(() => withinBounds(alert, sendersOf(again), bounds)).toThrow()
})

it('a message that goes back and forth, or names many, names but a few', () => {
  let given: Attributes = {}
  for (let time = 0; time < 9; time++) {
    given = sentOnAttributes(letter('AROAEVALUATE', firstSentAttributes(1_000, sendersOf(record('AROAWATCH', given)))))
  }
  expect(given.firstSender?.StringValue).toBe('AROAEVALUATE,AROAWATCH')
  const many = Array.from({ length: 1_000 }, (_, index) => `AIDA${index}`)
  expect(sendersOf(record('AIDASHOP', firstSentAttributes(1, many)))).toHaveLength(8)
})

it.each([
  ['an earlier time', '1000', '1000'],
  ['a later one', '3000', '2000'],
  ['none, which SQS would not take as a number', 'soon', '2000'],
])('what is sent on and claims %s was sent at %s: at %s', (_, claimed, at) => {
  const given = { firstSent: { DataType: 'String', StringValue: claimed } } as const
  expect(sentOnAttributes(letter('AIDASHOP', given)).firstSent?.StringValue).toBe(at)
})
