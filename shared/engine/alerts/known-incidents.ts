import { STORM_KEY } from '../../contracts/storm.ts'
import { type Incident, incidentShape } from '../../incidents/incident.ts'
import { incidentKey } from '../../store/keys.ts'
import { statesIn } from '../../store/shape.ts'
import type { Row, RowKey } from '../../store/table.ts'
import type { EngineIo } from '../io.ts'

/** What was just read of a project's incidents; one that cannot be read has a row and is no incident. */
export interface Known {
  rowOf(groupKey: string): Row | undefined
  incidentOf(groupKey: string): Incident | undefined
}

/** Reads the incidents of these keys, and that of the project's storm. */
export async function readKnown(project: string, groupKeys: string[], io: EngineIo): Promise<Known> {
  return knownBy(project, await io.incidents.getMany(rowKeysOf(project, groupKeys)), io)
}

/** The keys of the rows of these incidents, and of that of the project's storm. */
export function rowKeysOf(project: string, groupKeys: string[]): RowKey[] {
  return [...new Set([STORM_KEY, ...groupKeys])].map((groupKey) => incidentKey({ project, groupKey }))
}

/** Makes the incidents of a project of their rows; rows of other items are passed over. One that cannot be read is told in the log. */
export function knownBy(project: string, rows: Row[], { incidents, log }: EngineIo): Known {
  const pkOf = (groupKey: string) => incidentKey({ project, groupKey }).pk
  const byName = new Map(rows.map((row) => [row.pk, row]))
  const ofIncidents = rows.filter(({ sk }) => sk === incidentKey({ project, groupKey: STORM_KEY }).sk)
  const states = new Map(statesIn(ofIncidents, incidentShape, incidents, log).map(({ row, state }) => [row.pk, state]))
  return { rowOf: (groupKey) => byName.get(pkOf(groupKey)), incidentOf: (groupKey) => states.get(pkOf(groupKey)) }
}
