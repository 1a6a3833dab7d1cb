import type { Context } from 'hono'
import { sentHere } from '../../shared/engine/regions/sent-here.ts'
import { consoleSentWords } from '../../shared/messages/console/sent.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { lastKnown } from './last-known.ts'
import { MessagePage } from './pages/message.tsx'

/**
 * Makes what leads whoever comes by another region's message to the page that its incident has here, as was known while the table does not
 * answer; undefined: the number is this region's own. Rejects when the table does, and nothing was known.
 */
export function leadsElsewhere(deps: Pick<ConsoleDeps, 'io'>) {
  const read = lastKnown((of: string) => sentHere(of, deps.io()), deps)
  return async (c: Context<Env>, number: string, of: string) => {
    const { value: sent } = await read(of)
    if (sent === undefined) return undefined
    const { from, own, incident } = sent
    if (incident !== undefined && c.get('admitted').rights.can('viewer', incident.project))
      return c.redirect(`/incidents/${incident.number}`, 303)
    const view = c.get('view')
    const text = consoleSentWords[view.language].notHeard(number, from, own)
    return c.html(html(<MessagePage view={view} text={text} />), 404)
  }
}
