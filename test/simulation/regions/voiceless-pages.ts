import { onlyFails } from '../faults.ts'
import type { Life } from './lives.ts'
import type { RegionsOutcome } from './run.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Whoever knows that it can ring nobody has another region do so within this, where words are fast, ms. */
const HANDED_MS = 45 * SECOND

/** Words that are as slow as this change nothing, ms. */
const FAST_MS = 3 * SECOND

/** A region whose watch has rested is well again once it has been round, ms: nobody hands anything to one that is not. */
const ROUND_MS = 2 * MINUTE

/** A region whose every voice route is dead hands on what it pages, and one of which another route rings does not. */
export function whoCanRingIsAsked(lives: Life[], outcome: RegionsOutcome): string[] {
  const { regions, plan } = outcome
  const { voiceless: [voiceless, ...others] = [], rings, hands, losses, merge, slowMs, drops } = plan
  const isCalm = regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, 'texts', 'duplicates', 'stops'))
  if (voiceless === undefined || others.length > 0 || !isCalm) return []
  if (rings) {
    // Calls whose askers die one after the other are handed on, whoever would have rung.
    const isDeadly = regions.some(({ faults }) => faults.crashes > 0)
    return voiceless.is === 'unanswered' || isDeadly ? [] : keepsWhatItRings(outcome)
  }
  const isAlone = hands.length === 0 && losses.length === 0 && merge === undefined
  if (!isAlone || voiceless.is !== 'gone' || voiceless.region !== 0 || slowMs > FAST_MS || drops > 0) return []
  return lives.flatMap(({ name, from, until, endedAt, rings: [first] }) => {
    const latest = from + HANDED_MS
    const isVoiceless = voiceless.from < from - MINUTE && latest < voiceless.until
    const isUnwell = regions.some(({ faults: { watchRests } }) =>
      overlaps(watchRests, { from: from - ROUND_MS, until: latest }),
    )
    if (!isVoiceless || isUnwell || latest > Math.min(until, endedAt)) return []
    return first !== undefined && first.at < latest ? [] : [`page late: ${name} waited for a region that rings nobody`]
  })
}

function overlaps(one: { from: number; until: number }, other: { from: number; until: number }): boolean {
  return Math.max(one.from, other.from) < Math.min(one.until, other.until)
}

function keepsWhatItRings({ regions }: RegionsOutcome): string[] {
  return regions.flatMap(({ region, timelines }) =>
    [...timelines.values()]
      .flat()
      .flatMap((line) =>
        line.kind === 'duty' && line.why === 'mute-here' ? [`${region} hands on what it can ring`] : [],
      ),
  )
}
