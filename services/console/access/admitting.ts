import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { ConsoleDeps, Env } from '../deps.ts'
import { admit } from './admission.ts'
import type { CookieJar } from './cookie-jar.ts'
import { endedReader } from './ended.ts'

/** Finds out who asks, by the session of a browser or the token of a program; whoever is let in nowhere goes on as nobody. */
export function admitting(deps: Pick<ConsoleDeps, 'access' | 'io' | 'secret'>, jar: CookieJar): MiddlewareHandler<Env> {
  const isEnded = endedReader(() => deps.io())
  return async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const shown = { session: getCookie(c, jar.name('person')), token }
    const admitted = admit(deps.access, shown, { now: deps.io().now(), secret: deps.secret })
    const hasEnded = admitted?.person !== undefined && (await isEnded(admitted.person))
    if (admitted !== undefined && !hasEnded) c.set('admitted', admitted)
    c.set('noted', {})
    await next()
  }
}
