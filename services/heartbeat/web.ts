import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import { LOG_CHARACTERS } from '../../shared/contracts/log-characters.ts'
import type { Language } from '../../shared/contracts/words.ts'
import {
  type HeartbeatAnswer,
  type HeartbeatRequestIo,
  takeHeartbeatRequest,
} from '../../shared/engine/ingest/take-heartbeat-request.ts'
import { type PingAnswer, pingAnswers, takePing } from '../../shared/engine/ingest/take-ping.ts'
import { heartbeatAnswers } from '../../shared/messages/heartbeat-answers.ts'

const methods = ['GET', 'HEAD', 'POST']

/** What became of a request, as HTTP has it (RFC 9110, 15). */
const statusOf: Record<HeartbeatAnswer['result'], number> = {
  taken: 202,
  'wrong-key': 403,
  'not-awaited': 404,
  'wrong-status': 400,
  unavailable: 503,
}

/** The same for a ping, as Healthchecks answers it. */
const pingStatusOf: Record<PingAnswer['result'], number> = {
  taken: 200,
  'not-found': 404,
  'wrong-url': 400,
  'wrong-run': 400,
  unavailable: 503,
}

export interface HeartbeatDeps extends HeartbeatRequestIo {
  /** In which a job is answered. */
  language: Language
}

/**
 * Answers a job's request to `/heartbeat/<project>/<check>?key=…&status=…`, or in the form of Healthchecks to `/ping/<key>` and
 * `/ping/<key>/<check>` with `/start`, `/fail`, `/log` or an exit status behind it; by GET, HEAD or POST.
 */
export async function answerHeartbeat(request: UrlRequest, io: HeartbeatDeps): Promise<UrlAnswer> {
  if (request.rawPath.startsWith('/ping/')) return answerPing(request, io)
  const [, check] = /^\/heartbeat\/([^/]+\/[^/]+)$/.exec(request.rawPath) ?? []
  if (check === undefined) return plain(404, heartbeatAnswers['no-job-here']('')[io.language])
  const { method } = request.requestContext.http
  if (!methods.includes(method)) return plain(405, methods.join(', '), { allow: methods.join(', ') })
  const query = new URLSearchParams(request.rawQueryString)
  const status = query.get('status') ?? undefined
  const said = { check, key: query.get('key') ?? '', body: bodyOf(request), ...(status !== undefined && { status }) }
  const answer = await takeHeartbeatRequest(said, io)
  const text = heartbeatAnswers[answer.result](check)[io.language]
  return plain(statusOf[answer.result], text, 'retryAfterS' in answer ? { 'retry-after': `${answer.retryAfterS}` } : {})
}

async function answerPing(request: UrlRequest, io: HeartbeatRequestIo): Promise<UrlAnswer> {
  const { method } = request.requestContext.http
  if (!methods.includes(method)) return plain(405, methods.join(', '), { allow: methods.join(', ') })
  const rid = new URLSearchParams(request.rawQueryString).get('rid') ?? undefined
  const segments = request.rawPath.replace(/\/$/, '').split('/').slice(2)
  const answer = await takePing({ segments, body: bodyOf(request), ...(rid !== undefined && { rid }) }, io)
  return plain(pingStatusOf[answer.result], pingAnswers[answer.result], {
    'access-control-allow-origin': '*',
    'ping-body-limit': String(LOG_CHARACTERS),
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
