import { bodyOf, type UrlAnswer, type UrlRequest } from '../../clouds/aws/function-url.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import { ACK_PATH } from '../../incidents/acknowledge-link.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { PersonName } from '../../incidents/notice.ts'
import { messagePage, questionPage, unknownPage } from '../../messages/acknowledge-page.ts'
import { languageFor } from '../../messages/language-for.ts'
import { beginAudit } from '../../store/audit.ts'
import type { EngineIo } from '../io.ts'
import { type LinkDeps, type SignedChoice, takeLink } from './take-link.ts'

export interface LinkPageDeps extends LinkDeps {
  language: Language
  /** Of several regions, where the others take ack links. */
  elsewhere?(): Promise<string[]>
}

/** What became of a link, as HTTP has it (RFC 9110, 15). */
const statusOf = { invalid: 403, unknown: 404, expired: 410, over: 410, asked: 200, pressed: 200, nobody: 400 }

/**
 * Answers a request for the page of an acknowledge link, whose button sends it by POST. It never throws: the person always reads what became
 * of it.
 */
export async function answerLink(request: UrlRequest, deps: LinkPageDeps, io: EngineIo): Promise<UrlAnswer> {
  try {
    return await answer(request, deps, io)
  } catch (error) {
    io.log({ level: 'error', event: 'web', error: String(error) })
    return pageAnswer(503, messagePage('failed', languageOf(request, deps)))
  }
}

async function answer(request: UrlRequest, deps: LinkPageDeps, io: EngineIo): Promise<UrlAnswer> {
  const language = languageOf(request, deps)
  const { method } = request.requestContext.http
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    const refused = pageAnswer(405, messagePage('not-found', language))
    return { ...refused, headers: { ...refused.headers, allow: 'GET, POST' } }
  }
  const form = new URLSearchParams(method === 'POST' ? bodyOf(request) : '')
  const token = form.get('t') ?? new URLSearchParams(request.rawQueryString).get('t') ?? ''
  const button = form.get('do') === 'silence' ? ('silence' as const) : undefined
  let end: Awaited<ReturnType<typeof beginAudit>> | undefined
  // A link that is none is anybody's, and is not noted. A press stands in the timeline by the write that takes the incident.
  const begins = async (incident: Incident, by: PersonName | undefined) => {
    const deed = { ...deedOf(incident, by, request), action: button ?? 'acknowledge' }
    end = await beginAudit({ at: io.now(), ...deed }, io, { tells: button === undefined })
  }
  const press =
    method === 'POST'
      ? { contact: form.get('contact'), isByPage: true as const, begins, ...(button !== undefined && { button }) }
      : undefined
  const taken = await takeLink(token, press, choicesOf(request), deps, io)
  if (taken.result === 'unknown') {
    const others = (await deps.elsewhere?.()) ?? []
    const links = others.map((base) => `${base}${ACK_PATH}?t=${encodeURIComponent(token)}`)
    return pageAnswer(statusOf.unknown, unknownPage(language, links, taken.sentBy))
  }
  if (!('incident' in taken)) return pageAnswer(statusOf[taken.result], messagePage(taken.result, language))
  await end?.({ status: statusOf[taken.result] })
  const others = (await deps.elsewhere?.()) ?? []
  const elsewhere = others.map((base) => base + ACK_PATH)
  const { incident, people, result } = taken
  const isSilenced = button === 'silence' && result === 'pressed' && incident.status !== 'resolved'
  const by = people.people.find(({ contact }) => contact === press?.contact)
  const question = questionPage(incident, people, token, taken.language ?? language, {
    elsewhere,
    silencedBy: isSilenced ? by?.name : undefined,
    missed: taken.missed,
  })
  const page = pageAnswer(statusOf[taken.result], question, others)
  return taken.choice === undefined ? page : { ...page, cookies: [cookieOf(taken.choice, io.now())] }
}

/** The browser's language, until it is known to whom the link was sent. */
function languageOf({ headers }: UrlRequest, deps: LinkPageDeps): Language {
  return languageFor(undefined, headers['accept-language'], deps.language)
}

/** Who presses, as they say and from where, and what. */
function deedOf(incident: Incident, by: PersonName | undefined, { requestContext: { http } }: UrlRequest) {
  return {
    who: by?.contact ?? 'nobody',
    ...(by !== undefined && { name: by.name }),
    via: 'link' as const,
    from: http.sourceIp ?? 'unknown',
    path: `/incidents/${incident.number}`,
  }
}

/** A browser takes cookies with this prefix only over TLS, for this host alone and all of it (RFC 6265bis, 4.1.3.2). */
const COOKIE = '__Host-fenghuo-'

function choicesOf({ cookies }: UrlRequest): string[] {
  return cookies.filter((one) => one.startsWith(COOKIE)).map((one) => one.slice(one.indexOf('=') + 1))
}

/** One for each project. No script reads it, and no other site's form brings it; a link from a chat does. */
function cookieOf({ project, expiresAt, signed }: SignedChoice, now: Instant): string {
  const name = `${COOKIE}${Buffer.from(project).toString('base64url')}`
  const maxAge = Math.floor((expiresAt - now) / 1_000)
  return `${name}=${signed}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=Lax`
}

/** A page as people read it without script; `targets`: what its forms may be sent to beside this very address. */
export function pageAnswer(statusCode: number, body: string, targets: string[] = []): UrlAnswer {
  const origins = ["'self'", ...targets.map((target) => new URL(target).origin)].join(' ')
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action ${origins}; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
    body,
  }
}
