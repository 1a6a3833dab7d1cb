import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Hono } from 'hono/tiny'
import type { CompiledConsole } from '../../../shared/contracts/compiled-config.ts'
import { signInWords } from '../../../shared/messages/console/sign-in.ts'
import type { ConsoleDeps, Env } from '../deps.ts'
import { html, localPath } from '../html.ts'
import { late } from '../late.ts'
import { SignInPage } from '../pages/sign-in.tsx'
import { beginSession } from './begin-session.ts'
import type { CookieJar } from './cookie-jar.ts'
import { perMinute } from './limit.ts'
import type { Begun, Claims, Provider, ProviderIo } from './provider.ts'
import { sealed, unsealed } from './sealed.ts'
import { offeredBy, providerOf, type WayName, waysOf } from './ways.ts'

/** Between the two halves of a sign-in, ms: somebody looks for their second factor. */
const BEGUN_MS = 600_000

/** Sign-ins of one source in a minute, both halves counted. */
const MOST_SIGN_INS = 20

/** What is below `/sign-in`. */
export function signInRoutes(deps: ConsoleDeps, access: CompiledConsole, jar: CookieJar): Hono<Env> {
  const routes = new Hono<Env>()
  const ways = waysOf(access)
  const offered = offeredBy(access)
  const mayTry = perMinute(MOST_SIGN_INS, () => deps.io().now())
  /** Counted apart: strangers may come by the same address, and by a thousand more. */
  const mayTryAgain = perMinute(MOST_SIGN_INS, () => deps.io().now())
  const redirectUri = (c: Context<Env>, name: string) =>
    `${deps.originFor(c.req.header('host') ?? '')}/sign-in/${name}/callback`
  const { fetch, env = {} } = deps
  const io: ProviderIo = { fetch, env, token: () => deps.io().token(), now: () => deps.io().now() }
  const providers = new Map<string, Promise<Provider>>()
  /** The routes take the names of configured ways alone. */
  const provider = (name: string): Promise<Provider> => {
    const known = providers.get(name) ?? providerOf(name as WayName, access, io)
    providers.set(name, known)
    return known
  }
  const failed = (c: Context<Env>, text: string, status: 400 | 403 | 429 | 502, back = '/') =>
    c.html(html(<SignInPage view={c.get('view')} ways={offered} back={back} notice={{ text, tone: 'bad' }} />), status)

  routes.use('/:name/*', async (c, next) => {
    const known = access.link ? await browserKnown(c) : undefined
    const isWithin = known === undefined ? mayTry(c.env?.source ?? '') : mayTryAgain(known.id)
    if (!isWithin) return failed(c, signInWords[c.get('view').language].tooMany, 429)
    return next()
  })

  const links = async () => (await import('./link.tsx')).linkRoutes(deps, access, jar)
  if (access.link) routes.route('/link', late('/sign-in/link', links))

  routes.get('/', (c) =>
    c.html(html(<SignInPage view={c.get('view')} ways={offered} back={localPath(c.req.query('back'))} />)),
  )

  routes.get(`/:name{(?:${ways.join('|')})}`, async (c) => {
    const back = localPath(c.req.query('back'))
    try {
      const name = c.req.param('name')
      const isInside = /wxwork/i.test(c.req.header('user-agent') ?? '')
      const { url, begun } = await (await provider(name)).begin(redirectUri(c, name), isInside)
      const until = deps.io().now() + BEGUN_MS
      setCookie(
        c,
        jar.name('sign-in'),
        sealed('sign-in', { ...begun, name, back }, until, deps.secret),
        jar.options(BEGUN_MS),
      )
      return c.redirect(url, 302)
    } catch (error) {
      return refused(c, error, back)
    }
  })

  routes.get(`/:name{(?:${ways.join('|')})}/callback`, async (c) => {
    const say = signInWords[c.get('view').language]
    const { now } = deps.io()
    const begun = unsealed('sign-in', getCookie(c, jar.name('sign-in')), now(), deps.secret) as
      | (Begun & { name: string; back: string })
      | undefined
    deleteCookie(c, jar.name('sign-in'), jar.options(0))
    const name = c.req.param('name')
    if (begun?.name !== name) return failed(c, say.again, 400)
    let claims: Claims
    try {
      claims = await (await provider(name)).end(redirectUri(c, name), new URL(c.req.url).search, begun)
    } catch (error) {
      return refused(c, error, begun.back)
    }
    const { person, isLetIn } = await beginSession(c, claims, deps, access, jar)
    if (!isLetIn) return failed(c, say.noRole(person.name), 403, begun.back)
    return c.redirect(localPath(begun.back), 303)
  })

  return routes

  async function browserKnown(c: Context<Env>) {
    const { knownBrowser } = await import('./known-browser.ts')
    return knownBrowser(c, { now: deps.io().now(), secret: deps.secret, jar })
  }

  function refused(c: Context<Env>, error: unknown, back: string) {
    deps.io().log({ level: 'error', event: 'sign-in failed', error: reasonOf(error) })
    return failed(c, signInWords[c.get('view').language].refused, 502, back)
  }
}

/** An error of the provider's, with what it says is behind it. */
function reasonOf(error: unknown): string {
  const { cause } = Object(error)
  return [String(error), ...(cause === undefined ? [] : [String(Object(cause).error ?? cause)])].join(': ')
}
