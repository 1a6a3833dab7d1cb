import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Hono } from 'hono/tiny'
import { inBoth } from '../../shared/contracts/words.ts'
import type { PersonName } from '../../shared/engine/console/action.ts'
import { measure } from '../../shared/engine/console/measure.ts'
import { type IncidentView, viewIncident } from '../../shared/engine/console/view-incident.ts'
import { viewNow } from '../../shared/engine/console/view-now.ts'
import { consoleWords } from '../../shared/messages/console/words.ts'
import { languageFor } from '../../shared/messages/language-for.ts'
import { recently } from '../../shared/store/recently.ts'
import { admit } from './access/admission.ts'
import type { CookieJar } from './access/cookie-jar.ts'
import { endedReader } from './access/ended.ts'
import { audited, mayEnter, peopleOnly, programsOnly } from './access/gates.tsx'
import { readable, readableIncident, readableProofs } from './access/readable.ts'
import { signInRoutes } from './access/routes.tsx'
import { finished } from './answers.ts'
import type { chartsAround } from './around.tsx'
import { typeOfAsset } from './assets.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { formToken } from './guard.ts'
import { html, localPath } from './html.ts'
import { lastKnown } from './last-known.ts'
import { late } from './late.ts'
import { doneNotice } from './outcome.tsx'
import { IncidentPage } from './pages/incident.tsx'
import type { Notice } from './pages/layout.tsx'
import { MessagePage } from './pages/message.tsx'
import { NowPage } from './pages/now.tsx'
import { pageOf } from './pages/paging.tsx'
import type { Incident } from './pages/pieces.tsx'
import { peopleReader } from './people.ts'
import { proofsReader } from './proofs-reader.ts'
import { vendorsLate } from './vendors.ts'
import { type View, wordsFor, zoneFor } from './view.ts'

/** So many incidents stand on one page. */
const PAGE = 50

/** A year, s: what has the hash of its content in its name never changes. */
const FOREVER = 'public, max-age=31536000, immutable'

/** Whoever scrapes more often gets the same: each costs a look at every check. */
const MEASURED_MS = 15_000

/** In which zone a browser has said that it is: its page says so when it renews itself. */
const ZONE_COOKIE = 'fenghuo-zone'

/** What a browser is remembered by for so long, s. */
const REMEMBERED_S = 400 * 86_400

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
  const { assets, config } = deps
  const app = new Hono<Env>()
  const cookie = (name: string) => `${deps.isSecure ? '__Host-' : ''}fenghuo-${name}`
  const { access } = deps
  const jar: CookieJar = {
    name: cookie,
    options: (ms) => ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: deps.isSecure, maxAge: ms / 1000 }),
  }
  const cookies = { path: '/', httpOnly: true, sameSite: 'Lax', secure: deps.isSecure, maxAge: REMEMBERED_S } as const
  const people = peopleReader(deps)
  const now = lastKnown((_: string) => viewNow(config, deps.io()), deps)
  const measured = recently(
    () => measure(config, deps.io()),
    MEASURED_MS,
    () => deps.io().now(),
  )
  const proofs = lastKnown(proofsReader(deps), deps)
  /** The page of what burns now does not wait for what is there while nothing does. */
  const calm = async () => {
    const { value } = await proofs('').catch(() => ({ value: { inbound: [], channels: [] } }))
    return value
  }
  /** What is drawn of an incident's check around it: nobody acknowledges by it, and what draws is loaded late. */
  let drawing: Promise<ReturnType<typeof chartsAround>> | undefined
  const chartOf = async (seen: IncidentView, view: View) => {
    if (seen.strips === undefined) return undefined
    drawing ??= import('./around.tsx').then((late) => late.chartsAround(deps))
    return (await drawing)(seen, view)
  }
  const incident = lastKnown((number: string) => viewIncident(Number(number), config, deps.io()), deps)

  app.use(async (c, next) => {
    await next()
    const answer = await finished(c.req.raw, c.res)
    // Else the context would put back what the answer before had among its headers, such as how it was compressed.
    c.res = undefined
    c.res = answer
  })

  app.get('/assets/:name', async (c) => {
    const type = typeOfAsset(c.req.param('name'))
    const asset = type === undefined ? undefined : await assets.read(c.req.param('name'))
    if (type === undefined || asset === undefined) return c.text('404', 404)
    const { bytes, coding } = asset
    const headers = { 'content-type': type, 'cache-control': FOREVER, ...(coding && { 'content-encoding': coding }) }
    return c.body(bytes, 200, headers)
  })

  // Outsiders read these: they get no session, and nobody asks who they are.
  const status = async () => (await import('./status.ts')).statusRoutes(deps)
  app.route('/status', late('/status', status))

  const isEnded = endedReader(() => deps.io())
  app.use(async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const shown = { session: getCookie(c, cookie('person')), token }
    const admitted = admit(access, shown, { now: deps.io().now(), secret: deps.secret })
    const hasEnded = admitted?.person !== undefined && (await isEnded(admitted.person))
    if (admitted !== undefined && !hasEnded) c.set('admitted', admitted)
    c.set('noted', {})
    await next()
  })

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

  app.use(async (c, next) => {
    const session = getCookie(c, cookie('session')) ?? deps.io().token()
    if (getCookie(c, cookie('session')) === undefined) setCookie(c, cookie('session'), session, cookies)
    const { person, rights } = c.get('admitted') ?? {}
    // Where nobody signs in a browser says who it is, and what they are called.
    const [contact = '', ...called] = (getCookie(c, cookie('me')) ?? '').split(' ')
    const me = access === 'open' ? contact || undefined : person?.contact
    const language = languageFor(getCookie(c, cookie('language')), c.req.header('accept-language'), config.language)
    const known = getCookie(c, ZONE_COOKIE)
    const zone = zoneFor(c.req.header('time-zone') ?? known, config.timezone)
    if (c.req.header('time-zone') !== undefined && zone !== known) setCookie(c, ZONE_COOKIE, zone, cookies)
    c.set('session', session)
    c.set('view', {
      language,
      say: wordsFor(language),
      timezone: zone,
      now: deps.io().now(),
      ...(me !== undefined && { me, name: called.join(' ') || me }),
      ...(person !== undefined && { person: person.name }),
      token: (path) => formToken(deps.secret, session, path),
      assets,
      nav: rights === undefined ? deps.nav : deps.nav.filter((item) => mayEnter(item.path, rights)),
      mayAct: (project) => rights?.can('responder', project) ?? false,
      path: c.req.path,
      address: c.req.path + (c.req.method === 'GET' ? new URL(c.req.url).search : ''),
    })
    await next()
  })

  // After the above: who reads a page is told on one that the audit could not be kept.
  app.use(audited(deps))

  /** What this browser reads in; it changes nothing else, so a link may do it, also of whoever is yet to sign in. */
  app.get('/language', (c, next) => {
    if (access === 'closed') return next()
    const to = c.req.query('to')
    if (to === 'zh' || to === 'en') setCookie(c, cookie('language'), to, cookies)
    return c.redirect(localPath(c.req.query('back')), 303)
  })

  if (typeof access === 'object') app.route('/', signInRoutes(deps, access, jar))
  app.use(peopleOnly(access))

  app.get('/', async (c) => {
    const view = c.get('view')
    const { rights } = c.get('admitted')
    const all = await now('')
    const seen = { ...all, value: readable(all.value, rights) }
    const page = pageOf(seen.value.open, PAGE, c.req.query('page'))
    const projects = [...new Set(page.shown.map(({ project }) => project))]
    const those = await Promise.all(projects.map(async (project) => [project, await people(project)] as const))
    const notice = seen.oldFrom === undefined ? done(c, seen.value.open, '/') : oldNotice(seen.oldFrom, view)
    const isCalm = seen.value.open.length === 0 && !seen.value.hasMore
    const proven = isCalm ? readableProofs(await calm(), rights) : undefined
    const shownNow = { view, seen: seen.value, people: Object.fromEntries(those), ...page, notice, proven }
    return c.html(html(<NowPage {...shownNow} />))
  })

  app.get('/incidents/:number{[0-9]+}', async (c) => {
    const view = c.get('view')
    const number = c.req.param('number')
    const sent = c.req.query('of')
    if (sent !== undefined) {
      const { ledElsewhere } = await import('./sent-elsewhere.tsx')
      const answer = await ledElsewhere(c, number, sent, deps)
      if (answer !== undefined) return answer
    }
    const { value, oldFrom } = await incident(number)
    const seen = readableIncident(value, c.get('admitted').rights)
    if (seen === undefined) return c.html(html(<MessagePage view={view} text={view.say.noSuchIncident(number)} />), 404)
    const notice = oldFrom === undefined ? done(c, [seen.incident], c.req.path) : oldNotice(oldFrom, view)
    return c.html(
      html(
        <IncidentPage
          view={view}
          seen={seen}
          people={await people(seen.incident.project)}
          vendors={await vendorsLate()}
          notice={notice}
          chart={await chartOf(seen, view)}
          tells={config.status !== undefined}
        />,
      ),
    )
  })

  app.get('/incidents/:number{[0-9]+}/:file{post-mortem\\.(?:md|json)}', async (c) => {
    const view = c.get('view')
    const { number, file } = c.req.param()
    const seen = readableIncident(await viewIncident(Number(number), config, deps.io()), c.get('admitted').rights)
    if (seen === undefined) return c.html(html(<MessagePage view={view} text={view.say.noSuchIncident(number)} />), 404)
    const { exported } = await import('./export.ts')
    return exported(seen, file.endsWith('.md') ? 'md' : 'json', view, deps)
  })

  app.post('/incidents/:number{[0-9]+}', async (c) => {
    const remember = ({ contact, name }: PersonName) => setCookie(c, cookie('me'), `${contact} ${name}`, cookies)
    const { takeForm } = await import('./take-form.tsx')
    return takeForm(c, { deps, people, remember, look: (number) => viewIncident(number, config, deps.io()) })
  })

  for (const [path, load] of Object.entries(rooms))
    app.route(
      path,
      late(path, () => load(deps)),
    )

  /** Has this browser asked anew who looks: a phone or a screen is lent. */
  app.get('/not-me', (c) => {
    deleteCookie(c, cookie('me'), { path: '/', secure: deps.isSecure })
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

function done(c: Context<Env>, incidents: Incident[], back: string): Notice | undefined {
  return doneNotice(c.req.query(), { view: c.get('view'), incidents, back })
}

/** Queues that nobody can ask have no samples: what else is measured is told all the same. */
async function queuesKnown({ queues, io }: Pick<ConsoleDeps, 'queues' | 'io'>): Promise<Record<string, number>> {
  return queues().catch((error: unknown) => {
    io().log({ level: 'error', event: 'queues not measured', error: String(error) })
    return {}
  })
}

function oldNotice(from: number, { say, timezone }: View): Notice {
  return {
    text: say.old(new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' }).format(from)),
    tone: 'bad',
  }
}
