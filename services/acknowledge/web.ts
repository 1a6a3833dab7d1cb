import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { readLink } from '../../shared/incidents/acknowledge-link.ts'
import type { PersonName } from '../../shared/incidents/notice.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { messagePage, questionPage } from '../../shared/messages/acknowledge-page.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { readIncident } from '../../shared/store/incidents.ts'

export interface WebDeps {
  secret: string
  language: Language
  directory(project: string): Promise<Directory>
}

/** Answers the acknowledge link. It never throws: the person always reads what became of it. */
export async function answerWeb(request: UrlRequest, deps: WebDeps, io: EngineIo): Promise<UrlAnswer> {
  try {
    return await answer(request, deps, io)
  } catch (error) {
    io.log({ level: 'error', event: 'web', error: String(error) })
    return html(503, messagePage('failed', deps.language))
  }
}

/**
 * A GET only shows a page, so that link previews acknowledge nothing; the button does. A link from a group asks who you are.
 */
async function answer(request: UrlRequest, deps: WebDeps, io: EngineIo): Promise<UrlAnswer> {
  const { method } = request.requestContext.http
  if (request.rawPath !== '/ack') return html(404, messagePage('not-found', deps.language))
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    const refused = html(405, messagePage('not-found', deps.language))
    return { ...refused, headers: { ...refused.headers, allow: 'GET, POST' } }
  }
  const form = new URLSearchParams(method === 'POST' ? bodyOf(request) : '')
  const token = form.get('t') ?? new URLSearchParams(request.rawQueryString).get('t') ?? ''
  const link = readLink(token, deps.secret, io.now())
  if (link === 'invalid') return html(403, messagePage('invalid', deps.language))
  if (link === 'expired') return html(410, messagePage('expired', deps.language))

  const { generation, ...of } = parseReference(link.incident)
  const incident = await readIncident(of, io.incidents)
  if (incident === undefined || incident.generation !== generation)
    return html(410, messagePage('expired', deps.language))
  const { contacts } = await deps.directory(of.project)
  const people = Object.entries(contacts).map(([contact, { name }]): PersonName => ({ contact, name }))
  const asked = people.filter(({ contact }) => link.contact === undefined || contact === link.contact)
  if (method !== 'POST') return html(200, questionPage(incident, asked, token, deps.language))

  const by = asked.find(({ contact }) => contact === form.get('contact'))
  if (by === undefined) return html(400, questionPage(incident, asked, token, deps.language))
  const event = { type: 'acknowledge', generation, via: 'link', by } as const
  const acted = await dispatchToIncident(of, { event }, io)
  return html(200, questionPage(acted.state ?? incident, asked, token, deps.language))
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
