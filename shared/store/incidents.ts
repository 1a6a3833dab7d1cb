import type { Incident, TimelineEntry } from '../incidents/incident.ts'
import type { IncidentReference } from '../incidents/reference.ts'
import { stateOf } from './apply.ts'
import { incidentKey, numberKey, timelinePrefix } from './keys.ts'
import { waitingLines } from './records.ts'
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

/** The incident that has a short number, or undefined if the number was never given or its incident has moved on. */
export async function incidentOfNumber(number: number, table: Table): Promise<Incident | undefined> {
  const row = await table.get(numberKey(number))
  // The pointer is written with what follows the opening: until then the list knows.
  if (row?.state === undefined) return (await listIncidents('open', LISTED, table)).find((one) => one.number === number)
  const incident = await stateOf<Incident>(table, JSON.parse(row.state) as RowKey)
  return incident?.number === number ? incident : undefined
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
