import type { Instant } from '../contracts/words.ts'
import { type Incident, type IncidentEffect, incidentShape } from '../incidents/incident.ts'
import type { IncidentReference } from '../incidents/reference.ts'
import { type TimelineEntry, timelineShape } from '../incidents/timeline-entry.ts'
import type { StoreIo } from './io.ts'
import type { Item } from './item.ts'
import { incidentKey, numberKey, pastKey, timelinePrefix } from './keys.ts'
import { numberShape, waitingLines, waitingPast } from './records.ts'
import { heldIn, leftOut, stateIn, statesIn } from './shape.ts'
import type { RowKey, Table } from './table.ts'

/** So many incidents of each list are looked through for a number that is less than a minute old. */
const LISTED = 100

/** What reads many items goes on without those that nobody can read, and says so in the log. */
type ListIo = Pick<StoreIo, 'incidents' | 'log'>

/** An incident as it is now, in its newest generation; undefined when there never was one of this key. Rejects if it cannot be read. */
export async function readIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  table: Table,
): Promise<Incident | undefined> {
  return stateIn(await table.get(incidentKey(of)), incidentShape, table)
}

/**
 * The incident that has a short number, be it over for long and its trouble back under another number; undefined if the number was
 * never given, or is forgotten.
 */
export async function incidentOfNumber(number: number, io: ListIo): Promise<Incident | undefined> {
  const pointer = stateIn(await io.incidents.get(numberKey(number)), numberShape, io.incidents)
  // The pointer is written with what follows the opening: until then the lists know.
  if (pointer === undefined) return (await newest(io)).find((one) => one.number === number)
  const { pk, sk, generation } = pointer
  const incident = await generationOf({ pk, sk }, generation, io.incidents)
  return incident?.number === number ? incident : undefined
}

async function newest(io: ListIo): Promise<Incident[]> {
  const lists = await Promise.all([listIncidents('open', LISTED, io), listIncidents('resolved', LISTED, io)])
  return lists.flat()
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

/** The newest generations of an incident, the newest first; none when there never was one. Kept ones that nobody can read are left out. */
export async function newestGenerations(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  count: number,
  io: ListIo,
): Promise<Incident[]> {
  const key = incidentKey(of)
  const { state: newest, outbox } = await readItem(key, io.incidents)
  if (newest === undefined) return []
  const before = Array.from({ length: count - 1 }, (_, back) => newest.generation - 1 - back).filter((one) => one > 0)
  const rows = await io.incidents.getMany(before.map((generation) => pastKey(key, generation)))
  const kept = statesIn(rows, incidentShape, io.incidents, io.log).map(({ state }) => state)
  const waiting = waitingPast(outbox, newest.generation - 1)
  const isWaiting = waiting !== undefined && !kept.some(({ generation }) => generation === waiting.generation)
  const past = isWaiting ? [waiting, ...kept] : kept
  return [newest, ...past.toSorted((one, other) => other.generation - one.generation)]
}

/** One generation of the item at `key`: the newest, or one that is kept beside it. */
async function generationOf(key: RowKey, generation: number, table: Table): Promise<Incident | undefined> {
  // The kept one is looked for last: what leaves the item in between is written by then.
  const { state: newest, outbox } = await readItem(key, table)
  if (newest === undefined || newest.generation < generation) return undefined
  if (newest.generation === generation) return newest
  const kept = stateIn(await table.get(pastKey(key, generation)), incidentShape, table)
  return kept ?? waitingPast(outbox, generation)
}

async function readItem(key: RowKey, table: Table): Promise<Pick<Item<Incident, IncidentEffect>, 'state' | 'outbox'>> {
  const { state, outbox = [] } = heldIn<Incident, IncidentEffect>(await table.get(key), incidentShape, table) ?? {}
  return { state, outbox }
}

/** Incidents of a kind, newest first; a list may lag behind by a moment. */
export async function listIncidents(which: 'open' | 'resolved', limit: number, io: ListIo): Promise<Incident[]> {
  return (await listIncidentsUntil(which, limit, undefined, io)).incidents
}

/** The same of those that were opened at or before a time, and whether these are all of them. */
export async function listIncidentsUntil(
  which: 'open' | 'resolved',
  limit: number,
  until: Instant | undefined,
  io: ListIo,
): Promise<{ incidents: Incident[]; isAll: boolean }> {
  const rows = await io.incidents.listed(which, limit, until)
  const incidents = statesIn(rows, incidentShape, io.incidents, io.log).map(({ state }) => state)
  return { incidents, isAll: rows.length < limit }
}

/** An incident's history, oldest first; one generation, or all. Its newest lines may still be in the incident's own item. */
export async function readTimeline(
  of: Pick<IncidentReference, 'project' | 'groupKey'> & { generation?: number },
  io: ListIo,
): Promise<TimelineEntry[]> {
  const key = incidentKey(of)
  const prefix = timelinePrefix(of.generation)
  // The item is read first: a line that leaves it in between is written by then.
  const item = await readItem(key, io.incidents).catch((error: unknown) => leftOut(error, io.log))
  const waiting = [...waitingLines(key, item?.outbox ?? [])].filter(([sk]) => sk.startsWith(prefix))
  const rows = await io.incidents.query(key.pk, prefix)
  const written = statesIn(rows, timelineShape, io.incidents, io.log)
  const lines = new Map([...written.map(({ row, state }): [string, TimelineEntry] => [row.sk, state]), ...waiting])
  return [...lines].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry)
}
