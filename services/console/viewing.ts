import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { languageFor } from '../../shared/messages/language-for.ts'
import type { CookieJar } from './access/cookie-jar.ts'
import { mayEnter } from './access/gates.tsx'
import type { ConsoleDeps, Env } from './deps.ts'
import { formToken } from './guard.ts'
import { wordsFor, zoneFor } from './view.ts'

/** In which zone a browser has said that it is: its page says so when it renews itself. */
const ZONE_COOKIE = 'fenghuo-zone'

/** For so long a browser is remembered. */
export const REMEMBERED_MS = 400 * 86_400_000

/** Makes of each request how its page is read: in which language and zone, by whom, and what they may do. */
export function viewing(deps: ConsoleDeps, jar: CookieJar): MiddlewareHandler<Env> {
  return async (c, next) => {
    const session = getCookie(c, jar.name('session')) ?? deps.io().token()
    if (getCookie(c, jar.name('session')) === undefined)
      setCookie(c, jar.name('session'), session, jar.options(REMEMBERED_MS))
    const { person, rights } = c.get('admitted') ?? {}
    // Where nobody signs in a browser says who it is, and what they are called.
    const [contact = '', ...called] = (getCookie(c, jar.name('me')) ?? '').split(' ')
    const me = deps.access === 'open' ? contact || undefined : person?.contact
    const language = languageFor(
      getCookie(c, jar.name('language')),
      c.req.header('accept-language'),
      deps.config.language,
    )
    const known = getCookie(c, ZONE_COOKIE)
    const zone = zoneFor(c.req.header('time-zone') ?? known, deps.config.timezone)
    if (c.req.header('time-zone') !== undefined && zone !== known)
      setCookie(c, ZONE_COOKIE, zone, jar.options(REMEMBERED_MS))
    c.set('session', session)
    c.set('view', {
      language,
      say: wordsFor(language),
      timezone: zone,
      now: deps.io().now(),
      ...(me !== undefined && { me, name: called.join(' ') || me }),
      ...(person !== undefined && { person: person.name }),
      token: (path) => formToken(deps.secret, session, path),
      assets: deps.assets,
      nav: rights === undefined ? deps.nav : deps.nav.filter((item) => mayEnter(item.path, rights)),
      mayAct: (project) => rights?.can('responder', project) ?? false,
      path: c.req.path,
      address: c.req.path + (c.req.method === 'GET' ? new URL(c.req.url).search : ''),
    })
    await next()
  }
}
