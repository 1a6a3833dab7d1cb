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
  /**
   * The connection is kept for calls of the next 5 s (Node.js documentation, `http.globalAgent`). Not for who calls but once, nor without
   * trying again: the other side may close it just when it is used.
   */
  keepsConnection?: boolean
}

/** An answer: `body` is empty where it is no JSON object. */
export interface JsonAnswer {
  status: number
  body: Record<string, unknown>
}

/** Makes the call, so small because a function needs nothing else of the API. Rejects if there is no answer within the limit. */
export async function callJson(
  call: JsonCall,
  scope: Scope,
  credentials: Credentials,
  now: Instant,
): Promise<JsonAnswer> {
  const { url, target, version } = call
  const body = Buffer.from(JSON.stringify(call.input))
  const plain = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }
  const headers = signed({ method: 'POST', url, headers: plain, body }, scope, credentials, now)
  return postText(url, headers, body, call)
}

/** Posts a text and reads the answer. Rejects if there is none within the limits. */
export async function postText(
  url: URL,
  headers: Record<string, string>,
  body: string | Buffer,
  {
    limitMs,
    answerLimitBytes,
    keepsConnection = false,
  }: Pick<JsonCall, 'limitMs' | 'answerLimitBytes' | 'keepsConnection'>,
): Promise<JsonAnswer> {
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers, ...(keepsConnection ? {} : { agent: false }) })
    const late = () => outgoing.destroy(new DOMException('no answer in time', 'TimeoutError'))
    // Taken back at the end: a signal's own would go off for each request, answered or not.
    const limit = setTimeout(late, Math.max(1, Math.round(limitMs)))
    outgoing.on('close', () => clearTimeout(limit))
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > answerLimitBytes) response.destroy(new Error('the answer does not end'))
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(text) }))
    })
    outgoing.end(body)
  })
}

/** Why a call failed, and whether it is worth trying again. */
export function failureOf({ status, body }: JsonAnswer): { isPassing: boolean; reason: string } {
  const type = String(body.__type ?? '').replace(/^.*#/, '')
  const reason = [`HTTP ${status}`, type, body.message ?? body.Message].filter(Boolean).join(' ')
  return { isPassing: status >= 500 || status === 429 || /throttl|too ?many|timeout|unavailable/i.test(type), reason }
}

/** Why there was no answer. */
export function reasonOf(error: unknown): string {
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown }
  return name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : String(code ?? message)
}

function parse(text: string): Record<string, unknown> {
  const value = jsonIn(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
