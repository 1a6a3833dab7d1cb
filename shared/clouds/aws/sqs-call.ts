import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { Instant } from '../../contracts/words.ts'
import { type Credentials, signed } from './sigv4.ts'

/** An answer of SQS takes a few hundred bytes, that of a batch a few thousand. */
const ANSWER_LIMIT_BYTES = 65_536

/** Pauses between tries double from the first to the longest of these, each half of it by chance. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

export interface SqsQueue {
  queueUrl: string
  /** For a queue whose URL does not tell its region; the function's own. */
  region?: string
  /** Takes the place of the queue URL's scheme, host and port. */
  endpoint?: string
  credentials: Credentials
  now(): Instant
  /** Uniform in [0, 1). */
  random(): number
}

/** An answer of SQS: `body` is empty where it is no JSON object. */
export interface SqsAnswer {
  status: number
  body: Record<string, unknown>
}

/**
 * One call of one action, within `limitMs`: the AWS JSON 1.0 protocol (Amazon SQS API Reference), so small because a sender needs
 * nothing else of SQS. Rejects if there is no answer.
 */
export async function callSqs(
  queue: SqsQueue,
  region: string,
  action: 'SendMessage' | 'SendMessageBatch',
  input: object,
  limitMs: number,
): Promise<SqsAnswer> {
  const url = new URL('/', queue.endpoint ?? queue.queueUrl)
  const body = JSON.stringify({ QueueUrl: queue.queueUrl, ...input })
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` }
  const request = { method: 'POST', url, headers, body }
  const scope = { region, service: 'sqs' }
  return post(url, signed(request, scope, queue.credentials, queue.now()), body, Math.max(1, Math.round(limitMs)))
}

/** A standby queue lives in another region than the function, and a function of another cloud is in none. */
export function regionOf({ queueUrl, region }: Pick<SqsQueue, 'queueUrl' | 'region'>): string {
  const found = /^sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(new URL(queueUrl).hostname)?.[1] ?? region
  if (found === undefined)
    throw new Error(`AWS_REGION is not set, and the queue's address does not tell it: ${queueUrl}`)
  return found
}

function post(url: URL, headers: Record<string, string>, body: string, limitMs: number): Promise<SqsAnswer> {
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers, agent: false, signal: AbortSignal.timeout(limitMs) })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > ANSWER_LIMIT_BYTES) response.destroy(new Error('the answer does not end'))
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(text) }))
    })
    outgoing.end(body)
  })
}

/** Why a call failed, and whether it is worth trying again. */
export function failureOf({ status, body }: SqsAnswer): { isPassing: boolean; reason: string } {
  const type = String(body.__type ?? '').replace(/^.*#/, '')
  const reason = [`HTTP ${status}`, type, body.message ?? body.Message].filter(Boolean).join(' ')
  return { isPassing: status >= 500 || status === 429 || /throttl|too ?many|timeout|unavailable/i.test(type), reason }
}

/** How long to wait before the next of several tries. */
export function pauseMs(tries: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + 0.5 * random)
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** Why there was no answer. */
export function reasonOf(error: unknown): string {
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown }
  return name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : String(code ?? message)
}

/** By which SQS says that it has the very message that was sent. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
