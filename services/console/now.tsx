import type { Hono } from 'hono/tiny'
import { viewNow } from '../../shared/engine/console/view-now.ts'
import { readable, readableProofs } from './access/readable.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { lastKnown } from './last-known.ts'
import { noticeOn } from './notice.ts'
import { NowPage } from './pages/now.tsx'
import { pageOf } from './pages/paging.tsx'
import type { peopleReader } from './people.ts'
import { proofsReader } from './proofs-reader.ts'

/** So many incidents stand on one page. */
const PAGE = 50

/** Adds the page of what burns now. */
export function addNow(app: Hono<Env>, deps: ConsoleDeps, people: ReturnType<typeof peopleReader>): void {
  const now = lastKnown((_: string) => viewNow(deps.config, deps.io()), deps)
  const proofs = lastKnown(proofsReader(deps), deps)
  /** The page of what burns now does not wait for what is there while nothing does. */
  const calm = async () => {
    const { value } = await proofs('').catch(() => ({ value: { inbound: [], channels: [] } }))
    return value
  }

  app.get('/', async (c) => {
    const { rights } = c.get('admitted')
    const all = await now('')
    const seen = { ...all, value: readable(all.value, rights) }
    const page = pageOf(seen.value.open, PAGE, c.req.query('page'))
    const projects = [...new Set(page.shown.map(({ project }) => project))]
    const those = await Promise.all(projects.map(async (project) => [project, await people(project)] as const))
    const notice = noticeOn(c, seen.value.open, seen.oldFrom)
    const isCalm = seen.value.open.length === 0 && !seen.value.hasMore
    const proven = isCalm ? readableProofs(await calm(), rights) : undefined
    const shownNow = {
      view: c.get('view'),
      seen: seen.value,
      people: Object.fromEntries(those),
      ...page,
      notice,
      proven,
    }
    return c.html(html(<NowPage {...shownNow} />))
  })
}
