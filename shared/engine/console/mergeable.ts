import type { Incident } from '../../incidents/incident.ts'
import { incidentOfNumber, readIncident } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'

/** Why an incident can't be merged into the one of a number: it is that, there is none, that is over, or merged itself. */
export type Unmergeable =
  | { code: 'itself' | 'unknown' | 'over'; number: number }
  | { code: 'member'; number: number; into: number }

/** The incident of a number, into which another may be merged; one of a project that `mayMerge` denies is none. Rejects when the table does. */
export async function mergeableInto(
  number: number,
  incident: Incident,
  io: Pick<EngineIo, 'incidents' | 'log'>,
  mayMerge: (project: string) => boolean = () => true,
): Promise<{ into: Incident } | { why: Unmergeable }> {
  if (number === incident.number) return { why: { code: 'itself', number } }
  const found = await incidentOfNumber(number, io)
  if (found === undefined || !mayMerge(found.project)) return { why: { code: 'unknown', number } }
  const into = (await readIncident(found, io.incidents)) ?? found
  if (into.generation !== found.generation || into.status === 'resolved') return { why: { code: 'over', number } }
  if (into.mergedInto !== undefined) return { why: { code: 'member', number, into: into.mergedInto.number } }
  return { into }
}
