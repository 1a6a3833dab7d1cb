import type { Silence } from '../../incidents/pause/silence.ts'
import { keepSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { applySilences } from '../pauses/apply-silences.ts'
import { tellSilence } from '../regions/tell-silence.ts'

/**
 * Keeps a silence, and has what it covers be quiet at once, in every region. One that is kept already stays as it is. Resolves with the
 * regions that could not be told. Rejects when a table does.
 */
export async function makeSilence(silence: Silence, io: EngineIo): Promise<string[]> {
  await keepSilence(silence, io)
  const [missed] = await Promise.all([tellSilence(silence, io), applySilences([silence], io)])
  return missed
}
