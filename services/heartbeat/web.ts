import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import {
  type HeartbeatAnswer,
  type HeartbeatRequestIo,
  takeHeartbeatRequest,
} from '../../shared/engine/take-heartbeat-request.ts'
import { type PingAnswer, takePing } from '../../shared/engine/take-ping.ts'

const methods = ['GET', 'HEAD', 'POST']

/** What became of a request, as HTTP has it (RFC 9110, 15), and what its job reads. */
const answers: Record<HeartbeatAnswer['result'], [statusCode: number, text: (check: string) => string]> = {
  taken: [202, () => 'taken'],
  'wrong-key': [403, () => 'this is not the key of this check: bin/fenghuo.js heartbeat prints it'],
  'not-awaited': [404, (check) => `${check} waits for no job (any more)`],
  'wrong-status': [400, () => 'status should be an exit code from 0 to 255, ok, fail or start'],
  unavailable: [503, () => 'not taken, try again'],
}

/** The same as Healthchecks words it: its clients look at no more than the status. */
const pingAnswers: Record<PingAnswer['result'], [statusCode: number, text: string]> = {
  taken: [200, 'OK'],
  'not-found': [404, 'not found'],
  'wrong-url': [400, 'invalid url format'],
  'wrong-run': [400, 'invalid uuid format'],
  unavailable: [503, 'not taken, try again'],
}

/** So much of what is posted counts, as clients are told (healthchecks.io documentation, "Attaching logs"): here its end. */
const PING_BODY_BYTES = 10_000

/**
 * Answers a job's request to `/heartbeat/<project>/<check>?key=…&status=…`, or in the form of Healthchecks to `/ping/<key>` and
 * `/ping/<key>/<check>` with `/start`, `/fail`, `/log` or an exit status behind it; by GET, HEAD or POST.
 */
export async function answerHeartbeat(request: UrlRequest, io: HeartbeatRequestIo): Promise<UrlAnswer> {
  if (request.rawPath.startsWith('/ping/')) return answerPing(request, io)
  const [, check] = /^\/heartbeat\/([^/]+\/[^/]+)$/.exec(request.rawPath) ?? []
  if (check === undefined) return plain(404, 'there is nothing here: jobs report to /heartbeat/<project>/<check>?key=…')
  const { method } = request.requestContext.http
  if (!methods.includes(method)) return plain(405, 'GET, HEAD or POST', { allow: methods.join(', ') })
  const query = new URLSearchParams(request.rawQueryString)
  const status = query.get('status') ?? undefined
  const said = { check, key: query.get('key') ?? '', body: bodyOf(request), ...(status !== undefined && { status }) }
  const answer = await takeHeartbeatRequest(said, io)
  const [statusCode, text] = answers[answer.result]
  return plain(statusCode, text(check), 'retryAfterS' in answer ? { 'retry-after': `${answer.retryAfterS}` } : {})
}

async function answerPing(request: UrlRequest, io: HeartbeatRequestIo): Promise<UrlAnswer> {
  const { method } = request.requestContext.http
  if (!methods.includes(method)) return plain(405, 'GET, HEAD or POST', { allow: methods.join(', ') })
  const rid = new URLSearchParams(request.rawQueryString).get('rid') ?? undefined
  const segments = request.rawPath.replace(/\/$/, '').split('/').slice(2)
  const answer = await takePing({ segments, body: bodyOf(request), ...(rid !== undefined && { rid }) }, io)
  const [statusCode, text] = pingAnswers[answer.result]
  return plain(statusCode, text, {
    'access-control-allow-origin': '*',
    'ping-body-limit': String(PING_BODY_BYTES),
    ...('retryAfterS' in answer && { 'retry-after': `${answer.retryAfterS}` }),
  })
}

function plain(statusCode: number, text: string, headers: Record<string, string> = {}): UrlAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: `${text}\n`,
  }
}
