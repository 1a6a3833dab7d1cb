import { deleteCookie } from 'hono/cookie'
import { Hono } from 'hono/tiny'
import { endSessions } from '../../../shared/store/ended-sessions.ts'
import type { ConsoleDeps, Env } from '../deps.ts'
import { isFormToken, isOwnPage } from '../guard.ts'
import { html } from '../html.ts'
import { MessagePage } from '../pages/message.tsx'
import type { CookieJar } from './cookie-jar.ts'

/** What is below `/sign-out`: ends the session of this browser, or all of a person's. */
export function signOutRoutes(deps: ConsoleDeps, jar: CookieJar): Hono<Env> {
  const routes = new Hono<Env>()

  routes.post('/', async (c) => {
    const view = c.get('view')
    if (!isOwnPage(c.req.raw.headers, deps.originFor(c.req.header('host') ?? '')))
      return c.html(html(<MessagePage view={view} text={view.say.notForeign} />), 403)
    const form = new URLSearchParams(await c.req.text())
    if (!isFormToken(form.get('t') ?? '', deps.secret, c.get('session'), c.req.path))
      return c.html(html(<MessagePage view={view} text={view.say.expiredForm} />), 403)
    const { person } = c.get('admitted') ?? {}
    if (form.get('where') === 'everywhere' && person !== undefined) {
      c.get('noted').action = 'sign-out-everywhere'
      await endSessions(person.id, deps.io())
    }
    deleteCookie(c, jar.name('person'), jar.options(0))
    return c.redirect('/sign-in', 303)
  })

  return routes
}
