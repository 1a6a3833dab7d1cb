import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isSentOn, sentAt } from '../../../shared/clouds/aws/first-sent.ts'
import { forwarder } from '../../../shared/clouds/aws/forwarder.ts'
import type { SqsQueue } from '../../../shared/clouds/aws/sqs-call.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)
let isSilent = false
const asked: { region: string; entries: { MessageBody: string; MessageAttributes: object }[] }[] = []

vi.mock('../../../shared/clouds/aws/sqs-call.ts', async (original) => ({
  ...(await original<object>()),
  async callSqs(_: SqsQueue, region: string, _action: string, { Entries }: { Entries: Entry[] }, limitMs: number) {
    asked.push({ region, entries: Entries })
    if (isSilent) await new Promise((_, reject) => setTimeout(() => reject(new Error('no answer in time')), limitMs))
    const Successful = Entries.map(({ Id, MessageBody }) => ({
      Id,
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    }))
    return { status: 200, body: { Successful } }
  },
}))
interface Entry {
  Id: string
  MessageBody: string
  MessageAttributes: { firstSent: { StringValue: string } }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: start })
  asked.length = 0
  isSilent = false
})
afterEach(() => {
  vi.useRealTimers()
})

const forward = (lines: unknown[] = []) => {
  const queueUrl = 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/fenghuo-prod-events'
  const queue: SqsQueue = {
    queueUrl,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    now: Date.now,
    random: () => 0,
  }
  return forwarder([queue], { now: Date.now, log: (line) => lines.push(line) })
}

it('another region has it with when it was taken, by which it is not sent on again', async () => {
  await forward()({ kind: 'heartbeat' }, start - 5_000)
  const [entry] = asked[0]?.entries ?? []
  expect([asked[0]?.region, entry?.MessageBody]).toEqual(['ap-northeast-1', '{"kind":"heartbeat"}'])
  const stringValue = String(start - 5_000)
  expect(entry?.MessageAttributes).toEqual({ firstSent: { DataType: 'Number', StringValue: stringValue } })
  const record = { attributes: { SentTimestamp: String(start) }, messageAttributes: { firstSent: { stringValue } } }
  expect([isSentOn(record), sentAt(record)]).toEqual([true, start - 5_000])
  expect(isSentOn({ attributes: record.attributes })).toBe(false)
})

it('a region that is lost holds up one message a second, and none for half a minute then', async () => {
  isSilent = true
  const lines: unknown[] = []
  const to = forward(lines)
  const took: number[] = []
  for (const wait of [0, 0, 31_000]) {
    vi.setSystemTime(Date.now() + wait)
    const from = Date.now()
    const sent = to({ kind: 'heartbeat' }, from).then(() => void took.push(Date.now() - from))
    await vi.advanceTimersByTimeAsync(2_000)
    await sent
  }
  expect(took).toEqual([1_000, 0, 1_000])
  expect(lines).toHaveLength(2)
})
