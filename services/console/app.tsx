import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { Hono } from 'hono/tiny'
import { inBoth } from '../../shared/contracts/words.ts'
import { consoleWords } from '../../shared/messages/console/words.ts'
import { recently } from '../../shared/store/recently.ts'
import { admitting } from './access/admitting.ts'
import { cookieJar } from './access/cookie-jar.ts'
import { audited, peopleOnly, programsOnly } from './access/gates.tsx'
import { finished } from './answers.ts'
import { typeOfAsset } from './assets.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html, localPath } from './html.ts'
import { addIncidents } from './incidents.tsx'
import { late } from './late.ts'
import { addNow } from './now.tsx'
import { MessagePage } from './pages/message.tsx'
import { peopleReader } from './people.ts'
import type { View } from './view.ts'
import { REMEMBERED_MS, viewing } from './viewing.ts'

/** A year, s: what has the hash of its content in its name never changes. */
const FOREVER = 'public, max-age=31536000, immutable'

/** Whoever scrapes more often gets the same: each costs a look at every check. */
const MEASURED_MS = 15_000

/** What nobody needs who has just been woken, by where it is: loaded when somebody goes there. */
export const rooms: Record<string, (deps: ConsoleDeps) => Promise<Hono<Env>>> = {
  '/silences': async (deps) => (await import('./silences.tsx')).silenceRoutes(deps),
  '/checks': async (deps) => (await import('./checks.tsx')).checkRoutes(deps),
  '/inbound': async (deps) => (await import('./inbound.tsx')).inboundRoutes(deps),
  '/system': async (deps) => (await import('./system.tsx')).systemRoutes(deps),
  '/oncall': async (deps) => (await import('./oncall.tsx')).onCallRoutes(deps),
  '/incidents/:number{[0-9]+}/outsiders': async (deps) => (await import('./outsiders.tsx')).outsidersRoutes(deps),
  '/incidents/:number{[0-9]+}/why': async (deps) => (await import('./why.tsx')).whyRoutes(deps),
}

/** Makes the console: pages for people, made here, that need no script. Whoever mounts it adds what else it shows. */
export function consoleApp(deps: ConsoleDeps): Hono<Env> {
  const { access, assets, config } = deps
  const app = new Hono<Env>()
  const jar = cookieJar(deps.isSecure)
  const people = peopleReader(deps)
  const measured = recently(
    async () => (await import('../../shared/engine/console/measure.ts')).measure(config, deps.io()),
    MEASURED_MS,
    () => deps.io().now(),
  )
  app.use(async (c, next) => {
    await next()
    const answer = await finished(c.req.raw, c.res)
    // Else the context would put back what the answer before had among its headers, such as how it was compressed.
    c.res = undefined
    c.res = answer
  })

  app.get('/assets/:name', (c) => assetAnswer(c, assets))

  // Outsiders read these: they get no session, and nobody asks who they are.
  const status = async () => (await import('./status.ts')).statusRoutes(deps)
  app.route('/status', late('/status', status))

  app.use(admitting(deps, jar))
  app.use('/api/v1/*', audited(deps))
  app.use('/api/v1/*', programsOnly(access))
  app.use('/metrics', programsOnly(access, 'everywhere'))

  // What reads and describes requests is a third of all that the pages need: it is loaded for programs alone.
  const api = late('/api/v1', async () =>
    (await import('./api/room.ts')).apiRoom({ ...deps, people, measured: () => measured('') }),
  )
  app.route('/api/v1', api)

  app.get('/metrics', async (c) => {
    const { METRICS_TYPE, metricsText } = await import('./metrics.ts')
    const [checks, queues] = await Promise.all([measured(''), queuesKnown(deps)])
    return c.body(metricsText(checks, queues), 200, { 'content-type': METRICS_TYPE })
  })

  app.use(viewing(deps, jar))
  // After the above: who reads a page is told on one that the audit could not be kept.
  app.use(audited(deps))

  /** What this browser reads in; it changes nothing else, so a link may do it, also of whoever is yet to sign in. */
  app.get('/language', (c, next) => {
    if (access === 'closed') return next()
    const to = c.req.query('to')
    if (to === 'zh' || to === 'en') setCookie(c, jar.name('language'), to, jar.options(REMEMBERED_MS))
    return c.redirect(localPath(c.req.query('back')), 303)
  })

  if (typeof access === 'object') {
    const signIn = async () => (await import('./access/sign-in.tsx')).signInRoutes(deps, access, jar)
    const signOut = async () => (await import('./access/sign-out.tsx')).signOutRoutes(deps, jar)
    app.route('/sign-in', late('/sign-in', signIn))
    app.route('/sign-out', late('/sign-out', signOut))
  }
  app.use(peopleOnly(access))

  addNow(app, deps, people)
  addIncidents(app, deps, { people, jar })
  for (const [path, load] of Object.entries(rooms))
    app.route(
      path,
      late(path, () => load(deps)),
    )

  /** Has this browser asked anew who looks: a phone or a screen is lent. */
  app.get('/not-me', (c) => {
    deleteCookie(c, jar.name('me'), { path: '/', secure: deps.isSecure })
    return c.redirect(localPath(c.req.query('back')), 303)
  })

  app.notFound((c) => {
    const view = c.get('view')
    return c.html(html(<MessagePage view={view} text={view.say.notFound} />), 404)
  })

  app.onError((error, c) => {
    deps.io().log({ level: 'error', event: 'console', error: String(error) })
    const view: View | undefined = c.get('view')
    if (view === undefined) return c.json({ error: { code: 'unavailable', message: unavailable } }, 503)
    return c.html(html(<MessagePage view={view} text={view.say.failed} />), 503)
  })

  return app
}

/** To programs. */
const unavailable = inBoth((language) => consoleWords[language].failed)

/** Queues that nobody can ask have no samples: what else is measured is told all the same. */
async function queuesKnown({ queues, io }: Pick<ConsoleDeps, 'queues' | 'io'>): Promise<Record<string, number>> {
  return queues().catch((error: unknown) => {
    io().log({ level: 'error', event: 'queues not measured', error: String(error) })
    return {}
  })
}

async function assetAnswer(c: Context<Env, '/assets/:name'>, assets: ConsoleDeps['assets']): Promise<Response> {
  const type = typeOfAsset(c.req.param('name'))
  const asset = type === undefined ? undefined : await assets.read(c.req.param('name'))
  if (type === undefined || asset === undefined) return c.text('404', 404)
  const { bytes, coding } = asset
  const headers = { 'content-type': type, 'cache-control': FOREVER, ...(coding && { 'content-encoding': coding }) }
  return c.body(bytes, 200, headers)
}
