import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../../contracts/words.ts'
import { callSqs, failureOf, md5, pauseMs, reasonOf, regionOf, type SqsAnswer, type SqsQueue } from './sqs-call.ts'

/** A batch holds at most so many messages and so many bytes together (SQS API reference, SendMessageBatch; 1 MiB less its frame). */
const BATCH_MESSAGES = 10
const BATCH_BYTES = 1_000_000

/**
 * Sends messages to one queue by `SendMessageBatch`, all batches side by side. What fails for now is tried again until `deadline`
 * (UTC ms). Resolves once the queue has all of them; rejects otherwise, and then some may have arrived. Throws if the region is not
 * known.
 */
export function sqsBatchSender(queue: SqsQueue): (bodies: string[], deadline: Instant) => Promise<void> {
  const region = regionOf(queue)
  return async (bodies, deadline) => {
    await Promise.all(batchesOf(bodies).map((batch) => sendBatch(batch, queue, region, deadline)))
  }
}

/** What is sent together. */
function batchesOf(bodies: string[]): string[][] {
  const batches: string[][] = []
  let room = 0
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body)
    const last = batches.at(-1)
    if (last === undefined || last.length === BATCH_MESSAGES || bytes > room) {
      batches.push([body])
      room = BATCH_BYTES - bytes
    } else {
      last.push(body)
      room -= bytes
    }
  }
  return batches
}

async function sendBatch(batch: string[], queue: SqsQueue, region: string, deadline: Instant): Promise<void> {
  let left = batch
  for (let tries = 1; ; tries++) {
    const { failed, reason } = await trySending(left, queue, region, deadline - queue.now())
    if (failed.length === 0) return
    const pause = pauseMs(tries, queue.random())
    if (queue.now() + pause >= deadline) throw new Error(`SQS not reached (tries: ${tries}): ${reason}`)
    await wait(pause)
    left = failed
  }
}

/** Which messages the queue does not have, and why. Throws for what no further try would change. */
async function trySending(
  bodies: string[],
  queue: SqsQueue,
  region: string,
  limitMs: number,
): Promise<{ failed: string[]; reason: string }> {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
  let answer: SqsAnswer
  try {
    answer = await callSqs(queue, region, 'SendMessageBatch', { Entries }, limitMs)
  } catch (error) {
    return { failed: bodies, reason: reasonOf(error) }
  }
  if (answer.status !== 200) {
    const { isPassing, reason } = failureOf(answer)
    if (!isPassing) throw new Error(`SQS refused the messages: ${reason}`)
    return { failed: bodies, reason }
  }
  const refused = entriesOf(answer.body.Failed).find(({ SenderFault }) => SenderFault === true)
  if (refused) throw new Error(`SQS refused a message: ${String(refused.Code)} ${String(refused.Message ?? '')}`)
  const receipts = new Map(entriesOf(answer.body.Successful).map((entry) => [entry.Id, entry.MD5OfMessageBody]))
  const failed = bodies.filter((body, index) => receipts.get(String(index)) !== md5(body))
  return { failed, reason: String(entriesOf(answer.body.Failed)[0]?.Code ?? 'no receipt for a message') }
}

function entriesOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : []
}
