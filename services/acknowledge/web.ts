import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { type LinkDeps, takeLink } from '../../shared/engine/take-link.ts'
import { messagePage, questionPage } from '../../shared/messages/acknowledge-page.ts'

export interface WebDeps extends LinkDeps {
  language: Language
}

/** What became of a link, as HTTP has it (RFC 9110, 15). */
const statusOf = { invalid: 403, expired: 410, asked: 200, pressed: 200, nobody: 400 }

/** Answers the acknowledge link. It never throws: the person always reads what became of it. */
export async function answerWeb(request: UrlRequest, deps: WebDeps, io: EngineIo): Promise<UrlAnswer> {
  try {
    return await answer(request, deps, io)
  } catch (error) {
    io.log({ level: 'error', event: 'web', error: String(error) })
    return html(503, messagePage('failed', deps.language))
  }
}

/** A GET shows the page of a link, whose button sends it by POST. */
async function answer(request: UrlRequest, deps: WebDeps, io: EngineIo): Promise<UrlAnswer> {
  const { language } = deps
  const { method } = request.requestContext.http
  if (request.rawPath !== '/ack') return html(404, messagePage('not-found', language))
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    const refused = html(405, messagePage('not-found', language))
    return { ...refused, headers: { ...refused.headers, allow: 'GET, POST' } }
  }
  const form = new URLSearchParams(method === 'POST' ? bodyOf(request) : '')
  const token = form.get('t') ?? new URLSearchParams(request.rawQueryString).get('t') ?? ''
  const press = method === 'POST' ? { contact: form.get('contact') } : undefined
  const taken = await takeLink(token, press, deps, io)
  const page =
    'incident' in taken
      ? questionPage(taken.incident, taken.people, token, language)
      : messagePage(taken.result, language)
  return html(statusOf[taken.result], page)
}

function html(statusCode: number, body: string): UrlAnswer {
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
    body,
  }
}
