import http from 'node:http'
import https from 'node:https'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Fault, fact, isFault } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { CheckFault } from '../words.ts'

/** More than any of these vendors answers; bytes, before and after decompression. */
const ANSWER_LIMIT_BYTES = 1_048_576

/** Connections to third parties that are kept open for one run. */
export interface Lines {
  http: http.Agent
  https: https.Agent
  hangUp(): void
}

/** `hangUp` closes whatever is open. */
export function openLines(): Lines {
  const lines = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) }
  return {
    ...lines,
    hangUp() {
      lines.http.destroy()
      lines.https.destroy()
    },
  }
}

export interface Question {
  url: URL
  method: 'GET' | 'POST' | 'DELETE'
  /** Names in lower case. */
  headers: Record<string, string>
  body?: string
  /** Called when the request has left: what goes wrong before says nothing about what was asked for. */
  onSent?: () => void
}

export interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/**
 * Asks a vendor's HTTP API and reads the answer whole; redirects are not followed. Ends with `scope`. Whatever goes
 * wrong is an `unknown` fault: it says nothing about the target that the vendor was asked to look at.
 */
export async function ask(question: Question, lines: Lines, scope: AbortSignal): Promise<Answer> {
  const response = await send(question, lines, scope)
  const { statusCode: status = 0, headers } = response
  const body = await decoded(await read(response), headers['content-encoding'])
  return { status, headers, text: decoderOf(headers['content-type']).decode(body) }
}

function send(question: Question, lines: Lines, scope: AbortSignal): Promise<http.IncomingMessage> {
  const { url, method, body, onSent = () => {} } = question
  const secure = url.protocol === 'https:'
  const headers = { 'user-agent': 'fenghuo', 'accept-encoding': 'gzip', ...question.headers }
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal: scope, agent: secure ? lines.https : lines.http }
    const request = (secure ? https : http).request(url, options, resolve)
    let isSent = false
    request.once('finish', () => {
      isSent = true
      onSent()
    })
    request.on('error', (error) =>
      reject(
        new Fault({ code: isSent ? 'api-no-answer' : 'api-not-reached', args: { error: nameOf(error) } }, 'unknown'),
      ),
    )
    request.end(body)
  })
}

/** What became of a question, without what else its error may say. */
export function apiFault(error: unknown): CheckFault {
  return isFault(error) ? error.fault : fact('api-failed', { said: String(error) })
}

function nameOf(error: Error & { code?: unknown }): string {
  return String(error.code ?? error.message)
}

async function read(response: http.IncomingMessage): Promise<Buffer> {
  const body = new Gathered()
  try {
    for await (const chunk of response) {
      body.add(chunk)
      if (body.length > ANSWER_LIMIT_BYTES) throw new Fault(fact('api-answer-over-limit'), 'unknown')
    }
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(fact('api-answer-cut-short'), 'unknown')
  }
  return body.bytes()
}

async function decoded(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw new Fault(fact('api-answer-encoding', { encoding: encoding.slice(0, 40) }), 'unknown')
  try {
    return await promisify(gunzip)(body, { maxOutputLength: ANSWER_LIMIT_BYTES })
  } catch {
    throw new Fault(fact('api-answer-damaged'), 'unknown')
  }
}

/** By the charset that the answer names, such as gbk; UTF-8 where it names none that is known. */
function decoderOf(contentType = '') {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(contentType) ?? []
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
