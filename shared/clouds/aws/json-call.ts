import http from 'node:http'
import https from 'node:https'
import { jsonIn } from '../../contracts/json-in.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Credentials, type Scope, signed } from './sigv4.ts'

/** A call of an API that speaks one of the AWS JSON protocols (Smithy, "AWS JSON 1.0 and 1.1"). */
export interface JsonCall {
  url: URL
  /** Such as `AmazonSQS.SendMessage`. */
  target: string
  version: '1.0' | '1.1'
  input: object
  /** A longer answer is not read to its end. */
  answerLimitBytes: number
  limitMs: number
  /** For the connection, ms; default: as long as for all of it. */
  connectMs?: number | undefined
  /**
   * The connection is kept for later calls. Where the other side closes it just when it is used, the call is made once more, so it
   * must be one that may come twice.
   */
  keepsConnection?: boolean
}

/** An answer: `body` is empty where it is no JSON object. */
export interface JsonAnswer {
  status: number
  body: Record<string, unknown>
  /** Whether it is a JSON object. */
  isJson: boolean
  /** Whether it has no body at all. */
  isEmpty: boolean
  /** The other side's clock, as its `Date` header has it. */
  date?: string | undefined
}

type Limits = Pick<JsonCall, 'limitMs' | 'answerLimitBytes' | 'connectMs' | 'keepsConnection'>

/**
 * By scheme: whose connections are kept until the other side closes them; one that is idle keeps no process alive (Node.js,
 * `agent.keepSocketAlive`). A function has 1,024 file descriptors (Lambda quotas): in a storm requests wait for one of these.
 */
const agents: Record<string, http.Agent> = {}
const MAX_SOCKETS = 64

/** Makes the call, so small because a function needs nothing else of the API. Rejects if there is no answer within the limit. */
export async function callJson(
  call: JsonCall,
  scope: Scope,
  credentials: Credentials,
  now: Instant,
): Promise<JsonAnswer> {
  const { url, target, version } = call
  const body = JSON.stringify(call.input)
  const plain = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }
  const headers = signed({ method: 'POST', url, headers: plain, body }, scope, credentials, now)
  return postText(url, headers, body, call)
}

/** Posts a text and reads the answer. Rejects if there is none within the limits. */
export async function postText(
  url: URL,
  headers: Record<string, string>,
  body: string | Buffer,
  given: Limits,
): Promise<JsonAnswer> {
  const { limitMs, answerLimitBytes, connectMs, keepsConnection = false } = given
  const { protocol } = url
  const { request, Agent } = protocol === 'https:' ? https : http
  if (keepsConnection) agents[protocol] ??= new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS })
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers, agent: keepsConnection && agents[protocol] })
    const late = () => outgoing.destroy(new DOMException('no answer in time', 'TimeoutError'))
    // Taken back at the end: a signal's own would go off for each request, answered or not.
    const limits = [setTimeout(late, Math.max(1, limitMs))]
    outgoing.on('socket', (socket) => {
      if (connectMs === undefined || !socket.connecting) return
      const limit = setTimeout(late, connectMs)
      limits.push(limit)
      socket.once('connect', () => clearTimeout(limit))
    })
    outgoing.on('close', () => limits.map(clearTimeout))
    let isAnswering = false
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (!outgoing.reusedSocket || isAnswering || error.code !== 'ECONNRESET') return reject(error)
      postText(url, headers, body, { ...given, keepsConnection: false }).then(resolve, reject)
    })
    outgoing.on('response', (response) => {
      isAnswering = true
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > answerLimitBytes) response.destroy(new Error('the answer does not end'))
      })
      response.on('error', reject)
      response.on('end', () => resolve(answerOf(response, text)))
    })
    outgoing.end(body)
  })
}

function answerOf({ statusCode: status = 0, headers: { date } }: http.IncomingMessage, text: string): JsonAnswer {
  const value = jsonIn(text)
  const isJson = Object(value) === value && !Array.isArray(value)
  return { status, body: isJson ? (value as JsonAnswer['body']) : {}, isJson, isEmpty: !text, date }
}

/**
 * Why a call failed, and whether it is worth trying again: of the refusals with a 400 those pass that are of too much at once, or of no
 * time (developer guides, "Error handling" of DynamoDB and of SQS, such as `ProvisionedThroughputExceededException`, `RequestThrottled`,
 * `OverLimit`, `KmsThrottled`; API references of Systems Manager and Secrets Manager). Of the actions that are called here no definite
 * refusal is named so but `ItemCollectionSizeLimitExceededException`, which needs a local secondary index: there is none.
 */
export function failureOf({ status, body }: JsonAnswer): { isPassing: boolean; reason: string } {
  const type = String(body.__type ?? '').replace(/^.*#/, '')
  const reason = [`HTTP ${status}`, type, body.message ?? body.Message].filter(Boolean).join(' ')
  return { isPassing: status >= 500 || status === 429 || /throttl|exceed|limit|timeout|unavail/i.test(type), reason }
}

/** Why there was no answer. */
export function reasonOf(error: unknown): string {
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown }
  return name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : String(code ?? message)
}
