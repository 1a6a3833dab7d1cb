import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { removeSubscriber } from '../../shared/engine/status/remove-subscriber.ts'
import { viewSubscribers } from '../../shared/engine/status/view-subscribers.ts'
import { subscriberWords } from '../../shared/messages/console/subscribers.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import type { Notice } from './pages/layout.tsx'
import { MessagePage } from './pages/message.tsx'
import { pageOf } from './pages/paging.tsx'
import { SubscribersPage } from './pages/system/subscribers-page.tsx'
import { postedForm } from './posted-form.tsx'

/** So many subscribers stand on one page. */
const PAGE = 50

/** What is below `/system/subscribers`: who has subscribed to the status pages, and a way to take them away. */
export function subscribersRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  const pages = Object.entries(deps.config.status ?? {}).filter(([, { subscribe = [] }]) => subscribe.length > 0)
  const slugs = pages.map(([slug]) => slug)

  const list = async (c: Context<Env>, notice?: Notice) => {
    const view = c.get('view')
    const all = await viewSubscribers(slugs, deps.secret, deps.io())
    const { shown, page, pages: count } = pageOf(all, PAGE, c.req.query('page'))
    const counted = pages.map(([slug, { title }]) => {
      const own = all.filter((one) => one.page === slug)
      const active = own.filter(({ state }) => state === 'active').length
      return { slug, title: title[view.language] ?? slug, active, asked: own.length - active }
    })
    const mayRemove = c.get('admitted').rights.can('admin')
    return html(<SubscribersPage view={view} pages={counted} {...{ shown, page, count, mayRemove, notice }} />)
  }

  routes.get('/', async (c) => {
    const view = c.get('view')
    if (c.get('admitted').rights.can('responder')) return c.html(await list(c))
    return c.html(html(<MessagePage view={view} text={subscriberWords[view.language].onlyResponders} />), 403)
  })

  routes.post('/', async (c) => {
    const say = subscriberWords[c.get('view').language]
    const form = await postedForm(c, deps, (notice) => list(c, notice))
    if (form instanceof Response) return form
    if (!c.get('admitted').rights.can('admin'))
      return c.html(html(<MessagePage view={c.get('view')} text={say.onlyAdmins} />), 403)
    const [page, name] = [form.get('page') ?? '', form.get('name') ?? '']
    c.get('noted').action = `remove subscriber ${name} of ${page}`
    const isRemoved = slugs.includes(page) && (await removeSubscriber(page, name, deps.io()))
    if (!isRemoved) return c.html(await list(c, { text: say.notThere, tone: 'bad' }), 409)
    return c.html(await list(c, { text: say.removed, tone: 'good' }))
  })

  return routes
}
