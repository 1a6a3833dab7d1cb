import type { Incident, TimelineEntry } from '../incidents/incident.ts'
import type { IncidentReference } from '../incidents/reference.ts'
import { stateOf } from './apply.ts'
import { incidentKey, numberKey, pastKey, timelinePrefix } from './keys.ts'
import { type NumberPointer, waitingLines, waitingPast } from './records.ts'
import type { RowKey, Table } from './table.ts'

/** So many open incidents are looked through for a number that is a few seconds old. */
const LISTED = 100

/** An incident as it is now, in its newest generation; undefined when there never was one of this key. */
export function readIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  table: Table,
): Promise<Incident | undefined> {
  return stateOf<Incident>(table, incidentKey(of))
}

/**
 * The incident that has a short number, be it over for long and its trouble back under another number; undefined if the number was
 * never given, or is forgotten.
 */
export async function incidentOfNumber(number: number, table: Table): Promise<Incident | undefined> {
  const row = await table.get(numberKey(number))
  // The pointer is written with what follows the opening: until then the list knows.
  if (row?.state === undefined) return (await listIncidents('open', LISTED, table)).find((one) => one.number === number)
  const { pk, sk, generation } = JSON.parse(row.state) as NumberPointer
  const incident = await generationOf({ pk, sk }, generation, table)
  return incident?.number === number ? incident : undefined
}

/** The generations just before and after one, as far as they exist and are remembered. */
export async function neighboursOf(
  { generation, ...of }: Incident,
  table: Table,
): Promise<{ before: Incident | undefined; after: Incident | undefined }> {
  const key = incidentKey(of)
  const [before, after] = await Promise.all([
    generation > 1 ? generationOf(key, generation - 1, table) : undefined,
    generationOf(key, generation + 1, table),
  ])
  return { before, after }
}

/** One generation of the item at `key`: the newest, or one that is kept beside it. */
async function generationOf(key: RowKey, generation: number, table: Table): Promise<Incident | undefined> {
  // The kept one is looked for last: what leaves the item in between is written by then.
  const item = await table.get(key)
  const newest = item?.state === undefined ? undefined : (JSON.parse(item.state) as Incident)
  if (newest === undefined || newest.generation < generation) return undefined
  if (newest.generation === generation) return newest
  const kept = await table.get(pastKey(key, generation))
  if (kept?.state !== undefined) return JSON.parse(kept.state) as Incident
  return item && waitingPast(item, generation)
}

/** Incidents of a kind, newest first; a list may lag behind by a moment. */
export async function listIncidents(which: 'open' | 'resolved', limit: number, table: Table): Promise<Incident[]> {
  const rows = await table.listed(which, limit)
  return rows.flatMap((row) => (row.state === undefined ? [] : [JSON.parse(row.state) as Incident]))
}

/** An incident's history, oldest first; one generation, or all. Its newest lines may still be in the incident's own item. */
export async function readTimeline(
  of: Pick<IncidentReference, 'project' | 'groupKey'> & { generation?: number },
  table: Table,
): Promise<TimelineEntry[]> {
  const prefix = timelinePrefix(of.generation)
  // The item is read first: a line that leaves it in between is written by then.
  const item = await table.get(incidentKey(of))
  const waiting = item === undefined ? [] : waitingLines(item).filter(({ sk }) => sk.startsWith(prefix))
  const written = await table.query(incidentKey(of).pk, prefix)
  const lines = new Map([...written, ...waiting].map((row) => [row.sk, row]))
  const inOrder = [...lines.values()].sort((one, other) => (one.sk < other.sk ? -1 : 1))
  return inOrder.flatMap((row) => (row.state === undefined ? [] : [JSON.parse(row.state) as TimelineEntry]))
}
