import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import type { AssetNames } from '../../services/console/assets.ts'
import type { ConsoleDeps, Env } from '../../services/console/deps.ts'
import { isFormToken, isOwnPage } from '../../services/console/guard.ts'
import { html, localPath } from '../../services/console/html.ts'
import type { Notice } from '../../services/console/pages/layout.tsx'
import { vendorsLate } from '../../services/console/vendors.ts'
import { references } from '../../shared/contracts/references.ts'
import { viewList } from '../../shared/engine/console/view-list.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import type { Demo } from '../demo.ts'
import type { Journal } from '../journal.ts'
import { phoneAction, phonesIn, playPhone } from '../phones.ts'
import type { Sandboxes } from '../sandboxes.ts'
import { DemoPage } from './demo-page.tsx'
import { PhonesPage } from './phones-page.tsx'
import { pageWords } from './words.ts'

/** What one machine has that a deployment has not. */
export interface Stage {
  demo: Pick<Demo, 'broken'>
  /** Runs the checks at once, so that a break shows without waiting for the timer. */
  probeNow(): void
  journal: Pick<Journal, 'messages'>
  sandboxes: Pick<Sandboxes, 'running' | 'channels' | 'phones'>
  people: Pick<Directory, 'contacts'>
}

type Deps = Pick<ConsoleDeps, 'config' | 'io' | 'secret' | 'originFor'>

/** The pages that one machine has beside those that are deployed: a service to break, and the phones of those on call. */
export function stagePages(stage: Stage, deps: Deps, assets: AssetNames): Hono<Env> {
  const { demo, journal, sandboxes, people } = stage
  const { config, io } = deps
  const isWatched = config.checks.some(({ spec }) => references(spec).includes('DEMO_URL'))
  const routes = new Hono<Env>()

  for (const path of ['/demo', '/phones/*'])
    routes.use(path, async (c, next) => {
      const view = c.get('view')
      c.set('view', { ...view, assets: { ...view.assets, ...assets } })
      await next()
    })

  const newest = async () => {
    const lists = await Promise.all([viewList('open', 1, undefined, io()), viewList('resolved', 1, undefined, io())])
    const [first] = lists
      .flatMap((list) => list?.incidents ?? [])
      .toSorted((one, other) => other.openedAt - one.openedAt)
    return first && { incident: first, timeline: await readTimeline(first, io()) }
  }
  const demoPage = async (c: Context<Env>, notice?: Notice) => {
    const page = {
      view: c.get('view'),
      demo: { broken: demo.broken, isWatched },
      phones: phonesIn(sandboxes, people).filter(({ call, last }) => (call ?? last) !== undefined),
      seen: await newest(),
      vendors: await vendorsLate(),
      channels: sandboxes.channels,
      messages: journal.messages(),
      notice,
    }
    return html(<DemoPage {...page} />)
  }
  const phonesPage = (c: Context<Env>, notice?: Notice) =>
    html(<PhonesPage view={c.get('view')} phones={phonesIn(sandboxes, people)} notice={notice} />)
  const pageAt = async (back: string, c: Context<Env>, text: string) => {
    const notice = { text, tone: 'bad' } as const
    return back === '/demo' ? demoPage(c, notice) : phonesPage(c, notice)
  }

  routes.get('/demo', async (c) => c.html(await demoPage(c)))
  routes.get('/phones', (c) => c.html(phonesPage(c)))

  routes.post('/demo', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const fault = faultOf(form, '/demo', c, deps)
    if (fault !== undefined) return c.html(await pageAt('/demo', c, fault), 403)
    demo.broken = form.get('do') === 'break'
    stage.probeNow()
    return c.redirect('/demo', 303)
  })

  routes.post('/phones/:call', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const back = localPath(form.get('back'))
    const fault = faultOf(form, '/phones', c, deps)
    if (fault !== undefined) return c.html(await pageAt(back, c, fault), 403)
    const key = form.get('key')
    const action = phoneAction(key === null ? (form.get('do') ?? '') : 'press', key ?? '')
    const refusal = action === undefined ? 'gone' : playPhone(sandboxes.phones, c.req.param('call'), action)
    if (refusal !== undefined)
      return c.html(await pageAt(back, c, pageWords[c.get('view').language].result[refusal]), 409)
    return c.redirect(back, 303)
  })

  return routes
}

/** Why a form does nothing: it is of another page, or its page is too old. */
function faultOf(
  form: URLSearchParams,
  path: '/demo' | '/phones',
  c: Context<Env>,
  { secret, originFor }: Deps,
): string | undefined {
  const { say } = c.get('view')
  if (!isOwnPage(c.req.raw.headers, originFor(c.req.header('host') ?? ''))) return say.notForeign
  return isFormToken(form.get('t') ?? '', secret, c.get('session'), path) ? undefined : say.expiredForm
}
