import type { Instant } from '../../contracts/words.ts'
import { isLifeOf } from '../../incidents/duty/same-life.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { Pause } from '../../incidents/pause/pause.ts'
import { parseReference } from '../../incidents/reference.ts'
import { readIncident } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'

/** What is merged looks so often whether the other one still goes on, ms: it pages within a minute of its end. */
const JUDGED_AFTER_MS = 60_000

/** One may have been merged into another that was merged itself; more than so many is a circle. */
const MOST_STEPS = 10

type Merged = Pick<Incident, 'mergedInto'>

/** The pauses of those of some incidents that somebody has merged into another; of all others nothing is read. */
export async function mergedPauses(
  asked: Merged[],
  now: Instant,
  io: Pick<EngineIo, 'incidents'>,
): Promise<Map<unknown, Pause>> {
  const merged = asked.flatMap((one) => (one.mergedInto === undefined ? [] : [{ one, into: one.mergedInto }]))
  const found = await Promise.all(merged.map(async ({ one, into }) => [one, await mergedPause(into, now, io)] as const))
  return new Map(found.flatMap(([one, pause]) => (pause === undefined ? [] : [[one, pause] as const])))
}

/**
 * The pause of an incident that somebody has merged into another, while that one, or whatever that was merged into, is not over. Of some
 * that were merged in a circle none pauses. Rejects when the table does.
 */
async function mergedPause(
  mergedInto: NonNullable<Merged['mergedInto']>,
  now: Instant,
  io: Pick<EngineIo, 'incidents'>,
): Promise<Pause | undefined> {
  let next: Merged['mergedInto'] = mergedInto
  for (let step = 0; next !== undefined && step < MOST_STEPS; step++) {
    const { generation, ...of } = parseReference(next.incident)
    const into: Incident | undefined = await readIncident(of, io.incidents)
    const { region } = next
    const isThat = into !== undefined && isLifeOf(into, { generation, ...(region !== undefined && { region }) })
    if (!isThat || into.status === 'resolved') return undefined
    if (into.mergedInto === undefined)
      return {
        cause: { code: 'merged', args: { number: into.number, by: mergedInto.by } },
        until: now + JUDGED_AFTER_MS,
      }
    next = into.mergedInto
  }
  return undefined
}
