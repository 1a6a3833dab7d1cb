import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { listIncidentsUntil } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'

/** Some incidents, the newest first; `next` leads to those after them. */
export interface ListView {
  incidents: Incident[]
  next?: string
}

/** Where a list goes on: after this one. */
interface After {
  openedAt: Instant
  number: number
}

/**
 * Reads a page of a list of incidents, after the one that `cursor` names: what has come since then moves nothing. Undefined for a cursor
 * that is none. Rejects when the table does.
 */
export async function viewList(
  which: 'open' | 'resolved',
  limit: number,
  cursor: string | undefined,
  io: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<ListView | undefined> {
  const read = cursor === undefined ? undefined : /^(\d{1,15})-(\d{1,15})$/.exec(cursor)
  if (read === null) return undefined
  const after = read && { openedAt: Number(read[1]), number: Number(read[2]) }
  // Of those that began in one moment the table has no order: they are looked at together.
  for (let asked = limit + 2; ; asked *= 2) {
    const { incidents, isAll } = await listIncidentsUntil(which, asked, after?.openedAt, io)
    const oldest = incidents.at(-1)?.openedAt ?? 0
    const rest = incidents
      .filter((one) => (isAll || one.openedAt > oldest) && (after === undefined || comesAfter(one, after)))
      .toSorted((a, b) => b.openedAt - a.openedAt || b.number - a.number)
    const last = rest[limit - 1]
    if (last !== undefined && rest.length > limit)
      return { incidents: rest.slice(0, limit), next: `${last.openedAt}-${last.number}` }
    if (isAll) return { incidents: rest }
  }
}

function comesAfter({ openedAt, number }: Incident, after: After): boolean {
  return openedAt < after.openedAt || (openedAt === after.openedAt && number < after.number)
}
