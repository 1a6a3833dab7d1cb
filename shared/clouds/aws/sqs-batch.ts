import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { portions } from '../../contracts/portions.ts'
import type { Instant } from '../../contracts/words.ts'
import { firstSentAttributes } from './first-sent.ts'
import { failureOf, type JsonAnswer, reasonOf } from './json-call.ts'
import { callSqs, md5, pauseMs, regionOf, type SqsQueue, TRY_MS } from './sqs-call.ts'

/** A batch holds at most so many messages and so many bytes together (SQS API reference, SendMessageBatch; 1 MiB less its frame). */
const BATCH_MESSAGES = 10
const BATCH_BYTES = 1_000_000

/** An attribute's name, type and value count as well. */
const ATTRIBUTES_BYTES = 100

interface Message {
  MessageBody: string
  MessageAttributes?: ReturnType<typeof firstSentAttributes>
}

/**
 * Sends messages to one queue by `SendMessageBatch`, all batches side by side. What fails for now is tried again until `deadline`
 * (UTC ms). `firstSent` is when they came to us, where that was earlier. Resolves once the queue has all of them; rejects otherwise, and
 * then some may have arrived. Throws if the region is not known.
 */
export function sqsBatchSender(
  queue: SqsQueue,
): (bodies: string[], deadline: Instant, firstSent?: Instant) => Promise<void> {
  const region = regionOf(queue)
  return async (bodies, deadline, firstSent) => {
    const messages = bodies.map(
      (MessageBody): Message => ({
        MessageBody,
        ...(firstSent === undefined ? {} : { MessageAttributes: firstSentAttributes(firstSent) }),
      }),
    )
    await Promise.all(batchesOf(messages).map((batch) => sendBatch(batch, queue, region, deadline)))
  }
}

/** What is sent together. */
function batchesOf(messages: Message[]): Message[][] {
  const bytesOf = ({ MessageBody }: Message) => Buffer.byteLength(MessageBody) + ATTRIBUTES_BYTES
  return portions(messages, BATCH_BYTES, bytesOf, BATCH_MESSAGES)
}

async function sendBatch(batch: Message[], queue: SqsQueue, region: string, deadline: Instant): Promise<void> {
  let left = batch
  if (queue.now() >= deadline) throw new Error('SQS not asked: no time is left')
  for (let tries = 1; ; tries++) {
    const { failed, reason } = await trySending(left, queue, region, Math.min(TRY_MS, deadline - queue.now()))
    if (failed.length === 0) return
    const pause = pauseMs(tries, queue.random())
    if (queue.now() + pause >= deadline) throw new Error(`SQS not reached (tries: ${tries}): ${reason}`)
    await wait(pause)
    left = failed
  }
}

/** Which messages the queue does not have, and why. Throws for what no further try would change. */
async function trySending(
  messages: Message[],
  queue: SqsQueue,
  region: string,
  limitMs: number,
): Promise<{ failed: Message[]; reason: string }> {
  const Entries = messages.map((message, index) => ({ Id: String(index), ...message }))
  let answer: JsonAnswer
  let sums: string[]
  try {
    // Nobody waits for the sums: they are reckoned once the request is out, while the queue is at work.
    const summing = turn().then(() => messages.map(({ MessageBody }) => md5(MessageBody)))
    ;[answer, sums] = await Promise.all([callSqs(queue, region, 'SendMessageBatch', { Entries }, limitMs), summing])
  } catch (error) {
    return { failed: messages, reason: reasonOf(error) }
  }
  if (answer.status !== 200) {
    const { isPassing, reason } = failureOf(answer)
    if (!isPassing) throw new Error(`SQS refused the messages: ${reason}`)
    return { failed: messages, reason }
  }
  const refused = entriesOf(answer.body.Failed).find(({ SenderFault }) => SenderFault === true)
  if (refused) throw new Error(`SQS refused a message: ${String(refused.Code)} ${String(refused.Message ?? '')}`)
  const receipts = new Map(entriesOf(answer.body.Successful).map((entry) => [entry.Id, entry.MD5OfMessageBody]))
  const failed = messages.filter((_, index) => receipts.get(String(index)) !== sums[index])
  return { failed, reason: String(entriesOf(answer.body.Failed)[0]?.Code ?? 'no receipt for a message') }
}

function entriesOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : []
}
