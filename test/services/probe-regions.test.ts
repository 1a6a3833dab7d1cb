import { afterEach, expect, it, vi } from 'vitest'
import { reportSend } from '../../shared/delivery/report-send.ts'

const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }
const env = {
  ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'ap-southeast-1' },
  EVENTS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/fenghuo-prod-events',
}
const io = { now: Date.now, random: Math.random }

const asked: string[] = []
const silent = new Set<string>()
vi.mock('../../shared/clouds/aws/sqs-sender.ts', () => ({
  sqsSender:
    ({ queueUrl }: { queueUrl: string }) =>
    async () => {
      asked.push(queueUrl)
      if (silent.has(queueUrl)) await new Promise(() => undefined)
    },
}))
afterEach(() => {
  asked.splice(0)
  silent.clear()
  vi.useRealTimers()
})

const there = 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/fenghuo-prod-events'

it.each([
  ['of every region', { regions }, [env.EVENTS_QUEUE_URL, there]],
  ['of the only one', {}, [env.EVENTS_QUEUE_URL]],
])('a report goes to the events queue %s', async (_, config, queues) => {
  await reportSend(config, 'aws/ap-southeast-1', env, io)('report', Date.now() + 1_000)
  expect(asked).toEqual(queues)
})

it('a region that a report was kept waiting by keeps no other one of that minute waiting', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 2, 13) })
  silent.add(there)
  const send = reportSend({ regions }, 'aws/ap-southeast-1', env, io)
  const took: number[] = []
  for (const report of ['first', 'second']) {
    const from = Date.now()
    const sent = send(report, from + 55_000).then(() => void took.push(Date.now() - from))
    await vi.advanceTimersByTimeAsync(10_000)
    await sent
  }
  expect(took).toEqual([5_000, 0])
  expect(asked).toEqual([env.EVENTS_QUEUE_URL, there, env.EVENTS_QUEUE_URL, there])
})
