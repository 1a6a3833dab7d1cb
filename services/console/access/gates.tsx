import type { Context, MiddlewareHandler } from 'hono'
import { inBoth } from '../../../shared/contracts/words.ts'
import { signInWords } from '../../../shared/messages/sign-in.ts'
import type { ConsoleDeps, Env } from '../deps.ts'
import { html } from '../html.ts'
import { MessagePage } from '../pages/message.tsx'
import { SignInPage } from '../pages/sign-in.tsx'
import type { Access } from './admission.ts'
import type { Rights } from './rights.ts'
import { waysOf } from './ways.ts'

/** Pages that show, and change, only what belongs to projects in which somebody has a role. Each other page is for roles in all. */
const BY_PROJECT =
  /^\/$|^\/incidents\/\d+(\/post-mortem\.(md|json)|\/outsiders)?$|^\/(checks|inbound)(\/|$)|^\/oncall$|^\/language$|^\/not-me$/

/** Notes in the log who has asked for a change, from where, and what was answered; what it was about is in the incident's timeline. */
export function audited(deps: Pick<ConsoleDeps, 'io'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    if (isReading(c)) return
    const { person, program } = c.get('admitted') ?? {}
    const { action } = c.get('noted')
    deps.io().log({
      level: 'info',
      event: 'audit',
      who: person?.id ?? (program === undefined ? 'nobody' : `token ${program}`),
      ...(person && { name: person.name }),
      from: c.env?.source ?? 'unknown',
      path: c.req.path,
      ...(action !== undefined && { action }),
      status: c.res.status,
    })
  }
}

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
      const written = new URLSearchParams(await c.req.text()).get('text') ?? ''
      const notice = { text: say.ended, tone: 'bad' as const }
      return c.html(
        html(<SignInPage view={view} ways={waysOf(access)} back={c.req.path} notice={notice} written={written} />),
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
