import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { isLettered, type LetteredQueue } from '../../shared/contracts/queues.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { knownAt } from '../../shared/engine/console/known-at.ts'
import { isBy, viewAudit } from '../../shared/engine/console/view-audit.ts'
import { viewRegions } from '../../shared/engine/console/view-regions.ts'
import { auditWords } from '../../shared/messages/console/audit.ts'
import { queueWords } from '../../shared/messages/console/queues.ts'
import { canaryIn } from '../../shared/store/canary.ts'
import { readVantages } from '../../shared/store/vantages.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import type { Notice } from './pages/layout.tsx'
import { MessagePage } from './pages/message.tsx'
import { pageOf } from './pages/paging.tsx'
import { AuditPage } from './pages/system/audit-page.tsx'
import { LettersPage, QueuesPage } from './pages/system/queues-page.tsx'
import { RegionsPage } from './pages/system/regions-page.tsx'
import { postedForm } from './posted-form.tsx'
import { subscribersRoutes } from './subscribers.tsx'
import { vendorsLate } from './vendors.ts'

/** What is below `/system`: Fenghuo's own queues and regions, and who did what. */
export function systemRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()

  routes.get('/', (c) => c.redirect('/system/queues', 303))

  routes.get('/queues', async (c) => {
    const io = deps.io()
    const [depths, records, canary] = await Promise.all([
      deps
        .queueDesk()
        .then((desk) => desk.depths())
        .catch((error: unknown) => {
          io.log({ level: 'error', event: 'queues not measured', error: String(error) })
          return undefined
        }),
      readVantages(Object.values(deps.config.vantages), io),
      canaryIn(io),
    ])
    const heard = records.map(({ state }) => state.heardAt)
    const taken = heard.length === 0 ? undefined : Math.max(...heard)
    return c.html(html(<QueuesPage view={c.get('view')} depths={depths} taken={taken} through={canary?.at} />))
  })

  const letters = async (c: Context<Env>, queue: LetteredQueue, notice?: Notice) => {
    const seen = await (await deps.queueDesk()).look(queue)
    const { rights, program } = c.get('admitted')
    // A token may lie around, and secrets are left out as far as they are known.
    const may = { mayRead: program === undefined, maySendBack: rights.can('admin') }
    return html(<LettersPage view={c.get('view')} queue={queue} {...seen} {...may} notice={notice} />)
  }

  routes.get('/queues/:queue', async (c) => {
    const queue = c.req.param('queue')
    return isLettered(queue) ? c.html(await letters(c, queue)) : c.notFound()
  })

  routes.post('/queues/:queue', async (c) => {
    const queue = c.req.param('queue')
    if (!isLettered(queue)) return c.notFound()
    const form = await postedForm(c, deps, (notice) => letters(c, queue, notice))
    if (form instanceof Response) return form
    const say = queueWords[c.get('view').language]
    const refuse = async (text: string, status: 403 | 409 | 503) =>
      c.html(await letters(c, queue, { text, tone: 'bad' }), status)
    if (!c.get('admitted').rights.can('admin')) return refuse(say.onlyAdmins, 403)
    const id = form.get('id') ?? ''
    c.get('noted').action = `send back ${id} of ${queue}`
    const done = await deps
      .queueDesk()
      .then((desk) => desk.sendBack(queue, id === 'all' ? 'all' : { id }))
      .catch((error: unknown) => {
        deps.io().log({ level: 'error', event: 'dead letters not sent back', error: String(error) })
        return undefined
      })
    if (done === undefined) return refuse(say.failed, 503)
    if (done.sent === 0) return refuse(say.notThere, 409)
    return c.html(await letters(c, queue, { text: say.sentBack(done.sent), tone: 'good' }))
  })

  routes.route('/subscribers', subscribersRoutes(deps))

  routes.get('/regions', async (c) =>
    c.html(html(<RegionsPage view={c.get('view')} regions={await viewRegions(deps.config.vantages, deps.io())} />)),
  )

  routes.get('/audit', async (c) => {
    const view = c.get('view')
    const say = auditWords[view.language]
    if (!c.get('admitted').rights.can('admin'))
      return c.html(html(<MessagePage view={view} text={say.onlyAdmins} />), 403)
    const today = dayOf(view.now)
    const asked = c.req.query('day') ?? ''
    const day = isDay(asked) && Date.parse(asked) < view.now ? asked : today
    const who = (c.req.query('who') ?? '').trim().slice(0, WHO_CHARACTERS)
    const seen = await viewAudit(Date.parse(day), deps.io())
    const those = seen.deeds.filter((deed) => isBy(deed, who))
    const { shown: deeds, page, pages } = pageOf(those, AUDIT_PAGE, c.req.query('page'))
    const shown = {
      view,
      day,
      before: dayOf(seen.before),
      after: day === today ? undefined : dayOf(seen.after),
      who,
      deeds: await Promise.all(deeds.map(async (deed) => ({ deed, at: await knownAt(deed, deps.directory) }))),
      isAll: seen.isAll,
      hasOlder: seen.hasOlder,
      page,
      pages,
      vendors: await vendorsLate(),
    }
    return c.html(html(<AuditPage {...shown} />))
  })

  return routes
}

/** So many deeds stand on one page. */
const AUDIT_PAGE = 50
const WHO_CHARACTERS = 100

/** Some engines take the 31st of each month. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && dayOf(at) === text
}

function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10)
}
