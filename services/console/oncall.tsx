import { Hono } from 'hono/tiny'
import { viewOnCall } from '../../shared/engine/console/view-oncall.ts'
import { viewReach } from '../../shared/engine/console/view-reach.ts'
import { recently } from '../../shared/store/recently.ts'
import { mayEnter } from './access/gates.tsx'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { mondayOf } from './pages/oncall/days.ts'
import { OnCallPage } from './pages/oncall/oncall-page.tsx'
import { ReachPage } from './pages/oncall/reach-page.tsx'

/** The ledger is read from the history of every incident, and says nothing new within minutes. */
const LEDGER_MS = 300_000

/** What is below `/oncall`: who is, and who can be reached. */
export function onCallRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  const projects = Object.keys(deps.config.projects)
  const ledger = recently(
    async () => viewReach(await Promise.all(projects.map((project) => deps.directory(project))), deps.io()),
    LEDGER_MS,
    () => deps.io().now(),
  )

  routes.get('/', async (c) => {
    const view = c.get('view')
    const { rights } = c.get('admitted')
    const readable = projects.filter((project) => rights.can('viewer', project))
    const schedules = await viewOnCall(readable, deps.directory, mondayOf(view.now, view.timezone), view.now)
    const feeds = schedules.flatMap(({ project, name }) => {
      const url = deps.calendar?.({ project, name })
      return url === undefined ? [] : [[name, url]]
    })
    const hasReach = mayEnter('/oncall/reach', rights)
    const page = { view, schedules, feeds: Object.fromEntries(feeds), hasReach }
    return c.html(html(<OnCallPage {...page} />))
  })

  routes.get('/reach', async (c) => c.html(html(<ReachPage view={c.get('view')} people={await ledger('')} />)))

  return routes
}
