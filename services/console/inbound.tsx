import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { mapAtMost } from '../../shared/contracts/at-most.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { inboundPageWords } from '../../shared/messages/console/inbound.ts'
import { signInWords } from '../../shared/messages/console/sign-in.ts'
import { readSeen } from '../../shared/store/inbound.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { inboundGuides } from './inbound-guides.data.ts'
import { FormatPage } from './pages/inbound/format-page.tsx'
import { ReceiverPage, ReceiversPage } from './pages/inbound/list-page.tsx'
import type { Notice } from './pages/layout.tsx'
import { MessagePage } from './pages/message.tsx'
import { postedForm } from './posted-form.tsx'
import { type InboundGuide, tryOut, untried } from './try-inbound.ts'

/** Projects that are asked for side by side. */
const AT_ONCE = 8

/** What is below `/inbound`: the ways in of each project, how their senders are set up, and a test of each. */
export function inboundRoutes(deps: ConsoleDeps): Hono<Env> {
  const { config, inbound } = deps
  const routes = new Hono<Env>()
  const receiver = async (name: string) => {
    const { title = name, severity = 'critical', inbound: options = {} } = ownProperty(config.projects, name) ?? {}
    return { name, title, severity, options, seen: await readSeen(name, deps.io()) }
  }
  const isReadable = (c: Context<Env>, project: string) =>
    ownProperty(config.projects, project) !== undefined && c.get('admitted').rights.can('viewer', project)
  const nothing = (c: Context<Env>) =>
    c.html(html(<MessagePage view={c.get('view')} text={c.get('view').say.notFound} />), 404)

  routes.get('/', async (c) => {
    const names = Object.keys(config.projects).filter((name) => isReadable(c, name))
    const projects = await mapAtMost(AT_ONCE, names, receiver)
    return c.html(html(<ReceiversPage view={c.get('view')} projects={projects} />))
  })

  routes.get('/:project', async (c) => {
    const name = c.req.param('project')
    if (!isReadable(c, name)) return nothing(c)
    return c.html(html(<ReceiverPage view={c.get('view')} project={await receiver(name)} />))
  })

  async function formatPage(c: Context<Env>, name: string, guide: InboundGuide, notice?: Notice): Promise<string> {
    const { options, ...project } = await receiver(name)
    const shown = { ...project, hasOptions: Object.hasOwn(options, guide.format) }
    const way = { url: inbound.url, key: inbound.keyOf?.(name) }
    return html(<FormatPage view={c.get('view')} project={shown} guide={guide} {...way} notice={notice} />)
  }

  routes.get('/:project/:format', async (c) => {
    const { project, format } = c.req.param()
    const guide = inboundGuides.find((one) => one.format === format)
    return guide === undefined || !isReadable(c, project) ? nothing(c) : c.html(await formatPage(c, project, guide))
  })

  routes.post('/:project/:format', async (c) => {
    const view = c.get('view')
    const { project: name, format } = c.req.param()
    const guide = inboundGuides.find((one) => one.format === format)
    if (guide === undefined || !isReadable(c, name)) return nothing(c)
    const show = (notice: Notice) => formatPage(c, name, guide, notice)
    const refuse = async (text: string, status: 400 | 403 | 502) => c.html(await show({ text, tone: 'bad' }), status)
    const form = await postedForm(c, deps, show)
    if (form instanceof Response) return form
    if (!c.get('admitted').rights.can('responder', name)) return refuse(signInWords[view.language].mayNot, 403)
    const say = inboundPageWords[view.language]
    const { severity = 'critical', inbound: options = {} } = ownProperty(config.projects, name) ?? {}
    const why = untried(guide, { hasOptions: Object.hasOwn(options, format) })
    if (why !== undefined) return refuse(say[why], 400)
    const wakes = guide.wakes[severity]
    if (wakes !== undefined && form.get('sure') !== 'yes') return refuse(say.wakes(wakes), 400)
    const key = inbound.keyOf?.(name) ?? form.get('key')?.trim()
    if (!key) return refuse(say.noKey, 400)
    c.get('noted').action = `test ${format}`
    const sent = await tryOut(guide, { key, url: inbound.url, text: inboundPageWords[config.language].sample }, deps)
    const { last, isOpen } = sent
    const told =
      'lost' in last ? say.noAnswer(last.lost) : say[last.isTaken ? 'taken' : 'refused'](last.status, last.answer)
    if (isOpen) return refuse(`${told} ${say.open}`, 502)
    if ('lost' in last || !last.isTaken) return refuse(told, 502)
    return c.html(await show({ text: told, tone: 'good' }))
  })

  return routes
}
