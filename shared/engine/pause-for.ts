import type { Instant } from '../contracts/words.ts'
import type { Matched } from '../incidents/pause/matcher.ts'
import type { Pause } from '../incidents/pause/pause.ts'
import { silencePause } from '../incidents/pause/silence.ts'
import { readSilences } from '../store/silences.ts'
import type { EngineIo } from './io.ts'

/** Says of an incident whether it is to page nobody now, and why. */
export type Pauses = (incident: Matched) => Pause | undefined

/** Reads what may pause incidents as of now. Rejects when the table does: whoever asks is asked again. */
export async function readPauses(now: Instant, io: Pick<EngineIo, 'incidents' | 'log'>): Promise<Pauses> {
  const silences = await readSilences(io)
  return (incident) => silencePause(silences, incident, now)
}
