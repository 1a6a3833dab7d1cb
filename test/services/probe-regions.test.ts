import { afterEach, expect, it, vi } from 'vitest'
import { reportSend } from '../../shared/delivery/report-send.ts'
import type { ReportIo } from '../../shared/delivery/report-sender.ts'

const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }
const env = {
  ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'ap-southeast-1' },
  EVENTS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/fenghuo-prod-events',
}
const io = { now: Date.now, random: Math.random, sends: new Map() as ReportIo['sends'] }

const asked: string[] = []
const silent = new Set<string>()
const refusing = new Set<string>()
vi.mock('../../shared/clouds/aws/sqs-sender.ts', () => ({
  sqsSender:
    ({ queueUrl }: { queueUrl: string }) =>
    async () => {
      asked.push(queueUrl)
      if (refusing.has(queueUrl)) throw new Error(`SQS refused the message: ${'x'.repeat(300)}`)
      if (silent.has(queueUrl)) await new Promise(() => undefined)
    },
}))
afterEach(() => {
  asked.splice(0)
  silent.clear()
  refusing.clear()
  io.sends.clear()
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

it('what became of the send to each region is kept for the next report, whatever the others did', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 2, 13) })
  const send = reportSend({ regions }, 'aws/ap-southeast-1', env, io)
  const sent = async () => {
    const one = send('report', Date.now() + 55_000).catch(() => {})
    await vi.advanceTimersByTimeAsync(10_000)
    await one
    return [...io.sends.values()]
  }
  const taken = { to: 'ap-southeast-1', isTaken: true }
  expect(await sent()).toEqual([taken, { to: 'ap-northeast-1', isTaken: true }])
  refusing.add(there)
  const why = `SQS refused the message: ${'x'.repeat(175)}`
  expect(await sent()).toEqual([taken, { to: 'ap-northeast-1', isTaken: false, why }])
  refusing.delete(there)
  silent.add(there)
  expect(await sent()).toEqual([taken, { to: 'ap-northeast-1', isTaken: false }])
})

it('what posts its reports tells the region by the address of each function, or its host', async () => {
  vi.stubGlobal('fetch', async () => new Response('{"status":"taken"}'))
  const config = { regions, reportKeys: { 'tencent/x': ['s'] } }
  const own = 'https://abc.lambda-url.ap-southeast-1.on.aws/'
  const REPORTS_URL = `${own}, https://reports.example.com/`
  await reportSend(config, 'tencent/x', { ...env, REPORTS_URL }, io)('{}', Date.now() + 1_000).catch(() => {})
  expect([...io.sends.keys()]).toEqual(['ap-southeast-1', 'reports.example.com'])
  vi.unstubAllGlobals()
})
