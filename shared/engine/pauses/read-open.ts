import type { Incident } from '../../incidents/incident.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'

/** More of them inhibit nothing, and meet what silences or inhibits them at their own steps. */
const MOST_OPEN = 5_000

/** The incidents that are not over, as of a moment ago: an index lists them. */
export function readOpen(io: Pick<EngineIo, 'incidents' | 'log'>): Promise<Incident[]> {
  return listIncidents('open', MOST_OPEN, io)
}
