import type { Incident } from '../incidents/incident.ts'
import type { StoreIo } from '../store/io.ts'
import { openingsKey } from '../store/keys.ts'
import { minuteOf } from '../store/storm-members.ts'

/** A storm comes in messages that are taken side by side; so long after its first incident nearly all have asked for their calls, ms. */
const GATHERING_MS = 2_000

/**
 * How long a call about these incidents is put off, ms, because their projects have just opened others, too, which are to be told of in the
 * same call: a storm is one call. 0 for what came alone, for what did not just come, and where the table does not tell.
 */
export async function gatheringMs(about: Incident[], io: Pick<StoreIo, 'incidents' | 'now' | 'log'>): Promise<number> {
  const first = about.toSorted((one, other) => one.openedAt - other.openedAt)[0]
  const left = first === undefined ? 0 : first.openedAt + GATHERING_MS - io.now()
  if (left <= 0) return 0
  const byProject = Map.groupBy(about, ({ project }) => project)
  const counters = [...byProject].map(([project, [one]]) => openingsKey(project, minuteOf(one?.openedAt ?? 0)))
  const rows = await io.incidents.getMany(counters).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'openings not read', error: String(error) })
    return []
  })
  const opened = rows.reduce((all, { count = 0 }) => all + count, 0)
  return opened > about.length ? left : 0
}
