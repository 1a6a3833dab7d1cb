import { STORM_KEY } from '../contracts/storm.ts'
import { type Incident, incidentShape } from '../incidents/incident.ts'
import { incidentKey } from '../store/keys.ts'
import { statesIn } from '../store/shape.ts'
import type { Row, RowKey } from '../store/table.ts'
import type { EngineIo } from './io.ts'

/** What was just read of a project's incidents; one that cannot be read has a row and is no incident. */
export interface Known {
  rowOf(groupKey: string): Row | undefined
  incidentOf(groupKey: string): Incident | undefined
}

/** Reads the incidents of these keys, and that of the project's storm. */
export async function readKnown(project: string, groupKeys: string[], io: EngineIo): Promise<Known> {
  return knownBy(project, await io.incidents.getMany(rowKeysOf(project, groupKeys)), io)
}

/** Where the incidents of these keys are, and that of the project's storm. */
export function rowKeysOf(project: string, groupKeys: string[]): RowKey[] {
  return [...new Set([STORM_KEY, ...groupKeys])].map((groupKey) => incidentKey({ project, groupKey }))
}

/** What rows say of a project's incidents; rows of other items are none of them. */
export function knownBy(project: string, rows: Row[], { incidents, log }: EngineIo): Known {
  const pkOf = (groupKey: string) => incidentKey({ project, groupKey }).pk
  const byName = new Map(rows.map((row) => [row.pk, row]))
  const ofIncidents = rows.filter(({ sk }) => sk === incidentKey({ project, groupKey: STORM_KEY }).sk)
  const states = new Map(statesIn(ofIncidents, incidentShape, incidents, log).map(({ row, state }) => [row.pk, state]))
  return { rowOf: (groupKey) => byName.get(pkOf(groupKey)), incidentOf: (groupKey) => states.get(pkOf(groupKey)) }
}
