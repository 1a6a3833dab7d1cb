import type { PeerSilence } from '../../contracts/peer.ts'
import { keepSilence, readSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { applySilences } from '../pauses/apply-silences.ts'
import { countWord, placeOfWord, refused } from './duty.ts'
import { silenceIn } from './seal.ts'

/**
 * Takes a silence as another region has it, one that is over as well: an older word of it may still come. Throws a `Rejection` for what no
 * region of this deployment has said to this one.
 */
export async function takeSilenceWord(message: PeerSilence, io: EngineIo): Promise<void> {
  await placeOfWord(message, io)
  const silence = silenceIn(message)
  if (silence === undefined) throw await refused(message.from, 'not-ours', io)
  const isNew = await keepSilence(silence, io)
  // Each minute brings the newest, too: only an older one is odd.
  const isOld = !isNew && ((await readSilence(silence.id, io))?.changedAt ?? 0) > silence.changedAt
  if (isOld) return countWord('repeated', io)
  await applySilences([silence], io)
}
