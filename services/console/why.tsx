import { Hono } from 'hono/tiny'
import { whyIncident } from '../../shared/engine/console/why-incident.ts'
import { incidentOfNumber } from '../../shared/store/incidents.ts'
import { canInAll } from './access/rights.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { MessagePage } from './pages/message.tsx'
import { WhyPage } from './pages/why.tsx'
import { vendorsLate } from './vendors.ts'

/** What is at `/incidents/1024/why`: why it paged whom it paged, and why somebody was not called. */
export function whyRoutes({ config, directory, io }: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/', async (c) => {
    const view = c.get('view')
    const { rights } = c.get('admitted')
    const number = c.req.param('number') ?? ''
    const incident = await incidentOfNumber(Number(number), io())
    if (incident === undefined || !rights.can('viewer', incident.project))
      return c.html(html(<MessagePage view={view} text={view.say.noSuchIncident(number)} />), 404)
    const mayTell = (projects: string[] | undefined) => canInAll('viewer', projects, rights)
    const why = await whyIncident(incident, { config, directory, mayTell }, io())
    return c.html(html(<WhyPage view={view} incident={incident} why={why} vendors={await vendorsLate()} />))
  })
  return routes
}
