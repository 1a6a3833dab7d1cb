import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pollQueue, type Running } from '../../local/pollers.ts'
import { createQueues, type Embedded, startQueueServer } from '../../local/queues.ts'
import type { Queue } from '../../local/resources.ts'
import { localCredentials } from '../../local/resources.ts'

const region = 'ap-southeast-1'
const waiting = { timeout: 10_000, interval: 20 }
let dataDir: string
let server: Embedded
let sqs: SQSClient
let queue: Queue
let poller: Running | undefined

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-queues-'))
  await start()
})

afterEach(async () => {
  await poller?.stop()
  poller = undefined
  await stop()
  await rm(dataDir, { recursive: true })
})

async function start(): Promise<void> {
  server = await startQueueServer({ dataDir, port: 0, region })
  sqs = new SQSClient({
    region,
    endpoint: server.endpoint,
    credentials: localCredentials,
    maxAttempts: 1,
  })
  const queues = await createQueues(sqs, {
    Jobs: { name: 'jobs', visibilitySeconds: 60, retentionSeconds: 600, redrive: { to: 'Dead', maxReceiveCount: 5 } },
    Dead: { name: 'dead', visibilitySeconds: 30, retentionSeconds: 600 },
  })
  if (!queues.Jobs) throw new Error('no queue')
  queue = queues.Jobs
}

async function stop(): Promise<void> {
  sqs.destroy()
  await server.stop()
}

interface Batch {
  Records: { messageId: string; body: string }[]
}

function poll(invoke: (batch: Batch) => Promise<unknown>, partialFailures = true): ReturnType<typeof vi.fn> {
  const handler = vi.fn(invoke)
  poller = pollQueue({
    sqs,
    queue,
    region,
    batchSize: 10,
    partialFailures,
    invoke: (event) => handler(event as Batch),
    onError: (error) => expect.unreachable(String(error)),
  })
  return handler
}

async function send(...bodies: string[]): Promise<void> {
  const Entries = bodies.map((body, i) => ({ Id: String(i), MessageBody: body }))
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }))
}

/** Messages that wait, and those that were received and not deleted. */
async function counts(): Promise<{ ready: number; kept: number }> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['All'] }))
  return {
    ready: Number(Attributes?.ApproximateNumberOfMessages),
    kept: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  }
}

describe('a queue that feeds a function', () => {
  it.each([
    { reason: 'nothing returned: all done', answer: () => undefined, kept: 0 },
    { reason: 'an empty list: all done', answer: () => ({ batchItemFailures: [] }), kept: 0 },
    { reason: 'null in place of the list: all done', answer: () => ({ batchItemFailures: null }), kept: 0 },
    {
      reason: 'one named as failed: that one stays',
      answer: (batch: Batch) => ({ batchItemFailures: [{ itemIdentifier: idOf(batch, 'b') }] }),
      kept: 1,
    },
    {
      reason: 'a message named that was not in the batch: all stay',
      answer: () => ({ batchItemFailures: [{ itemIdentifier: 'somebody else’s' }] }),
      kept: 3,
    },
    {
      reason: 'an empty identifier: all stay',
      answer: () => ({ batchItemFailures: [{ itemIdentifier: '' }] }),
      kept: 3,
    },
    {
      reason: 'a throw: all stay',
      answer: () => {
        throw new Error('down')
      },
      kept: 3,
    },
  ])('$reason', async ({ answer, kept }) => {
    await send('a', 'b', 'c')
    const handler = poll(async (batch) => answer(batch))
    await vi.waitFor(async () => expect(await counts()).toEqual({ ready: 0, kept }), waiting)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('deletes the whole batch when the mapping does not report failures one by one', async () => {
    await send('a', 'b')
    poll(async (batch) => ({ batchItemFailures: [{ itemIdentifier: idOf(batch, 'a') }] }), false)
    await vi.waitFor(async () => expect(await counts()).toEqual({ ready: 0, kept: 0 }), waiting)
  })

  it('hands over the event that Lambda gets', async () => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: '{"v":1}',
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'why' } },
      }),
    )
    const handler = poll(async () => undefined)
    await vi.waitFor(() => expect(handler).toHaveBeenCalled(), waiting)
    expect(handler.mock.calls[0]?.[0]).toEqual({
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: '{"v":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          },
          messageAttributes: {
            reason: { stringValue: 'why', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:ap-southeast-1:000000000000:jobs',
          awsRegion: region,
        },
      ],
    })
  })

  it('works on a second batch while the first is still going', async () => {
    let release = () => {}
    const first = new Promise<void>((done) => {
      release = done
    })
    const seen: string[] = []
    poll(async ({ Records }) => {
      seen.push(...Records.map((record) => record.body))
      if (seen.includes('slow') && seen.length === 1) await first
    })
    await send('slow')
    await vi.waitFor(() => expect(seen).toEqual(['slow']), waiting)
    await send('quick')
    await vi.waitFor(() => expect(seen).toEqual(['slow', 'quick']), waiting)
    release()
    await vi.waitFor(async () => expect(await counts()).toEqual({ ready: 0, kept: 0 }), waiting)
  })

  it('ends a long poll at once when stopped', async () => {
    poll(async () => undefined)
    const started = performance.now()
    await poller?.stop()
    // It would go on for twenty seconds.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('the queue server', () => {
  it('refuses a delay that SQS would refuse', async () => {
    const tooLate = new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'x', DelaySeconds: 901 })
    await expect(sqs.send(tooLate)).rejects.toThrow('Value 901 for parameter DelaySeconds is invalid')
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'x', DelaySeconds: 900 }))
  })

  it('keeps its messages over a restart, on another port too', async () => {
    await send('kept')
    await stop()
    await start()
    expect(await counts()).toEqual({ ready: 1, kept: 0 })
  })
})

function idOf(batch: Batch, body: string): string | undefined {
  return batch.Records.find((record) => record.body === body)?.messageId
}
