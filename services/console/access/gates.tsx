import type { Context, MiddlewareHandler } from 'hono'
import { inBoth } from '../../../shared/contracts/words.ts'
import { signInWords } from '../../../shared/messages/console/sign-in.ts'
import { type AuditEntry, beginAudit } from '../../../shared/store/audit.ts'
import type { ConsoleDeps, Env } from '../deps.ts'
import { html } from '../html.ts'
import { MessagePage } from '../pages/message.tsx'
import { SignInPage } from '../pages/sign-in.tsx'
import type { Access } from './admission.ts'
import type { Rights } from './rights.ts'
import { offeredBy } from './ways.ts'

/** Pages that show, and change, only what belongs to projects in which somebody has a role. Each other page is for roles in all. */
const BY_PROJECT =
  /^\/$|^\/incidents\/\d+(\/post-mortem\.(md|json)|\/outsiders|\/why)?$|^\/(checks|inbound)(\/|$)|^\/oncall$|^\/not-me$/

/**
 * What changes an incident stands in its timeline, with who did it, by the very write that changes it; and to leave a browser takes no table.
 * Neither waits for an audit.
 */
const TELLS_OF_ITSELF = /^(\/api\/v1\/incidents\/\d+\/actions|\/incidents\/\d+|\/sign-out)$/

/**
 * Notes who asks for a change, from where, before anything is done, and what was answered after that: in the log, and for whoever may look
 * at the audit. Who is let in nowhere is noted in the log alone: a stranger is not to fill a table.
 */
export function audited(deps: Pick<ConsoleDeps, 'io'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (isReading(c)) return next()
    const io = deps.io()
    const begun = { at: io.now(), ...asked(c) }
    const tells = TELLS_OF_ITSELF.test(c.req.path)
    const end = c.get('admitted') === undefined ? undefined : await beginAudit(begun, io, { tells })
    await next()
    const ended = { ...asked(c), status: c.res.status }
    io.log({ level: 'info', event: 'audit', at: begun.at, ...ended })
    await end?.(ended)
  }
}

/** Who asks for what, as far as that is known yet. */
export function asked(c: Context<Env>): Omit<AuditEntry, 'at' | 'status'> {
  const { person, program } = c.get('admitted') ?? {}
  const { action = c.req.method, by, changes } = c.get('noted')
  const { me = 'nobody', name } = c.get('view') ?? {}
  const known = person ?? by ?? { name }
  return {
    who: person?.id ?? (program === undefined ? (by?.contact ?? me) : `token ${program}`),
    ...(known.name !== undefined && { name: known.name }),
    via: c.req.path.startsWith('/api/') ? 'api' : 'console',
    from: c.env?.source ?? 'unknown',
    action,
    path: c.req.path.slice(0, AUDITED_CHARACTERS),
    ...(changes && { changes }),
  }
}

/** Of a path so much is kept. */
const AUDITED_CHARACTERS = 200

/** Lets programs in, and browsers of whoever has signed in where nothing is changed. */
export function programsOnly(access: Access, where: 'anywhere' | 'everywhere' = 'anywhere'): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { rights, program } = c.get('admitted') ?? {}
    if (rights === undefined || (access !== 'open' && !isReading(c) && program === undefined))
      return refuse(c, access === 'closed' ? 404 : 401, 'no-token', 'needsToken')
    if (!(where === 'everywhere' ? rights.can('viewer') : rights.some('viewer')))
      return refuse(c, 403, 'no-role', 'mayNot')
    return next()
  }
}

/** The fields of all our forms in which somebody writes more than a name. */
const WRITTEN = ['text', 'note', 'zh', 'en']

/** Lets people in who have signed in and have a role; others are asked to sign in, and keep what they wrote. */
export function peopleOnly(access: Access): MiddlewareHandler<Env> {
  return async (c, next) => {
    const view = c.get('view')
    const say = signInWords[view.language]
    if (access === 'closed') return c.html(html(<MessagePage view={view} text={say.closed} />), 404)
    const { rights } = c.get('admitted') ?? {}
    if (rights === undefined) {
      if (c.req.method === 'GET') {
        const { pathname, search } = new URL(c.req.url)
        return c.redirect(`/sign-in?back=${encodeURIComponent(pathname + search)}`, 303)
      }
      const form = new URLSearchParams(await c.req.text())
      const written = WRITTEN.flatMap((name) => form.get(name)?.trim() || []).join('\n\n')
      const notice = { text: say.ended, tone: 'bad' as const }
      return c.html(
        html(<SignInPage view={view} ways={offeredBy(access)} back={c.req.path} notice={notice} written={written} />),
        401,
      )
    }
    if (!mayEnter(c.req.path, rights, isReading(c) ? 'viewer' : 'responder'))
      return c.html(html(<MessagePage view={view} text={say.mayNot} />), 403)
    return next()
  }
}

/** Whether somebody may look at what is at a path; as a `responder`, whether they may change something there. */
export function mayEnter(path: string, rights: Rights, role: 'viewer' | 'responder' = 'viewer'): boolean {
  return BY_PROJECT.test(path) ? rights.some('viewer') : rights.can(role)
}

function isReading({ req: { method } }: Context<Env>): boolean {
  return method === 'GET' || method === 'HEAD'
}

function refuse(c: Context<Env>, status: 401 | 403 | 404, code: string, said: 'needsToken' | 'mayNot') {
  if (status === 401) c.header('www-authenticate', 'Bearer')
  return c.json({ error: { code, message: inBoth((language) => signInWords[language][said]) } }, status)
}
