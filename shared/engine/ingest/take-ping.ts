import { isHeartbeatKey, pingKey } from '../../checks/heartbeat/key.ts'
import { isSameSecret } from '../../contracts/same-secret.ts'
import { withoutSecrets } from '../../contracts/without-secrets.ts'
import { type HeartbeatRequestIo, sendHeartbeat, statusOf } from './take-heartbeat-request.ts'

/** A ping in the form of Healthchecks (healthchecks.io documentation, "Pinging API"). */
export interface Ping {
  /** What stands behind `/ping/`, decoded. */
  segments: string[]
  /** Which of several runs side by side it is about: a UUID. */
  rid?: string
  /** What it posts: a sentence, or its whole log. */
  body: string
}

export type PingAnswer =
  | { result: 'taken' | 'not-found' | 'wrong-url' | 'wrong-run' }
  | { result: 'unavailable'; retryAfterS: number }

/** What Healthchecks answers, in its own words for all languages: its clients look at no more than the status. */
export const pingAnswers: Record<PingAnswer['result'], string> = {
  taken: 'OK',
  'not-found': 'not found',
  'wrong-url': 'invalid url format',
  'wrong-run': 'invalid uuid format',
  unavailable: 'not taken, try again',
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Takes a ping: by the key of a check, or by the key of a project and the check's name, with `start`, `fail`, `log` or an exit status
 * behind it. What is answered as taken is on the events queue; a `log` changes nothing and is only written down.
 */
export async function takePing({ segments, rid, body }: Ping, io: HeartbeatRequestIo): Promise<PingAnswer> {
  const [key = '', ...rest] = segments
  const own = [...io.checks].filter((check) => isHeartbeatKey(key, check, io.secret)).at(0)
  const [named, action, ...more] = own === undefined ? rest : [undefined, ...rest]
  if (more.length > 0 || (named !== undefined && !/^[a-z0-9_-]+$/.test(named))) return { result: 'wrong-url' }
  const check = own ?? checkOf(key, named, io)
  if (check === undefined) return { result: 'not-found' }
  if (rid !== undefined && !UUID.test(rid)) return { result: 'wrong-run' }
  if (action === 'log') {
    io.log({ level: 'info', event: 'a job says', check, text: withoutSecrets(body, 500) })
    return { result: 'taken' }
  }
  const status = action === 'ok' ? undefined : statusOf(action ?? 'ok')
  if (status === undefined) return { result: 'wrong-url' }
  return sendHeartbeat({ check, status, body, ...(rid !== undefined && { run: rid.toLowerCase() }) }, io)
}

/** The check of this name in the project whose key was shown. */
function checkOf(key: string, name: string | undefined, { checks, secret }: HeartbeatRequestIo): string | undefined {
  const projects = new Set([...checks].map((check) => check.split('/')[0] ?? ''))
  const shown = [...projects].filter((project) => isSameSecret(key, pingKey(project, secret)))
  return shown.map((project) => `${project}/${name}`).find((check) => checks.has(check))
}
