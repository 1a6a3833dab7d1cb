import { forEachAtMost } from '../../contracts/at-most.ts'
import { changeSilence } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { readOpen } from '../read-open.ts'
import { stepNow } from '../step-now.ts'
import { silenceOf } from './action.ts'

/** Ends a silence now, and has what it kept quiet page if it still burns. False: it was over already, or there is none of this id. */
export async function endSilence(id: string, io: EngineIo): Promise<boolean> {
  const now = io.now()
  let hasEnded = false
  const silence = await changeSilence(
    id,
    (before) => {
      hasEnded = before !== undefined && before.endsAt > now
      return before !== undefined && hasEnded ? { ...before, endsAt: now, changedAt: now } : undefined
    },
    io,
  )
  if (silence !== undefined && hasEnded) await stepWhatItKept(id, io)
  return hasEnded
}

async function stepWhatItKept(id: string, io: EngineIo): Promise<void> {
  const kept = (await readOpen(io)).filter((incident) => silenceOf(incident) === id)
  await forEachAtMost(kept, (incident) => stepNow(incident, io))
}
