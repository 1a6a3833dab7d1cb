import { describe, expect, it } from 'vitest'
import { consume } from '../../shared/clouds/aws/sqs-consumer.ts'
import { canary } from '../../shared/contracts/peer.ts'
import { OfLaterRelease, Rejection } from '../../shared/contracts/rejection.ts'
import { report } from '../../shared/contracts/report.ts'
import { escalationMessage } from '../../shared/contracts/step.ts'
import { readReport } from '../../shared/engine/verdicts/read-report.ts'
import { PathWorld } from './world.ts'

const hash = 'x'.repeat(22)
const incident = 'pay#1#web'
const today = [
  { kind: 'step', incident, step: 1 },
  { kind: 'call', phoneHash: hash, incident, step: 1, severity: 'critical' },
  { kind: 'phone-line', phoneHash: hash, seq: 1 },
  { kind: 'key', phoneHash: hash, seq: 1, contactId: 'c', key: '1', decision: 'acknowledged' },
  { kind: 'post', recipient: 'sms#abc', seq: 1 },
  { kind: 'text', vendor: 'tencent-sms', id: 't1' },
  { kind: 'answer', project: 'pay', contact: 'lin', answer: { result: 'late', number: 1, title: 't', name: 'n' } },
  { kind: 'press', channel: 'slack', to: 'U1', result: 'taken' },
  { kind: 'subscriber', page: 'pay', subscriber: 's1' },
  {
    kind: 'letter',
    project: 'pay',
    contact: 'lin',
    content: { code: 'sign-in', id: 'x'.repeat(16) },
    url: 'https://a.example.com',
    until: 1,
  },
  { kind: 'duty' },
  { kind: 'canary', at: 1 },
]

/** A value with something new in each object of it. */
function withNews(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNews)
  if (typeof value !== 'object' || value === null) return value
  return { ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNews(one)])), ofTomorrow: true }
}

describe('what a later release has added to a message is passed over', () => {
  it.each(today)('$kind', (message) => {
    const whole = { v: 1, ...message }
    expect(escalationMessage.parse(withNews(whole))).toEqual(whole)
  })

  it('a canary, and a report of a probe', () => {
    expect(canary.parse(withNews({ v: 1, kind: 'canary', clock: 1 }))).toEqual({ v: 1, kind: 'canary', clock: 1 })
    const seen = { check: 'pay/web', project: 'pay', at: 1, outcome: 'up', phases: { dns: 1 } }
    const runner = { function: 'probe', run: 'r', version: '1', startedAt: 1, finishedAt: 1, coldStart: false }
    const whole = { v: 1, kind: 'report', vantage: 'aws/x', runner, observations: [seen] }
    expect(report.parse(withNews(whole))).toEqual(whole)
    expect(() => readReport({ ...whole, v: 2 }, { log: () => {} })).toThrow(OfLaterRelease)
    expect(() => readReport({ ...whole, v: 1700000000 }, { log: () => {} })).not.toThrow(OfLaterRelease)
    expect(() => readReport({ ...whole, v: 1700000000 }, { log: () => {} })).toThrow(Rejection)
  })
})

describe('what this release cannot take yet', () => {
  const later = [
    { v: 1, kind: 'nap', incident },
    { v: 2, kind: 'step', at: incident },
    { v: 1, kind: 'call', phoneHash: hash, incident, step: 1, severity: 'catastrophic' },
    { v: 1, kind: 'letter', project: 'pay', contact: 'lin', content: { code: 'poem' }, url: 'u', until: 1 },
  ]
  const garbage = [
    { v: 1, kind: 'step', incident: 'pay', step: 1 },
    { v: 1, kind: 'call', phoneHash: hash, incident, step: 'one', severity: 'catastrophic' },
    { v: 1 },
    { v: 2, step: 1 },
    { v: 1700000000, kind: 'step', at: incident },
    { v: 2.5, kind: 'step', at: incident },
    null,
  ]

  /** Takes a message through `page`'s own consumer, as it comes the `tries`th time: whether it comes again, and what lies among the dead. */
  async function come(body: unknown, tries: number) {
    const world = new PathWorld()
    const dead: string[] = []
    const attributes = { ApproximateReceiveCount: String(tries), SentTimestamp: '1700000000000' }
    const record = { messageId: 'm', receiptHandle: 'h', body: JSON.stringify(body), attributes }
    const { batchItemFailures } = await consume(
      { Records: [record] },
      {
        sqs: async (action, input) => {
          if (action === 'SendMessage' && 'MessageBody' in input) dead.push(String(input.MessageBody))
          return {}
        },
        queueUrl: 'queue',
        deadLetterUrl: 'dead',
        handle: async (message) => {
          await world.page(message)
          return []
        },
        rejected: async () => {},
        log: () => {},
      },
    )
    return { comesAgain: batchItemFailures.length === 1, dead: dead.length }
  }

  it.each(
    later,
  )('comes again until the release is through, and is then put aside with its reason: %j', async (body) => {
    expect(await come(body, 1)).toEqual({ comesAgain: true, dead: 0 })
    expect(await come(body, 15)).toEqual({ comesAgain: true, dead: 0 })
    expect(await come(body, 16)).toEqual({ comesAgain: false, dead: 1 })
  })

  it.each(garbage)('is no such thing where something else is wrong: %j', async (body) => {
    expect(await come(body, 1)).toEqual({ comesAgain: false, dead: 1 })
    await expect(new PathWorld().page(body)).rejects.toThrow(Rejection)
  })
})
