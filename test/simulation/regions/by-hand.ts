import { isSaidAfter, type Said, takenBy } from '../../../shared/incidents/duty/said.ts'
import { onlyFails } from '../faults.ts'
import { livesOf } from './lives.ts'
import type { RegionsOutcome } from './run.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What is said in some regions is known to all once a watch has read it there, and what is known is kept, ms. */
const KNOWN_MS = 2 * MINUTE

/** So long nothing else may happen for anybody to say who has to call: somebody is called by then, ms. */
const CALLED_MS = 2 * MINUTE

/** Who has duty by hand has it in every region, and calls people at once. */
export function dutyIsAsSaid(outcome: RegionsOutcome): string[] {
  return [...allKnowTheLast(outcome), ...whoHasTakenItCalls(outcome)]
}

/** Regions that have met know the same in the end, and it is the last that somebody said. */
function allKnowTheLast({ regions }: RegionsOutcome): string[] {
  const all = regions.map(({ duty }) => duty?.said)
  const last = lastOf(all)
  return regions.flatMap(({ region }, index) => {
    const known = all[index]
    const isSame = known?.at === last?.at && known?.region === last?.region
    return isSame ? [] : [`${region} has duty as ${textOf(known)} said, and ${textOf(last)} was later`]
  })
}

function lastOf(all: (Said | undefined)[]): Said | undefined {
  return all.reduce((last, one) => (one !== undefined && isSaidAfter(one, last) ? one : last), undefined)
}

function textOf(said: Said | undefined): string {
  return said === undefined ? 'nobody' : `at ${said.at} for ${said.region ?? 'the order'}`
}

/** Where nothing is lost, whoever has taken duty is the first to call about what begins. */
function whoHasTakenItCalls(outcome: RegionsOutcome): string[] {
  const { regions, plan } = outcome
  const isCalm = regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, 'texts', 'duplicates', 'stops'))
  if (!isCalm || plan.drops > 0 || plan.voiceless !== undefined) return []
  const [{ duty } = {}] = regions
  const order = regions.map(({ region }) => region)
  return plan.stories
    .flatMap((story) => livesOf(story, outcome))
    .flatMap(({ name, from, rings }) => {
      const isSteady = (at: number) => at < from - KNOWN_MS || at > from + CALLED_MS
      const isUndisturbed =
        plan.hands.every(({ at, until = at }) => isSteady(at) && isSteady(until)) &&
        plan.losses.every((loss) => loss.from > from + CALLED_MS || loss.until < from - 3 * KNOWN_MS)
      // Only the last that was said is kept.
      const said = duty?.said
      const [first] = rings
      if (!isUndisturbed || said === undefined || said.at > from || first === undefined) return []
      const taker = takenBy(said, order, from) ?? order[0]
      return first.by === taker ? [] : [`${first.by} called about ${name} while ${taker} had duty`]
    })
}
