import { setCookie } from 'hono/cookie'
import type { Hono } from 'hono/tiny'
import type { PersonName } from '../../shared/engine/console/action.ts'
import { type IncidentView, viewIncident } from '../../shared/engine/console/view-incident.ts'
import type { CookieJar } from './access/cookie-jar.ts'
import { readableIncident } from './access/readable.ts'
import type { chartsAround } from './around.tsx'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { lastKnown } from './last-known.ts'
import { noticeOn } from './notice.ts'
import { IncidentPage, type ShownIncident } from './pages/incident.tsx'
import { MessagePage } from './pages/message.tsx'
import type { peopleReader } from './people.ts'
import type { leadsElsewhere } from './sent-elsewhere.tsx'
import { vendorsLate } from './vendors.ts'
import type { View } from './view.ts'
import { REMEMBERED_MS } from './viewing.ts'

/** Adds an incident's page, what its buttons do, and its post-mortem. */
export function addIncidents(
  app: Hono<Env>,
  deps: ConsoleDeps,
  { people, jar }: { people: ReturnType<typeof peopleReader>; jar: CookieJar },
): void {
  const { config } = deps
  /** What is drawn of an incident's check around it: nobody acknowledges by it, and what draws is loaded late. */
  let drawing: Promise<ReturnType<typeof chartsAround>> | undefined
  const chartOf = async (seen: IncidentView, view: View) => {
    if (seen.strips === undefined) return undefined
    drawing ??= import('./around.tsx').then((late) => late.chartsAround(deps))
    return (await drawing)(seen, view)
  }
  const page: ShownIncident = async (view, seen, besides) => {
    const [those, vendors, chart] = await Promise.all([
      people(seen.incident.project),
      vendorsLate(),
      chartOf(seen, view),
    ])
    const tells = config.status !== undefined
    const shown = { view, seen, people: those, vendors, chart, tells, ...besides }
    return html(<IncidentPage {...shown} />)
  }
  const incident = lastKnown((number: string) => viewIncident(Number(number), config, deps.io()), deps)
  let leading: Promise<ReturnType<typeof leadsElsewhere>> | undefined

  app.get('/incidents/:number{[0-9]+}', async (c) => {
    const view = c.get('view')
    const number = c.req.param('number')
    const sent = c.req.query('of')
    if (sent !== undefined) {
      leading ??= import('./sent-elsewhere.tsx').then((late) => late.leadsElsewhere(deps))
      const answer = await (await leading)(c, number, sent)
      if (answer !== undefined) return answer
    }
    const { value, oldFrom } = await incident(number)
    const seen = readableIncident(value, c.get('admitted').rights)
    if (seen === undefined) return c.html(html(<MessagePage view={view} text={view.say.noSuchIncident(number)} />), 404)
    return c.html(await page(view, seen, { notice: noticeOn(c, [seen.incident], oldFrom) }))
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
    const remember = ({ contact, name }: PersonName) =>
      setCookie(c, jar.name('me'), `${contact} ${name}`, jar.options(REMEMBERED_MS))
    const { takeForm } = await import('./take-form.tsx')
    return takeForm(c, { deps, people, page, remember, look: (number) => viewIncident(number, config, deps.io()) })
  })
}
