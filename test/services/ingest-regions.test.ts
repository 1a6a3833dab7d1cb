import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { wire } from '../../services/ingest/aws.ts'
import type { Handler } from '../../shared/clouds/aws/lambda.ts'
import type { SqsQueue } from '../../shared/clouds/aws/sqs-call.ts'
import { hashOfKey } from '../../shared/ingest/keys.ts'
import { signedReport } from '../../shared/ingest/report-signature.ts'
import { KEY } from '../ingest/requests.ts'
import { senderEnv } from './queue.ts'

const own = 'ap-southeast-1'
const other = 'ap-northeast-1'
const queueIn = (region: string) => `https://sqs.${region}.amazonaws.com/123456789012/fenghuo-prod-events`

/** What each region's queue does with a batch, and what it has. */
type Way = 'takes' | 'refuses' | 'is silent' | 'is silent once' | 'answers after 550 ms'
const ways: Record<string, Way> = {}
const taken: Record<string, unknown[]> = {}
const calls: { region: string; endpoint: string | undefined }[] = []

vi.mock('../../shared/clouds/aws/sqs-call.ts', async (original) => ({
  ...(await original<object>()),
  async callSqs({ endpoint }: SqsQueue, region: string, _action: string, { Entries }: { Entries: Entry[] }) {
    calls.push({ region, endpoint })
    const way = ways[region]
    if (way === 'is silent once') ways[region] = 'takes'
    if (way?.startsWith('is silent')) await new Promise(() => undefined)
    if (way === 'answers after 550 ms') await new Promise((resolve) => setTimeout(resolve, 550))
    if (way === 'refuses') return { status: 403, body: { __type: 'AccessDenied' } }
    taken[region] = [...(taken[region] ?? []), ...Entries.map(({ MessageBody }) => JSON.parse(MessageBody))]
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
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 10, 29, 2, 13) })
  for (const region of [own, other]) {
    ways[region] = 'takes'
    taken[region] = []
  }
  calls.length = 0
})
afterEach(() => {
  vi.useRealTimers()
})

/** `ingest` as it is deployed to the first of two regions, with a private endpoint; its table answers nobody. */
async function ingest(): Promise<Handler> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-ingest-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const pay = {
    ...{ name: 'pay', title: '支付', severity: 'critical', keys: [{ key: hashOfKey(KEY), perMinute: 600 }] },
    inbound: { aws: { events: ['ec2'] } },
  }
  const config = {
    ...{ language: 'en', timezone: 'UTC', vantages: {}, groups: {}, policies: {}, channels: {}, checks: [] },
    ...{ projects: { pay }, regions: { order: [own, other], guardMs: 60_000 } },
    reportKeys: { 'tencent/ap-guangzhou': ['${GZ_KEY}'] },
  }
  const file = join(folder, 'ingest.json')
  await writeFile(file, JSON.stringify(config))
  return wire({
    ...senderEnv,
    ...{ AWS_REGION: own, FENGHUO_CONFIG: file, CHECKS_TABLE: 'checks', GZ_KEY: 'secret' },
    ...{ EVENTS_QUEUE_URL: queueIn(own), AWS_EVENTS_QUEUE_URL: queueIn(own) },
    ...{ AWS_ENDPOINT_URL_SQS: 'https://vpce-1.example.com', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' },
  })
}

/** The answer, and after how many ms it came. */
async function answered(handler: Handler, event: object): Promise<{ status: unknown; ms: number }> {
  const start = Date.now()
  let answer: { statusCode?: unknown } | undefined
  const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 10_000 }
  const done = handler(event, context).then((given) => {
    answer = given as object
  })
  for (let at = start; answer === undefined; at = Date.now()) {
    await turn()
    if (answer === undefined && at - start < 20_000) await vi.advanceTimersByTimeAsync(10)
  }
  await done
  return { status: answer.statusCode, ms: Date.now() - start }
}

const request = (summary: string) => ({
  ...{ rawPath: `/events/${KEY}`, requestContext: { http: { method: 'POST' } } },
  body: JSON.stringify({ summary }),
})
const summaries = (region: string) =>
  (taken[region] as { alerts: { summary: string }[] }[]).flatMap(({ alerts }) => alerts.map(({ summary }) => summary))

it('an alert is on the queue of every region before it is taken, each asked where it is', async () => {
  expect(await answered(await ingest(), request('down'))).toMatchObject({ status: 202 })
  expect([summaries(own), summaries(other)]).toEqual([['down'], ['down']])
  expect(calls).toEqual([
    { region: own, endpoint: 'https://vpce-1.example.com' },
    { region: other, endpoint: undefined },
  ])
})

it('is taken when this region does not take it, and another one has it', async () => {
  ways[own] = 'refuses'
  expect(await answered(await ingest(), request('down'))).toMatchObject({ status: 202 })
  expect([summaries(own), summaries(other)]).toEqual([[], ['down']])
})

it.each([
  ['this one', own, other],
  ['another one', other, own],
])('while %s says nothing, one sender waits a little for it, and nobody after him', async (_, silent, well) => {
  ways[silent] = 'is silent'
  const handler = await ingest()
  const first = await answered(handler, request('first'))
  expect(first.status).toBe(202)
  expect(first.ms).toBeGreaterThanOrEqual(600)
  expect(first.ms).toBeLessThan(1_000)
  const second = await answered(handler, request('second'))
  expect(second.status).toBe(202)
  expect(second.ms).toBeLessThan(100)
  expect(summaries(well)).toEqual(['first', 'second'])
  ways[silent] = 'takes'
  await answered(handler, request('third'))
  expect([summaries(silent), summaries(well)]).toEqual([['third'], ['first', 'second', 'third']])
})

it('a region half around the world has it before it is taken, whose first connection takes three round trips', async () => {
  ways[other] = 'answers after 550 ms'
  const handler = await ingest()
  for (const summary of ['first', 'second']) expect((await answered(handler, request(summary))).ms).toBeLessThan(1_000)
  expect(summaries(other)).toEqual(['first', 'second'])
})

it('a request to the queue that is lost is made once more, within the second that its sender waits', async () => {
  ways[own] = 'is silent once'
  ways[other] = 'refuses'
  const { status, ms } = await answered(await ingest(), request('down'))
  expect([status, summaries(own)]).toEqual([202, ['down']])
  expect(ms).toBeLessThan(700)
})

it('is not taken when no region has it: its sender sends it again', async () => {
  ways[own] = 'refuses'
  ways[other] = 'refuses'
  expect(await answered(await ingest(), request('down'))).toMatchObject({ status: 503 })
})

it('an event of AWS goes to every region as well', async () => {
  const stopped = {
    ...{ source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', account: '1', region: own },
    detail: { 'instance-id': 'i-1', state: 'stopped' },
  }
  const record = {
    ...{ messageId: 'm-1', receiptHandle: 'h-1', body: JSON.stringify(stopped) },
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
  }
  await answered(await ingest(), { Records: [record] })
  expect([taken[own], taken[other]]).toMatchObject([[{ kind: 'alerts' }], [{ kind: 'alerts' }]])
})

it('a posted report stays here: its probe posts it to every region itself', async () => {
  const body = JSON.stringify({ v: 1, kind: 'report', vantage: 'tencent/ap-guangzhou' })
  const headers = signedReport('tencent/ap-guangzhou', body, 'secret', Date.now())
  const post = { rawPath: '/reports', headers, requestContext: { http: { method: 'POST' } }, body }
  expect(await answered(await ingest(), post)).toMatchObject({ status: 200 })
  expect([taken[own], taken[other]]).toMatchObject([[{ kind: 'report' }], []])
})
