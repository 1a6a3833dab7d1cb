import { OutOfTime } from '../../contracts/out-of-time.ts'
import { NotYet, Rejection, type RejectionFact, rejectionLine, rejectionOfText } from '../../contracts/rejection.ts'
import type { Instant } from '../../contracts/words.ts'
import { firstSentAttributes, isSentOn, sendersOf, sentAt } from './first-sent.ts'
import { backOff, type Queue } from './sqs-back-off.ts'
import { takeEach } from './sqs-each.ts'
import { type PartialFailure, type SqsRecord, sqsEvent } from './sqs-event.ts'

/** What was only out of time goes on at once. */
const AGAIN_S = 1

/** What can't be taken yet is kept for so many tries, by their pauses for about an hour. */
const NOT_YET_TRIES = 16

/** Characters of a reason: enough to mend the message by. */
const MAX_REASON = 1000

export interface Consumer extends Queue {
  deadLetterUrl: string
  /**
   * Takes one message, sent by `senders` (unique ids, who vouches first) and perhaps once before, and gives the parts that nobody can take:
   * they go to the dead-letter queue with their reasons. A `Rejection` sends all of it there, a `NotYet` after a while; any other error
   * keeps it.
   */
  handle(
    body: unknown,
    sentAt: Instant,
    senders: string[],
    isSentOn: boolean,
  ): Promise<{ body: unknown; reason: RejectionFact }[]>
  /** Told of a message that went to the dead-letter queue. */
  rejected(reason: RejectionFact): Promise<void>
}

/**
 * Takes a batch, each message on its own: one that fails does not hold the others, and one that is not done within `limitMs` comes again
 * at once. What such a one still does has to be harmless at any later time, since Lambda lets it go on with the next invocation.
 */
export async function consume(event: unknown, consumer: Consumer, limitMs?: number): Promise<PartialFailure> {
  const { Records } = sqsEvent.parse(event)
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    if (limitMs !== undefined) timer = setTimeout(() => reject(new OutOfTime()), limitMs)
  })
  const answer = await takeEach(Records, {
    take: (record) => takeOne(record, consumer, tooLate),
    putBack: (record, error) => backOff(record, consumer, error instanceof OutOfTime ? AGAIN_S : undefined),
    log: consumer.log,
  })
  clearTimeout(timer)
  return answer
}

async function takeOne(record: SqsRecord, consumer: Consumer, tooLate: Promise<never>): Promise<void> {
  try {
    const refused = await Promise.race([
      consumer.handle(parseBody(record.body), sentAt(record), sendersOf(record), isSentOn(record)),
      tooLate,
    ])
    for (const { body, reason } of refused) await reject(record, textOf(body) ?? record.body, reason, consumer)
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    if (error instanceof NotYet && Number(record.attributes.ApproximateReceiveCount) < NOT_YET_TRIES) throw error
    await reject(record, record.body, error.fact, consumer)
  }
}

/** Rejects if the dead-letter queue can't be reached: the message is kept. */
async function reject(record: SqsRecord, body: string, fact: RejectionFact, consumer: Consumer): Promise<void> {
  const reason = rejectionLine(fact)
  consumer.log({ level: 'warn', event: 'message rejected', messageId: record.messageId, reason })
  await consumer.sqs('SendMessage', {
    QueueUrl: consumer.deadLetterUrl,
    MessageBody: body,
    // It is its sender's wherever it is sent on: what we refuse for who sent it is not let in because we have put it aside.
    MessageAttributes: {
      reason: { DataType: 'String', StringValue: attributeText(reason) },
      ...firstSentAttributes(sentAt(record), sendersOf(record)),
    },
  })
  // The message is safe; a warning that cannot be raised now is raised by watch, which counts what lies there.
  await consumer.rejected(fact).catch((error: unknown) => {
    consumer.log({ level: 'error', event: 'warning not raised', error: String(error) })
  })
}

/** SQS refuses other characters (API reference, SendMessage), and a reason may quote what it rejects. */
const REFUSED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

function attributeText(reason: string): string {
  return [...reason.replace(REFUSED, '\uFFFD')].slice(0, MAX_REASON).join('')
}

/** JSON; undefined for what nests so deeply that it can be read but not written. */
function textOf(body: unknown): string | undefined {
  try {
    return JSON.stringify(body)
  } catch {
    return undefined
  }
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw rejectionOfText(body)
  }
}
