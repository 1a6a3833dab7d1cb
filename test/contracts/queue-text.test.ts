import { expect, it } from 'vitest'
import { queueText } from '../../shared/contracts/queue-text.ts'

/** What SQS takes in a message (API reference, SendMessage, "MessageBody"). */
const TAKEN = /^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u

it.each([
  ['an emoji', 'down 🔥'],
  ['half an emoji', '\ud83d'],
  ['a control character', 'a\u0000\u001bb'],
  ['no character', 'a\uffff\ufffeb'],
  ['no character of another plane', '\u{1ffff}'],
])('a report with %s in what a target said is taken by the queue, and reads the same', (_, detail) => {
  const report = { kind: 'report', observations: [{ check: 'pay/web', detail }] }
  expect(queueText(report)).toMatch(TAKEN)
  expect(JSON.parse(queueText(report))).toEqual(report)
})
