import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import { answerLink, type LinkPageDeps, pageAnswer } from '../../shared/engine/answers/answer-link.ts'
import { type CallbackDeps, takeCallback } from '../../shared/engine/answers/take-callback.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { ACK_PATH } from '../../shared/incidents/acknowledge-link.ts'
import { messagePage } from '../../shared/messages/acknowledge-page.ts'

export interface WebDeps extends CallbackDeps, LinkPageDeps {}

/** Answers acknowledge links, and what chats bring about their cards. It never throws: the person always reads what became of it. */
export async function answerWeb(request: UrlRequest, deps: WebDeps, io: EngineIo): Promise<UrlAnswer> {
  if (request.rawPath === ACK_PATH) return answerLink(request, deps, io)
  const channel = /^\/callback\/([^/]+)$/.exec(request.rawPath)?.[1]
  if (channel === undefined) return pageAnswer(404, messagePage('not-found', deps.language))
  try {
    return await callback(channel, request, deps, io)
  } catch (error) {
    io.log({ level: 'error', event: 'web', error: String(error) })
    return pageAnswer(503, messagePage('failed', deps.language))
  }
}

/** What a vendor brings about its cards; the path names the channel. */
async function callback(channel: string, request: UrlRequest, deps: WebDeps, io: EngineIo): Promise<UrlAnswer> {
  const { method } = request.requestContext.http
  const { rawQueryString, headers } = request
  const brought = { method, query: new URLSearchParams(rawQueryString), headers, body: bodyOf(request) }
  const answer = await takeCallback(decodeURIComponent(channel), brought, deps, io)
  if (answer === undefined) return pageAnswer(404, messagePage('not-found', deps.language))
  const { status, type, body } = answer
  const kind = type === 'text/plain' ? `${type}; charset=utf-8` : type
  return { statusCode: status, headers: { 'content-type': kind, 'cache-control': 'no-store' }, body }
}
