import type { Silence } from '../../incidents/pause/silence.ts'
import { keepSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { applySilences } from '../pauses/apply-silences.ts'

/** Keeps a silence, and has what it covers be quiet at once. One that is kept already stays as it is. Rejects when a table does. */
export async function makeSilence(silence: Silence, io: EngineIo): Promise<void> {
  await keepSilence(silence, io)
  await applySilences([silence], io)
}
