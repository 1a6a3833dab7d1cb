import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import type { CompiledConsole } from '../../../shared/contracts/compiled-config.ts'
import { askForLink, takeLink, whoseLink } from '../../../shared/engine/sign-in-link.ts'
import { signInWords } from '../../../shared/messages/console/sign-in.ts'
import { signInLinkWords } from '../../../shared/messages/sign-in-link.ts'
import type { ConsoleDeps, Env } from '../deps.ts'
import { html, localPath } from '../html.ts'
import type { Notice } from '../pages/layout.tsx'
import { MessagePage } from '../pages/message.tsx'
import { AskLinkPage, OpenLinkPage } from '../pages/sign-in-link.tsx'
import { postedForm } from '../posted-form.tsx'
import { beginSession } from './begin-session.ts'
import type { CookieJar } from './cookie-jar.ts'
import { knownBrowser } from './known-browser.ts'

/** What is below `/sign-in/link`: a link is asked for, and spent by the button of the page that it opens. */
export function linkRoutes(deps: ConsoleDeps, access: CompiledConsole, jar: CookieJar): Hono<Env> {
  const routes = new Hono<Env>()
  const people = { projects: Object.keys(deps.config.projects), directory: deps.directory, secret: deps.secret }

  const ask = async (c: Context<Env>, back: string, notice?: Notice, who?: string) =>
    html(<AskLinkPage view={c.get('view')} back={back} notice={notice} who={who} />)

  routes.get('/', async (c) => c.html(await ask(c, localPath(c.req.query('back')))))

  routes.post('/', async (c) => {
    const say = signInLinkWords[c.get('view').language]
    const form = await postedForm(c, deps, (notice, written) =>
      ask(c, localPath(written.get('back')), notice, written.get('who') ?? ''),
    )
    if (form instanceof Response) return form
    c.get('noted').action = 'ask for a sign-in link'
    const [who, back] = [form.get('who') ?? '', localPath(form.get('back'))]
    const refuse = async (text: string, status: 429 | 503) =>
      c.html(await ask(c, back, { text, tone: 'bad' }, who), status)
    const url = `${deps.originFor(c.req.header('host') ?? '')}/sign-in/link/open`
    try {
      const browser = knownBrowser(c, { now: deps.io().now(), secret: deps.secret, jar })
      if (!(await askForLink({ who, url, back, source: c.env.source ?? '', browser }, people, deps.io())))
        return refuse(say.tooMany, 429)
    } catch (error) {
      deps.io().log({ level: 'error', event: 'sign-in link not sent', error: String(error) })
      return refuse(say.failed, 503)
    }
    return c.html(await ask(c, back, { text: say.sent, tone: 'good' }))
  })

  // Chats open a link to show what is behind it: looking spends nothing.
  routes.get('/open', async (c) => {
    const link = c.req.query('link') ?? ''
    const name = await whoseLink(link, people, deps.io()).catch(() => undefined)
    return c.html(html(<OpenLinkPage view={c.get('view')} link={link} name={name} />))
  })

  routes.post('/open', async (c) => {
    const view = c.get('view')
    const form = await postedForm(c, deps, async (notice, written) =>
      html(<OpenLinkPage view={view} link={written.get('link') ?? ''} notice={notice} />),
    )
    if (form instanceof Response) return form
    c.get('noted').action = 'sign in by a link'
    const taken = await takeLink(form.get('link') ?? '', c.env.source ?? '', people, deps.io())
    const over = { text: signInLinkWords[view.language].over, tone: 'bad' as const }
    if (taken === undefined) return c.html(await ask(c, '/', over), 403)
    const { contact, name, email, back } = taken
    const claims = {
      ...{ issuer: 'link', subject: contact, name, groups: [], keys: [`contact:${contact}`, 'contact:*'] },
      ...(email !== undefined && { email }),
      contact: { id: contact, name },
    }
    const { person, isLetIn } = await beginSession(c, claims, deps, access, jar)
    if (isLetIn) return c.redirect(back, 303)
    return c.html(html(<MessagePage view={view} text={signInWords[view.language].noRole(person.name)} />), 403)
  })

  return routes
}
