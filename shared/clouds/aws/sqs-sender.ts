import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../../contracts/words.ts'
import { failureOf, type JsonAnswer, reasonOf } from './json-call.ts'
import { callSqs, md5, pauseMs, regionOf, type SqsQueue, TRY_MS } from './sqs-call.ts'

/** What SQS made of one try. */
type Try = { status: 'sent' } | { status: 'retry'; reason: string } | { status: 'refused'; reason: string }

/**
 * Sends messages to one queue by `SendMessage`. It tries again after throttles, 5xx and broken connections until `deadline`
 * (UTC ms), then rejects; a message whose answer was lost may arrive twice. Throws if the region is not known.
 */
export function sqsSender(queue: SqsQueue): (body: string, deadline: Instant) => Promise<void> {
  const region = regionOf(queue)
  return async (text, deadline) => {
    for (let tries = 1; ; tries++) {
      const result = await trySending(queue, region, text, Math.min(TRY_MS, deadline - queue.now()))
      if (result.status === 'sent') return
      if (result.status === 'refused') throw new Error(`SQS refused the message: ${result.reason}`)
      const pause = pauseMs(tries, queue.random())
      if (queue.now() + pause >= deadline) throw new Error(`SQS not reached (tries: ${tries}): ${result.reason}`)
      await wait(pause)
    }
  }
}

async function trySending(queue: SqsQueue, region: string, MessageBody: string, limitMs: number): Promise<Try> {
  try {
    return triedBy(await callSqs(queue, region, 'SendMessage', { MessageBody }, limitMs), MessageBody)
  } catch (error) {
    return { status: 'retry', reason: reasonOf(error) }
  }
}

function triedBy(answer: JsonAnswer, sent: string): Try {
  if (answer.status === 200) {
    const isTaken = typeof answer.body.MessageId === 'string' && answer.body.MD5OfMessageBody === md5(sent)
    return isTaken ? { status: 'sent' } : { status: 'retry', reason: 'HTTP 200 without a receipt for the message' }
  }
  const { isPassing, reason } = failureOf(answer)
  return { status: isPassing ? 'retry' : 'refused', reason }
}
