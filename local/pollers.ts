import {
  DeleteMessageBatchCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { FunctionDefinition } from './definition.ts'
import type { LocalFunction } from './invoke.ts'
import type { Queue } from './resources.ts'

/** Something that runs until it is stopped. `stop` resolves when nothing of it is under way any more. */
export interface Running {
  stop(): Promise<void>
}

/** How many batches a queue's function works on at once: what Lambda starts with (Lambda guide, "Amazon SQS event source scaling"). */
const batchesAtOnce = 5
const longPollSeconds = 20
const pauseAfterErrorMs = 1000

/** Feeds every function from the queues that its definition names. */
export function startPollers(
  definitions: FunctionDefinition[],
  functions: Record<string, LocalFunction>,
  io: { sqs: SQSClient; queues: Record<string, Queue>; region: string; failed(fn: string): (error: unknown) => void },
): Running[] {
  return definitions.flatMap(({ name, sources }) =>
    sources.flatMap(({ queue, ...settings }) => {
      const [found, target] = [io.queues[queue], functions[name]]
      if (!found || !target) return []
      const { sqs, region } = io
      const invoke = (event: unknown) => target.invoke(event)
      return [pollQueue({ sqs, queue: found, region, ...settings, invoke, onError: io.failed(name) })]
    }),
  )
}

/**
 * Feeds a queue's messages to a function as Lambda's event source mapping does: a batch is deleted when the function
 * returns, except what it names in `batchItemFailures`; when it throws, runs out of time or names a message that isn't
 * in the batch, all of the batch stays and comes again after the queue's visibility timeout.
 */
export function pollQueue(options: {
  sqs: SQSClient
  queue: Queue
  region: string
  batchSize: number
  partialFailures: boolean
  maximumConcurrency?: number
  invoke(event: unknown): Promise<unknown>
  /** Told when the queue itself can't be reached. */
  onError(error: unknown): void
}): Running {
  const { sqs, queue } = options
  const stopping = new AbortController()
  const workers = Array.from({ length: options.maximumConcurrency ?? batchesAtOnce }, () => work())

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const batch = await receive()
        if (batch.length > 0) await handle(batch)
      } catch (error) {
        if (stopping.signal.aborted) return
        options.onError(error)
        await pause(pauseAfterErrorMs, stopping.signal)
      }
    }
  }

  async function receive(): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: Math.min(options.batchSize, 10),
      WaitTimeSeconds: longPollSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    })
    const { Messages } = await sqs.send(command, { abortSignal: stopping.signal })
    return Messages ?? []
  }

  async function handle(batch: Message[]): Promise<void> {
    const done = await handled(batch)
    if (done.length === 0) return
    const Entries = done.map((message, i) => ({ Id: String(i), ReceiptHandle: message.ReceiptHandle }))
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }))
  }

  async function handled(batch: Message[]): Promise<Message[]> {
    try {
      const answer = await options.invoke(sqsEvent(batch, queue.arn, options.region))
      return options.partialFailures ? succeeded(batch, answer) : batch
    } catch {
      return []
    }
  }

  return {
    async stop() {
      stopping.abort()
      await Promise.all(workers)
    },
  }
}

/** The messages to delete. An answer that names a message we did not send fails them all (Lambda guide, "Implementing partial batch responses"). */
function succeeded(batch: Message[], answer: unknown): Message[] {
  if (answer === null || answer === undefined) return batch
  const { batchItemFailures } = answer as { batchItemFailures?: { itemIdentifier?: string }[] | null }
  const failed = new Set((batchItemFailures ?? []).map((item) => item.itemIdentifier))
  const known = new Set(batch.map((message) => message.MessageId))
  if ([...failed].some((id) => !known.has(id))) return []
  return batch.filter((message) => !failed.has(message.MessageId))
}

/** The event that Lambda gets for a batch. */
function sqsEvent(batch: Message[], eventSourceARN: string, awsRegion: string): unknown {
  return {
    Records: batch.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, lambdaAttribute(value)]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN,
      awsRegion,
    })),
  }
}

function lambdaAttribute(value: MessageAttributeValue) {
  return {
    ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
    ...(value.BinaryValue !== undefined && { binaryValue: Buffer.from(value.BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType,
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })
}
