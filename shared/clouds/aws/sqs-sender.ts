import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../../contracts/words.ts'
import { firstSentAttribute } from './first-sent.ts'
import { type Credentials, signed } from './sigv4.ts'

/** A single try gets no longer than this, so that one lost packet leaves time for the next try. */
const TRY_MS = 3_000

/** Pauses between tries double from the first to the longest of these, each half of it by chance. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** An answer of SQS takes a few hundred bytes. */
const ANSWER_LIMIT_BYTES = 65_536

export interface SqsSenderDeps {
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

interface Message {
  MessageBody: string
  MessageAttributes?: ReturnType<typeof firstSentAttribute>
}

/** What SQS made of one try. */
type Try = { status: 'sent' } | { status: 'retry'; reason: string } | { status: 'refused'; reason: string }

/**
 * Sends messages to one queue: the AWS JSON 1.0 protocol's `SendMessage` (see the Amazon SQS API Reference), so small
 * because a probe needs nothing else of SQS. It tries again after throttles, 5xx and broken connections until
 * `deadline` (UTC ms), then rejects; a message whose answer was lost may arrive twice. `firstSent` goes with a message that was
 * in a queue before. Throws if the region is not known.
 */
export function sqsSender(
  deps: SqsSenderDeps,
): (body: string, deadline: Instant, firstSent?: Instant) => Promise<void> {
  const region = regionOf(deps)
  return async (text, deadline, firstSent) => {
    const message: Message = {
      MessageBody: text,
      ...(firstSent === undefined ? {} : { MessageAttributes: firstSentAttribute(firstSent) }),
    }
    for (let tries = 1; ; tries++) {
      const result = await trySending(deps, region, message, Math.min(TRY_MS, deadline - deps.now()))
      if (result.status === 'sent') return
      if (result.status === 'refused') throw new Error(`SQS refused the message: ${result.reason}`)
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + 0.5 * deps.random())
      if (deps.now() + pauseMs >= deadline) throw new Error(`SQS not reached (tries: ${tries}): ${result.reason}`)
      await wait(pauseMs)
    }
  }
}

async function trySending(deps: SqsSenderDeps, region: string, message: Message, limitMs: number): Promise<Try> {
  const url = new URL('/', deps.endpoint ?? deps.queueUrl)
  const body = JSON.stringify({ QueueUrl: deps.queueUrl, ...message })
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' }
  const scope = { region, service: 'sqs' }
  const request = { method: 'POST', url, headers, body }
  try {
    const answer = await post(
      url,
      signed(request, scope, deps.credentials, deps.now()),
      body,
      Math.max(1, Math.round(limitMs)),
    )
    return judge(answer, message.MessageBody)
  } catch (error) {
    return { status: 'retry', reason: reasonOf(error) }
  }
}

/** A standby queue lives in another region than the function, and a function of another cloud is in none. */
function regionOf({ queueUrl, region }: SqsSenderDeps): string {
  const found = /^sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(new URL(queueUrl).hostname)?.[1] ?? region
  if (found === undefined)
    throw new Error(`AWS_REGION is not set, and the queue's address does not tell it: ${queueUrl}`)
  return found
}

interface Answer {
  status: number
  text: string
}

function post(url: URL, headers: Record<string, string>, body: string, limitMs: number): Promise<Answer> {
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
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    outgoing.end(body)
  })
}

function judge({ status, text }: Answer, sent: string): Try {
  const answer = parse(text)
  if (status === 200) {
    const isTaken = typeof answer.MessageId === 'string' && answer.MD5OfMessageBody === md5(sent)
    return isTaken ? { status: 'sent' } : { status: 'retry', reason: 'HTTP 200 without a receipt for the message' }
  }
  const type = String(answer.__type ?? '').replace(/^.*#/, '')
  const reason = [`HTTP ${status}`, type, answer.message ?? answer.Message].filter(Boolean).join(' ')
  const isPassing = status >= 500 || status === 429 || /throttl|too ?many|timeout|unavailable/i.test(type)
  return { status: isPassing ? 'retry' : 'refused', reason }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function reasonOf(error: unknown): string {
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown }
  return name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : String(code ?? message)
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
