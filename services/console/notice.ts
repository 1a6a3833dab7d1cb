import type { Context } from 'hono'
import type { Env } from './deps.ts'
import { doneNotice } from './outcome.tsx'
import type { Notice } from './pages/layout.tsx'
import type { Incident } from './pages/pieces.tsx'

/** What stands above a page that shows these incidents: from when it is, if it could not be read anew, else what was just done. */
export function noticeOn(c: Context<Env>, incidents: Incident[], oldFrom: number | undefined): Notice | undefined {
  const view = c.get('view')
  if (oldFrom === undefined) return doneNotice(c.req.query(), { view, incidents, back: c.req.path })
  const { say, timezone } = view
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' }).format(oldFrom)
  return { text: say.old(time), tone: 'bad' }
}
