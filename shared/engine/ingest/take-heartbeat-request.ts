import { isHeartbeatKey } from '../../checks/heartbeat/key.ts'
import type { Heartbeat, HeartbeatResult } from '../../contracts/heartbeat.ts'
import { LOG_CHARACTERS } from '../../contracts/log-characters.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import { queueText } from '../../contracts/queue-text.ts'
import type { Instant } from '../../contracts/words.ts'
import { linesOf } from '../../ingest/text.ts'
import { oneLine } from '../../messages/cut.ts'

/** What a job says of a check, `project/name`, in its request. */
export interface HeartbeatRequest {
  check: string
  key: string
  /** Its exit code, `ok`, `fail`, or `start`; absent: `ok`. */
  status?: string
  /** What it posts: a sentence, or its whole log. */
  body: string
}

/** What became of a request. `retryAfterS`: seconds after which the job may ask again. */
export type HeartbeatAnswer =
  | { result: Exclude<HeartbeatResult, 'unavailable'> }
  | { result: 'unavailable'; retryAfterS: number }

export interface HeartbeatRequestIo {
  secret: string
  /** Ids of the checks that wait for a job. */
  checks: ReadonlySet<string>
  now(): Instant
  /** Puts a message on the events queue. Rejects if that fails. */
  send(message: string): Promise<void>
  log(entry: LogEntry): void
}

/** What the contract takes of a detail. */
const DETAIL_CHARACTERS = 500

const RETRY_AFTER_S = 10

/** What is kept of an invocation's time for the answer, ms: the queue has the rest. */
export const ANSWER_MS = 500

/**
 * Takes a job's request: what is answered as taken is on the events queue. One that is repeated is one more, and does no harm. Whoever
 * lacks the key learns of no check whether it is there. Never rejects.
 */
export async function takeHeartbeatRequest(
  { check, key, status: given = 'ok', body }: HeartbeatRequest,
  { secret, checks, now, send, log }: HeartbeatRequestIo,
): Promise<HeartbeatAnswer> {
  if (!isHeartbeatKey(key, check, secret)) return { result: 'wrong-key' }
  if (!checks.has(check)) return { result: 'not-awaited' }
  const status = statusOf(given)
  if (status === undefined) return { result: 'wrong-status' }
  return sendHeartbeat({ check, status, body }, { now, send, log })
}

/** Puts what a job says on the events queue. */
export async function sendHeartbeat(
  { check, status, run, body }: Pick<Heartbeat, 'check' | 'status' | 'run'> & { body: string },
  { now, send, log }: Pick<HeartbeatRequestIo, 'now' | 'send' | 'log'>,
): Promise<{ result: 'taken' } | { result: 'unavailable'; retryAfterS: number }> {
  const written = body.slice(-LOG_CHARACTERS).replace(/\r\n?/g, '\n')
  const detail = lastLineOf(written)
  const whole = linesOf(written, LOG_CHARACTERS)
  const told = {
    ...(run !== undefined && { run }),
    ...(detail && { detail }),
    ...(whole !== detail && whole && { log: whole }),
  }
  const report: Heartbeat = { v: 1, kind: 'heartbeat', check, at: now(), status, ...told }
  try {
    await send(queueText(report))
  } catch (error) {
    log({ level: 'error', event: 'heartbeat not sent', check, error: String(error) })
    return { result: 'unavailable', retryAfterS: RETRY_AFTER_S }
  }
  return { result: 'taken' }
}

/** What a word (`ok`, `fail`, `start`) or an exit code (0 to 255) says of a job; undefined for anything else. */
export function statusOf(text: string): Heartbeat['status'] | undefined {
  if (text === 'ok' || text === 'fail' || text === 'start') return text
  if (!/^\d{1,3}$/.test(text) || Number(text) > 255) return undefined
  return Number(text) === 0 ? 'ok' : 'fail'
}

/** The last line that says anything. */
function lastLineOf(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => oneLine(line, DETAIL_CHARACTERS))
    .findLast((line) => line !== '')
}
