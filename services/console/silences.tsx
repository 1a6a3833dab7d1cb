import { Hono } from 'hono/tiny'
import { type SilenceView, viewSilences } from '../../shared/engine/console/silences.ts'
import { viewMaintenance } from '../../shared/engine/console/view-maintenance.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { lastKnown } from './last-known.ts'
import { noticeOn } from './notice.ts'
import { missedIn } from './outcome.tsx'
import type { Notice } from './pages/layout.tsx'
import { SilencesPage } from './pages/silences.tsx'
import { postedForm } from './posted-form.tsx'
import type { View } from './view.ts'

/** What is below `/silences`: all of them, and an end for each. */
export function silenceRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  const known = lastKnown((_: string) => viewSilences(deps.io()), deps)
  const shown = (view: View, silences: SilenceView[], notice?: Notice) =>
    html(
      <SilencesPage
        view={view}
        silences={silences}
        windows={viewMaintenance(deps.config, deps.io().now())}
        notice={notice}
      />,
    )
  const page = async (view: View, notice?: Notice) => shown(view, await viewSilences(deps.io()), notice)

  routes.get('/', async (c) => {
    const { value, oldFrom } = await known('')
    return c.html(shown(c.get('view'), value, noticeOn(c, [], oldFrom)))
  })

  routes.post('/:id', async (c) => {
    const view = c.get('view')
    const form = await postedForm(c, deps, (notice) => page(view, notice))
    if (form instanceof Response) return form
    const { moveSilencesEnd } = await import('../../shared/engine/console/end-silence.ts')
    const io = deps.io()
    const moved = await moveSilencesEnd(c.req.param('id'), io.now(), io)
    if (typeof moved !== 'string') return c.redirect(`/silences?done=silence-ended${missedIn(moved)}`, 303)
    return c.html(await page(view, { text: view.say.silences.isOver, tone: 'bad' }), 409)
  })

  return routes
}
