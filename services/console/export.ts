import type { IncidentView } from '../../shared/engine/console/view-incident.ts'
import { viewPostMortem } from '../../shared/engine/console/view-post-mortem.ts'
import { titleIn } from '../../shared/messages/facts.ts'
import { postMortem } from '../../shared/messages/post-mortem.ts'
import { wholeResource } from './api/resources.ts'
import type { ConsoleDeps } from './deps.ts'
import { vendorsLate } from './vendors.ts'
import type { View } from './view.ts'

/** An incident as a file: Markdown for people to write on, or JSON with all that is known, what each vantage saw around it included. */
export async function exported(
  seen: IncidentView,
  format: 'md' | 'json',
  view: Pick<View, 'language' | 'timezone' | 'now'>,
  deps: Pick<ConsoleDeps, 'io'>,
): Promise<Response> {
  const { incident, timeline, changes } = seen
  const [known, vendors] = await Promise.all([viewPostMortem(seen, view.now, deps.io()), vendorsLate()])
  const title = `#${incident.number} ${incident.projectTitle} / ${titleIn(view.language, incident)}`
  const body =
    format === 'md'
      ? `${postMortem(incident, timeline, known.series, { ...view, title, channels: vendors, changes })}\n`
      : JSON.stringify({ ...wholeResource(seen, vendors, view), ...known }, null, 2)
  const type = format === 'md' ? 'text/markdown; charset=utf-8' : 'application/json'
  const disposition = `attachment; filename="incident-${incident.number}.${format}"`
  return new Response(body, { headers: { 'content-type': type, 'content-disposition': disposition } })
}
