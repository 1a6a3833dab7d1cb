import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import { changeSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { readOpen } from '../pauses/read-open.ts'
import { tellSilence } from '../regions/tell-silence.ts'
import { stepNow } from '../step-now.ts'
import { silenceOf } from './action.ts'

/**
 * Gives a silence another end in every region, and has what it keeps quiet look at it anew. A time that has passed is now. Resolves with
 * the regions that could not be told. Rejects when a table does.
 */
export async function moveSilencesEnd(id: string, end: Instant, io: EngineIo): Promise<string[] | 'over' | 'unknown'> {
  const now = io.now()
  const endsAt = Math.max(end, now)
  const found: { before?: Silence } = {}
  const silence = await changeSilence(
    id,
    (before) => {
      if (before !== undefined) found.before = before
      if (before === undefined || before.endsAt <= now) return undefined
      // By another region's clock it may have been changed a moment from now.
      return { ...before, endsAt, changedAt: Math.max(now, before.changedAt + 1) }
    },
    io,
  )
  if (silence === undefined || found.before === undefined) return 'unknown'
  if (found.before.endsAt <= now) return 'over'
  const [missed] = await Promise.all([tellSilence(silence, io), stepWhatItKeeps(id, io)])
  return missed
}

async function stepWhatItKeeps(id: string, io: EngineIo): Promise<void> {
  const kept = (await readOpen(io)).filter((incident) => silenceOf(incident) === id)
  await forEachAtMost(kept, (incident) => stepNow(incident, io))
}
