import type { Incident } from '../../incidents/incident.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'

/** So many of the newest are listed. */
const MOST = 500

/** Some incidents, the newest first; `next` leads to those after them. */
export interface ListView {
  incidents: Incident[]
  next?: string
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
  const after = cursor === undefined ? undefined : /^(\d{1,15})-(\d{1,15})$/.exec(cursor)
  if (after === null) return undefined
  const [openedAt, number] = [Number(after?.[1]), Number(after?.[2])]
  const all = (await listIncidents(which, MOST, io)).toSorted((a, b) => b.openedAt - a.openedAt || b.number - a.number)
  const rest =
    after === undefined
      ? all
      : all.filter((one) => one.openedAt < openedAt || (one.openedAt === openedAt && one.number < number))
  const incidents = rest.slice(0, limit)
  const last = incidents.at(-1)
  if (last === undefined || rest.length <= limit) return { incidents }
  return { incidents, next: `${last.openedAt}-${last.number}` }
}
