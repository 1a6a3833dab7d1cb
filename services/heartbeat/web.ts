import { isHeartbeatKey } from '../../shared/checks/heartbeat/key.ts'
import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { Heartbeat } from '../../shared/contracts/heartbeat.ts'
import { queueText } from '../../shared/contracts/queue-text.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { oneLine } from '../../shared/messages/cut.ts'

export interface HeartbeatDeps {
  secret: string
  /** Ids of the checks that wait for a job. */
  checks: ReadonlySet<string>
  now(): Instant
  /** Puts a message on the events queue. Rejects if that fails. */
  send(message: string): Promise<void>
  log(line: Record<string, unknown>): void
}

const methods = ['GET', 'HEAD', 'POST']

/** What the contract takes of a detail. */
const DETAIL_CHARACTERS = 500

/** Of what a job posts, such as its log, no more is looked at: the end, where it says how it ended. */
const BODY_CHARACTERS = 10_000

/**
 * A job reports: `/heartbeat/<project>/<check>?key=…`, by GET, HEAD or POST; what it posts is told of it. `&status=` is its exit
 * code, `ok` or `fail`. Once the queue has it the answer is 202. A report that is repeated is one more, and does no harm.
 */
export async function answerHeartbeat(request: UrlRequest, deps: HeartbeatDeps): Promise<UrlAnswer> {
  const [, project = '', name = ''] = /^\/heartbeat\/([^/]+)\/([^/]+)$/.exec(request.rawPath) ?? []
  if (name === '') return plain(404, 'there is nothing here: jobs report to /heartbeat/<project>/<check>?key=…')
  const { method } = request.requestContext.http
  if (!methods.includes(method)) return plain(405, 'GET, HEAD or POST', { allow: methods.join(', ') })
  const check = `${project}/${name}`
  const query = new URLSearchParams(request.rawQueryString)
  if (!isHeartbeatKey(query.get('key') ?? '', check, deps.secret))
    return plain(403, 'this is not the key of this check: fenghuo heartbeat prints it')
  if (!deps.checks.has(check)) return plain(404, `${check} waits for no job (any more)`)
  const status = statusOf(query.get('status') ?? 'ok')
  if (status === undefined) return plain(400, 'status should be an exit code from 0 to 255, ok or fail')

  const detail = detailOf(request)
  const report: Heartbeat = { v: 1, kind: 'heartbeat', check, at: deps.now(), status, ...(detail && { detail }) }
  try {
    await deps.send(queueText(report))
  } catch (error) {
    deps.log({ level: 'error', event: 'heartbeat not sent', check, error: String(error) })
    return plain(503, 'not taken, try again', { 'retry-after': '10' })
  }
  return plain(202, 'taken')
}

function statusOf(text: string): Heartbeat['status'] | undefined {
  if (text === 'ok' || text === 'fail') return text
  if (!/^\d{1,3}$/.test(text) || Number(text) > 255) return undefined
  return Number(text) === 0 ? 'ok' : 'fail'
}

/** The last line that says anything. */
function detailOf(request: UrlRequest): string | undefined {
  const lines = bodyOf(request)
    .slice(-BODY_CHARACTERS)
    .split(/[\r\n]+/)
  return lines.map((line) => oneLine(line, DETAIL_CHARACTERS)).findLast((line) => line !== '')
}

function plain(statusCode: number, text: string, headers: Record<string, string> = {}): UrlAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: `${text}\n`,
  }
}
