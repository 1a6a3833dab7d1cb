import { onlyFails } from '../faults.ts'
import { isOf } from './lives.ts'
import type { RegionsOutcome } from './run.ts'

const SECOND = 1_000

/** What is nobody's any more rings somebody within this, or, where only whoever guards it knows of that, within this of its guard, ms. */
const AGAIN_MS = 30 * SECOND

/** By clocks that differ what was done before may seem to be later, ms. */
const CLOCKS_MS = 30 * SECOND

/** Who dials has looked before, in the same invocation. */
const DIALS_MS = 15 * SECOND

/** A word there, one back, and one there again. */
const ROUND_TRIPS = 3

/** What is not taken by a region's queue is sent again for so long, and what could not be told is told within it of the end of a loss. */
const SENT_AGAIN_MS = 150 * SECOND

/** How the story of a key goes in all regions, by the clock of the world. */
interface Course {
  key: string
  rings: { who: string; by: string; at: number }[]
  /** When somebody took it. */
  taken: number[]
  /** When a region found that nobody has it any more. */
  reopened: number[]
  /** When the first region knew that it was over. */
  endedAt: number
}

/** What somebody has for a while pages again when that ends, in one region, and nobody is called about it before. */
export function whatLapsesPagesOnce(outcome: RegionsOutcome): string[] {
  if (outcome.plan.forAWhile === undefined) return []
  return outcome.plan.stories
    .map(({ key }) => courseOf(key, outcome))
    .flatMap((course) => [...pagesAgainInOne(course, outcome), ...whatIsTakenIsQuiet(course, outcome)])
}

function courseOf(key: string, { regions, plan }: RegionsOutcome): Course {
  const lines = regions.flatMap(({ timelines }, index) => {
    const aheadMs = plan.aheadMs[index] ?? 0
    return (timelines.get(`pay#${key}`) ?? []).map((line) => ({ line, at: line.at - aheadMs }))
  })
  const timesOf = (kind: string) => lines.flatMap(({ line, at }) => (line.kind === kind ? [at] : []))
  return {
    key,
    rings: regions.flatMap(({ rings, region }) =>
      rings.flatMap(({ phoneHash: who, startedAt: at, about }) =>
        about.some(({ incident }) => isOf(incident, key)) ? [{ who, by: region, at }] : [],
      ),
    ),
    // A word of it comes later: what counts is when it was done.
    taken: lines.flatMap(({ line }) => (line.kind === 'acknowledged' ? [line.action.at] : [])),
    reopened: timesOf('reopened'),
    endedAt: Math.min(...timesOf('resolved')),
  }
}

/** Where nothing is lost or slow it rings once its guard is over at the latest, and in one region. */
function pagesAgainInOne(
  { key, rings, taken, reopened, endedAt }: Course,
  { regions, guardMs, plan: { losses, drops, slowMs, voiceless } }: RegionsOutcome,
): string[] {
  const isCalm = regions.every(({ faults }) => onlyFails(faults, 'texts', 'duplicates', 'stops'))
  if (!isCalm || losses.length > 0 || drops > 0 || slowMs > 3 * SECOND || voiceless !== undefined) return []
  const againMs = guardMs + AGAIN_MS
  return reopened.flatMap((at) => {
    const until = Math.min(
      endedAt,
      ...taken.filter((one) => one > at - CLOCKS_MS / 2).map((one) => one - CLOCKS_MS / 2),
    )
    if (until < at + againMs) return []
    const after = rings.filter((ring) => ring.at > at - SECOND && ring.at < at + againMs)
    const where = new Set(after.map(({ by }) => by))
    if (where.size === 0) return [`page late: ${key} was nobody's any more, and nobody was called`]
    return where.size > 1
      ? [`${key} was nobody's any more, and ${[...where].join(' and ')} called people about it`]
      : []
  })
}

/** Nobody is called for what any region knows to be taken, once a message could have told of it, until somebody finds that it is so no more. */
function whatIsTakenIsQuiet(
  { key, rings, taken, reopened }: Course,
  { regions, plan: { losses, drops, slowMs } }: RegionsOutcome,
): string[] {
  const harmless = ['texts', 'calls', 'events', 'stops', 'duplicates', 'lostReports'] as const
  if (!regions.every(({ faults }) => onlyFails(faults, ...harmless))) return []
  const toldMs = CLOCKS_MS + DIALS_MS + ROUND_TRIPS * slowMs + (drops > 0 ? SENT_AGAIN_MS : 0)
  return rings.flatMap(({ who, by, at }) => {
    const last = Math.max(...taken.filter((one) => one + toldMs < at))
    if (last === Number.NEGATIVE_INFINITY) return []
    const isFree = reopened.some((one) => one > last - toldMs && one < at + CLOCKS_MS)
    const isLost = losses.some(({ from, until }) => until + SENT_AGAIN_MS > last && from < at)
    return isFree || isLost
      ? []
      : [`${who} was called by ${by} about ${key} ${(at - last) / SECOND} s after it was taken`]
  })
}
