import type { Context } from 'hono'
import type { ConsoleDeps, Env } from './deps.ts'
import { isFormToken, isOwnPage } from './guard.ts'
import { html } from './html.ts'
import type { Notice } from './pages/layout.tsx'
import { MessagePage } from './pages/message.tsx'

/**
 * What a page of ours has sent, or the answer to whoever sent anything else; `show` makes the page as it is, with what is said at its top,
 * and with what was written.
 */
export async function postedForm(
  c: Context<Env>,
  deps: Pick<ConsoleDeps, 'originFor' | 'secret'>,
  show: (notice: Notice, form: URLSearchParams) => Promise<string>,
): Promise<URLSearchParams | Response> {
  const { say } = c.get('view')
  if (!isOwnPage(c.req.raw.headers, deps.originFor(c.req.header('host') ?? '')))
    return c.html(html(<MessagePage view={c.get('view')} text={say.notForeign} />), 403)
  const form = new URLSearchParams(await c.req.text())
  if (isFormToken(form.get('t') ?? '', deps.secret, c.get('session'), c.req.path)) return form
  return c.html(await show({ text: say.expiredForm, tone: 'bad' }, form), 403)
}
