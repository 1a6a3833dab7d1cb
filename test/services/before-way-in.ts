import type { ConsoleDeps } from '../../services/console/deps.ts'
import { PathWorld } from '../engine/world.ts'
import { request, WayIn } from '../ingest/requests.ts'

/** What a console is in front of: a way in that answers, except what `lose` says, of each request in turn. */
export function beforeWayIn(lose: boolean[] = []) {
  const world = new PathWorld()
  const way = new WayIn()
  way.now = world.now
  const fetch: ConsoleDeps['fetch'] = async (url, { body, headers }) => {
    const { status, body: said } = await way.take(
      request(url, String(body), { headers: headers as Record<string, string> }),
    )
    if (lose.shift()) throw new Error('fetch failed', { cause: { code: 'ETIMEDOUT' } })
    return Response.json(said, { status })
  }
  // What the way in writes down of whom it has heard, the console reads.
  const io = () => ({ ...world.io(), checks: way.table })
  return { world, way, deps: { io, fetch } }
}
