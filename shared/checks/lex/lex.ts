import { createHash } from 'node:crypto'
import { signed } from '../../clouds/aws/sigv4.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { type Answer, ask, type Lines, openLines } from '../network/ask-api.ts'
import { awsCredentialsIn } from '../run/aws-credentials.ts'
import { Fault, fact, isFault, seenFault } from '../run/fault.ts'
import { overLimit } from '../run/limits.ts'
import { withinLimit } from '../run/time-limit.ts'
import type { LexSpec } from './spec.ts'

/** More of a bot's reply, or of what Lex says of an error, nobody reads. */
const QUOTED_LENGTH = 200

/** A session of our own, by which Lex is asked. */
interface Session {
  spec: LexSpec
  /** Of the session, without what is asked of it. */
  path: string
  io: CheckIo
  lines: Lines
}

/**
 * Opens a session with a bot, or says something to it, and ends the session (lexv2-runtime 2020-08-07). What Lex says of itself, of the
 * bot and of our right to ask is `down`, for callers hear the same; that it is busy says nothing of the bot.
 */
export async function runLex(id: string, spec: LexSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const lines = openLines()
  const session = { spec, path: pathOf(id, spec, io), io, lines }
  try {
    const from = io.monotonic()
    await withinLimit(io, deadline, (scope) => converse(session, scope))
    const latencyMs = io.monotonic() - from
    // It ends by itself, too: what becomes of the farewell says nothing.
    await withinLimit(io, deadline, (scope) => send(session, 'DELETE', '', '', scope)).catch(() => {})
    return resultOf(spec, latencyMs)
  } catch (error) {
    return seenFault(error)
  } finally {
    lines.hangUp()
  }
}

function resultOf({ degraded, down }: LexSpec, latencyMs: number): RunResult {
  const isDown = overLimit(down, { latencyMs })
  if (isDown !== undefined) return { outcome: 'down', latencyMs, fault: isDown }
  const isSlow = overLimit(degraded, { latencyMs })
  return isSlow === undefined ? { outcome: 'up', latencyMs } : { outcome: 'degraded', latencyMs, fault: isSlow }
}

/** One for each check and region it is asked from: two requests in one session are refused. */
function pathOf(id: string, { botId, aliasId, locale }: LexSpec, { env }: CheckIo): string {
  const own = createHash('sha256')
    .update(`${env.AWS_REGION ?? ''} ${id}`)
    .digest('hex')
  return `/bots/${botId}/botAliases/${aliasId}/botLocales/${locale}/sessions/fenghuo-${own.slice(0, 32)}`
}

async function converse(session: Session, scope: AbortSignal): Promise<void> {
  const { say } = session.spec
  if (say === undefined) return open(session, scope)
  const { text } = await send(session, 'POST', '/text', JSON.stringify({ text: say }), scope)
  understood(session.spec, parsed(text))
}

/** Lex answers to this in headers alone. */
async function open(session: Session, scope: AbortSignal): Promise<void> {
  const body = JSON.stringify({ sessionState: { dialogAction: { type: 'ElicitIntent' } } })
  const { headers } = await send(session, 'POST', '', body, scope)
  if (headers['x-amz-lex-session-id'] === undefined) throw new Fault(fact('lex-without-session'))
}

function understood({ intent, reply }: LexSpec, answer: Record<string, unknown>): void {
  const found = Object(Object(answer.sessionState).intent).name
  if (intent !== undefined && found !== intent) {
    throw new Fault(fact('lex-other-intent', { ...(typeof found === 'string' && { intent: found }), expected: intent }))
  }
  const messages = Array.isArray(answer.messages) ? answer.messages : []
  const replies = messages.flatMap((message) => Object(message).content ?? []).map(String)
  if (reply === undefined || replies.some((each) => each.includes(reply))) return
  const [first] = replies
  const said = first === undefined ? {} : { reply: first.slice(0, QUOTED_LENGTH) }
  throw new Fault(fact('lex-other-reply', { ...said, expected: reply }))
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    throw new Fault(fact('api-answer-malformed'))
  }
}

async function send(session: Session, method: 'POST' | 'DELETE', below: string, body: string, scope: AbortSignal) {
  const { path, spec, io, lines } = session
  const { region } = spec
  const url = new URL(`${path}${below}`, addressOf(region, io))
  const headers = { 'content-type': 'application/json', responsecontenttype: 'text/plain; charset=utf-8' }
  const all = signed({ method, url, headers, body }, { region, service: 'lex' }, awsCredentialsIn(io.env), io.now())
  const answer = await ask({ url, method, headers: all, ...(body !== '' && { body }) }, lines, scope).catch(silent)
  if (answer.status !== 200) throw refusal(answer)
  return answer
}

/** The SDK's own variable moves the address. */
function addressOf(region: string, { env }: CheckIo): string {
  return env.AWS_ENDPOINT_URL_LEX_RUNTIME_V2 || `https://runtime-v2-lex.${region}.amazonaws.com`
}

/** A region that nobody reaches is as bad for those who call as one that fails. */
function silent(error: unknown): never {
  if (!isFault(error)) throw error
  throw new Fault(fact('lex-silent', { fault: error.fault }))
}

/** By the service's own statuses: Lex V2 developer guide, "Common errors" of its runtime operations. */
function refusal({ status, text }: Answer): Fault {
  const said = messageIn(text)
  switch (status) {
    case 400:
      return new Fault(fact('lex-refused', { said }))
    case 403:
      return new Fault(fact('lex-not-allowed', { said }))
    case 404:
      return new Fault(fact('lex-not-found', { said }))
    case 409:
      return new Fault(fact('lex-overlap'), 'unknown')
    case 424:
      return new Fault(fact('lex-dependency-failed', { said }))
    case 429:
      return new Fault(fact('lex-throttled'), 'unknown')
    default:
      return new Fault(fact('lex-failed', { status, said }))
  }
}

function messageIn(text: string): string {
  try {
    return String(Object(JSON.parse(text)).message ?? '').slice(0, QUOTED_LENGTH)
  } catch {
    return ''
  }
}
