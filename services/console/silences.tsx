import { Hono } from 'hono/tiny'
import { viewSilences } from '../../shared/engine/console/silences.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { doneNotice } from './outcome.tsx'
import type { Notice } from './pages/layout.tsx'
import { SilencesPage } from './pages/silences.tsx'
import { postedForm } from './posted-form.tsx'
import type { View } from './view.ts'

/** What is below `/silences`: all of them, and an end for each. */
export function silenceRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  const page = async (view: View, notice?: Notice) =>
    html(<SilencesPage view={view} silences={await viewSilences(deps.io())} notice={notice} />)

  routes.get('/', async (c) =>
    c.html(
      await page(c.get('view'), doneNotice(c.req.query(), { view: c.get('view'), incidents: [], back: '/silences' })),
    ),
  )

  routes.post('/:id', async (c) => {
    const view = c.get('view')
    const form = await postedForm(c, deps, (notice) => page(view, notice))
    if (form instanceof Response) return form
    const { endSilence } = await import('../../shared/engine/console/end-silence.ts')
    if (await endSilence(c.req.param('id'), deps.io())) return c.redirect('/silences?done=silence-ended', 303)
    return c.html(await page(view, { text: view.say.silences.isOver, tone: 'bad' }), 409)
  })

  return routes
}
