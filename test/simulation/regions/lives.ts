import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { nameOfStep } from '../ledger.ts'
import type { Story } from './plan.ts'
import type { RegionOutcome, RegionsOutcome } from './run.ts'
import { voicelessAt } from './voiceless.ts'

/** Two regions' clocks differ by less, ms: what breaks again does so later than that. */
export const CLOCKS_MS = 60_000

/** What became of a call is known so much later than a vendor was asked, ms. */
const ASKED_MS = 1_000

/** One life of an incident in all regions. */
export interface Life {
  name: string
  from: number
  /** When it breaks again, if it does. */
  until: number
  /** When a region first knew that somebody has it, or that it is over. */
  endedAt: number
  /** When nobody was left to be called. */
  exhaustedAt: number
  rings: Ring[]
  /** When it was found that whoever was to call somebody had died over it: nobody knows whether that phone rang, and it is not called again. */
  unknown: number[]
  /** While somebody had merged it into another that went on. */
  merged?: { from: number; until: number }
}

interface Ring {
  who: string
  at: number
  /** The region and its layer. */
  layer: string
  by: string
}

/** The lives of a story's incident. */
export function livesOf({ key, triggeredAt, againAt = Infinity }: Story, outcome: RegionsOutcome): Life[] {
  const { regions, plan } = outcome
  const spans = [
    { from: triggeredAt, until: againAt },
    { from: againAt, until: Infinity },
  ].filter(({ from }) => from < Infinity)
  return spans.map(({ from, until }, index) => {
    const isIn = (at: number) => from <= at && at < until
    const ends = regions.flatMap(({ ledger }) =>
      [...ledger.acknowledgedAt].flatMap(([name, at]) =>
        isOf(name, key) && isIn((ledger.beganAt.get(name) ?? at) + CLOCKS_MS) ? [at] : [],
      ),
    )
    const rings = regions.flatMap((region) => ringsAbout(key, region)).filter(({ at }) => isIn(at))
    const linesOf = (isThat: (line: TimelineEntry) => boolean) =>
      regions.flatMap(({ timelines }, region) =>
        (timelines.get(`pay#${key}`) ?? []).flatMap((line) =>
          isThat(line) ? [{ region, at: line.at - (plan.aheadMs[region] ?? 0) }] : [],
        ),
      )
    const timesOf = (isThat: (line: TimelineEntry) => boolean) => linesOf(isThat).map(({ at }) => at)
    // The line is there whether or not anybody could be told of it.
    const exhausted = timesOf(({ kind }) => kind === 'exhausted').filter(isIn)
    // Nobody was rung where the route is dead.
    const unknown = linesOf((line) => line.kind === 'call' && line.outcome === 'unknown')
      .filter(({ region, at }) => voicelessAt(plan, region, at - ASKED_MS) === undefined)
      .map(({ at }) => at)
      .filter(isIn)
    const merged = mergedIn(key, outcome)
    return {
      ...(merged && isIn(merged.from) && { merged }),
      name: `${key}, life ${index + 1}`,
      from,
      until,
      endedAt: Math.min(...ends),
      exhaustedAt: Math.min(...exhausted),
      rings: rings.toSorted((one, other) => one.at - other.at),
      unknown,
    }
  })
}

/** From when to when somebody had merged a story's incident: until it was taken out, or some region knew that the other one was over. */
function mergedIn(key: string, { regions, plan: { merge, aheadMs } }: RegionsOutcome): Life['merged'] {
  if (merge?.member !== key || merge.doneAt === undefined) return undefined
  const { doneAt: from, into, undoneAt = Infinity } = merge
  const ends = regions.flatMap(({ timelines }, region) =>
    (timelines.get(`pay#${into}`) ?? []).flatMap((line) =>
      line.kind === 'resolved' ? [line.at - (aheadMs[region] ?? 0)] : [],
    ),
  )
  return { from, until: Math.min(undoneAt, ...ends.filter((at) => at > from)) }
}

function ringsAbout(key: string, { region, rings, ledger }: RegionOutcome): Ring[] {
  return rings.flatMap(({ phoneHash: who, startedAt: at, about }) =>
    about
      .filter(({ incident }) => isOf(incident, key))
      .map((about) => ({ who, at, by: region, layer: ledger.layerOf.get(nameOfStep(about)) ?? '' })),
  )
}

/** Whether an incident is that of a story. */
export function isOf(incident: string, key: string): boolean {
  return incident.startsWith('pay#') && incident.endsWith(`#${key}`)
}
