import { createHash } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import { callJson, type JsonAnswer } from './json-call.ts'
import type { Credentials } from './sigv4.ts'

/** An answer of SQS takes a few hundred bytes, that of a batch a few thousand. */
const ANSWER_LIMIT_BYTES = 65_536

/** Pauses between tries double from the first to the longest of these, each half of it by chance. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** A single try gets no longer than this, so that one lost packet leaves time for the next try. */
export const TRY_MS = 3_000

export interface SqsQueue {
  queueUrl: string
  /** For a queue whose URL does not tell its region; the function's own. */
  region?: string
  /** Takes the place of the queue URL's scheme, host and port. */
  endpoint?: string
  credentials: Credentials
  /** Calls follow each other closely enough to share a connection. */
  keepsConnection?: boolean
  now(): Instant
  /** Uniform in [0, 1). */
  random(): number
}

/** One call of one action, within `limitMs` (Amazon SQS API Reference). Rejects if there is no answer. */
export function callSqs(
  queue: SqsQueue,
  region: string,
  action: 'SendMessage' | 'SendMessageBatch',
  input: object,
  limitMs: number,
): Promise<JsonAnswer> {
  const call = {
    url: new URL('/', queue.endpoint ?? queue.queueUrl),
    target: `AmazonSQS.${action}`,
    version: '1.0' as const,
    input: { QueueUrl: queue.queueUrl, ...input },
    answerLimitBytes: ANSWER_LIMIT_BYTES,
    limitMs,
    keepsConnection: queue.keepsConnection ?? false,
  }
  return callJson(call, { region, service: 'sqs' }, queue.credentials, queue.now())
}

/** A queue may live in another region than the function, and a function of another cloud is in none. */
export function regionOf({ queueUrl, region }: Pick<SqsQueue, 'queueUrl' | 'region'>): string {
  const found = /^sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(new URL(queueUrl).hostname)?.[1] ?? region
  if (found === undefined)
    throw new Error(`AWS_REGION is not set, and the queue's address does not tell it: ${queueUrl}`)
  return found
}

/** How long to wait before the next of several tries. */
export function pauseMs(tries: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + 0.5 * random)
}

/** By which SQS says that it has the very message that was sent. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
