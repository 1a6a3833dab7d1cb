import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import {
  type Impact,
  impacts,
  POST_CHARACTERS,
  type PostState,
  postStates,
} from '../../shared/contracts/status-page.ts'
import { eachOnce } from '../../shared/contracts/words.ts'
import { viewIncident } from '../../shared/engine/console/view-incident.ts'
import { noteUpdate, pagesOf, postUpdate } from '../../shared/engine/status/post-update.ts'
import { viewTold } from '../../shared/engine/status/view-told.ts'
import { signInWords } from '../../shared/messages/console/sign-in.ts'
import { outsidersWords } from '../../shared/messages/outsiders.ts'
import { readableIncident } from './access/readable.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import type { Notice } from './pages/layout.tsx'
import { MessagePage } from './pages/message.tsx'
import { OutsidersPage } from './pages/outsiders.tsx'
import { postedForm } from './posted-form.tsx'

/** What is below `/incidents/1024/outsiders`: what outsiders were told of it, and a form to tell them more. */
export function outsidersRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  const pages = deps.config.status ?? {}

  const look = async (c: Context<Env>) => {
    const number = c.req.param('number') ?? ''
    const seen = await viewIncident(Number(number), deps.config, deps.io())
    return readableIncident(seen, c.get('admitted').rights)?.incident
  }

  const nothing = (c: Context<Env>) =>
    c.html(html(<MessagePage view={c.get('view')} text={c.get('view').say.notFound} />), 404)

  routes.get('/', async (c) => {
    const view = c.get('view')
    const incident = await look(c)
    if (incident === undefined) return nothing(c)
    const told = await viewTold(incident, pages, deps.io())
    const isDone = c.req.query('done') !== undefined
    const notice: Notice | undefined = isDone ? { text: outsidersWords[view.language].done, tone: 'good' } : undefined
    return c.html(html(<OutsidersPage view={view} incident={incident} told={told} notice={notice} />))
  })

  routes.post('/', async (c) => {
    const view = c.get('view')
    const incident = await look(c)
    if (incident === undefined) return nothing(c)
    const show = async (notice: Notice, form: URLSearchParams) => {
      const told = await viewTold(incident, pages, deps.io())
      const written = writtenIn(form)
      return html(<OutsidersPage view={view} incident={incident} told={told} notice={notice} written={written} />)
    }
    const form = await postedForm(c, deps, show)
    if (form instanceof Response) return form
    const refuse = async (text: string, status: 400 | 403 | 409) =>
      c.html(await show({ text, tone: 'bad' }, form), status)
    const written = writtenIn(form)
    const { rights, person } = c.get('admitted')
    const say = outsidersWords[view.language]
    if (!rights.can('responder', incident.project)) return refuse(signInWords[view.language].mayNot, 403)
    const { zh, en } = written
    const text = { ...(zh && { zh }), ...(en && { en }) }
    const all = Object.values(text)
    if (all.length === 0) return refuse(say.empty, 400)
    if (all.some((one) => one.length > POST_CHARACTERS)) return refuse(say.long(POST_CHARACTERS), 400)
    const state = postStates.find((one): one is PostState => one === written.state)
    const impact = impacts.find((one): one is Impact => one === written.impact)
    const update = { text, ...(state && { state }), ...(impact && { impact }) }
    Object.assign(c.get('noted'), { action: 'outsiders told', changes: eachOnce(text) })
    const posted = await postUpdate(incident, update, pagesOf(incident, pages), deps.io())
    if (posted.length === 0) return refuse(say.nowhere, 409)
    await noteUpdate(incident, { posted, text, by: person?.name ?? view.name ?? 'console' }, deps.io())
    return c.redirect(`${c.req.path}?done=1`, 303)
  })

  return routes
}

const fields = ['zh', 'en', 'state', 'impact'] as const

function writtenIn(form: URLSearchParams): Record<(typeof fields)[number], string> {
  const all = fields.map((name) => [name, form.get(name)?.trim() ?? ''])
  return Object.fromEntries(all) as Record<(typeof fields)[number], string>
}
