import { onlyFails } from '../faults.ts'
import { endedLayers, linesOf } from '../invariants/history.ts'
import { nameOfStep } from '../ledger.ts'
import { nameOf } from '../outcome.ts'
import { policy } from '../setting.ts'
import type { Loss, Story } from './plan.ts'
import { CRASHES_OF_LOSSES, type RegionOutcome, type RegionsOutcome } from './run.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Where a region is lost its pages go on within the guard and this. */
const TAKEN_OVER_MS = 3 * MINUTE

/** A layer lasts so long, and while somebody listens its end waits for two minutes more. */
const LAYER_MS = 5 * MINUTE

/** What could not be told is told again within this of the end of a loss. */
const TOLD_MS = 150 * SECOND

/** Two regions' clocks differ by less, ms: what breaks again does so later than that. */
const CLOCKS_MS = MINUTE

/** Who dials has looked before, in the same invocation. */
const DIALS_MS = 15 * SECOND

/** What is not taken by a region's queue is sent again after 2 s, 4 s, and so on: so long, if it is not taken a few times. */
const SENT_AGAIN_MS = 150 * SECOND

/** A word there, one back, and one there again: then each knows whose life it is about. */
const ROUND_TRIPS = 3

/** What is no loss of a region, and in the way of no message of one. */
const harmless = ['texts', 'calls', 'events', 'stops', 'duplicates', 'lostReports'] as const

/** One life of an incident in all regions. */
interface Life {
  name: string
  from: number
  /** When it breaks again, if it does. */
  until: number
  /** When a region first knew that somebody has it, or that it is over. */
  endedAt: number
  /** When nobody was left to be called. */
  exhaustedAt: number
  rings: Ring[]
}

interface Ring {
  who: string
  at: number
  /** The region and its layer. */
  layer: string
  by: string
}

/** What several regions promise together: decision 0020. */
export function promiseOf(outcome: RegionsOutcome): string[] {
  const lives = outcome.plan.stories.flatMap((story) => livesOf(story, outcome))
  return [
    ...lives.flatMap((life) => [
      ...pagesLand(life, outcome),
      ...fewAreRepeated(life, outcome),
      ...nobodyIsCalledAfterwards(life, outcome),
    ]),
    ...regionsAgree(outcome),
    ...dutyIsHandedBackBetweenSteps(outcome),
    ...whoIsBackIsWell(outcome),
  ]
}

function livesOf({ key, triggeredAt, againAt = Infinity }: Story, { regions }: RegionsOutcome): Life[] {
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
    const exhausted = regions.flatMap(({ told }) =>
      told.flatMap(({ kind, incident, at }) => (kind === 'exhausted' && isOf(incident, key) && isIn(at) ? [at] : [])),
    )
    const rings = regions.flatMap((region) => ringsAbout(key, region)).filter(({ at }) => isIn(at))
    return {
      name: `${key}, life ${index + 1}`,
      from,
      until,
      endedAt: Math.min(...ends),
      exhaustedAt: Math.min(...exhausted),
      rings: rings.toSorted((one, other) => one.at - other.at),
    }
  })
}

function ringsAbout(key: string, { region, rings, ledger }: RegionOutcome): Ring[] {
  return rings.flatMap(({ phoneHash: who, startedAt: at, about }) =>
    about
      .filter(({ incident }) => isOf(incident, key))
      .map((about) => ({ who, at, by: region, layer: ledger.layerOf.get(nameOfStep(about)) ?? '' })),
  )
}

function isOf(incident: string, key: string): boolean {
  return incident.startsWith('pay#') && incident.endsWith(`#${key}`)
}

/** With any one region lost or cut off, each page comes within the guard, three minutes and one layer's time of the last. */
function pagesLand(life: Life, { regions, guardMs }: RegionsOutcome): string[] {
  const isCalm = regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, 'texts', 'duplicates', 'stops'))
  if (!isCalm) return []
  const bound = guardMs * (regions.length - 1) + TAKEN_OVER_MS + LAYER_MS
  const end = Math.min(life.endedAt, life.exhaustedAt, life.until)
  const moments = [life.from, ...life.rings.map(({ at }) => at).filter((at) => at < end), end]
  return moments.slice(1).flatMap((at, index) => {
    const waited = at - (moments[index] ?? at)
    return waited > bound ? [`page late: nobody was called about ${life.name} for ${waited / SECOND} s`] : []
  })
}

/**
 * A person gets at most one call more about an incident for each loss: a word that is lost on its way is one, and so is an answer whose
 * function dies.
 */
function fewAreRepeated(
  { name, rings, endedAt }: Life,
  { regions, plan: { losses, drops } }: RegionsOutcome,
): string[] {
  if (!regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, ...harmless))) return []
  const isDeadly = regions.some(({ faults }) => faults.crashes > CRASHES_OF_LOSSES)
  const lost = (drops > 0 ? 1 : 0) + (isDeadly ? 1 : 0)
  // Regions that cannot reach each other page at once, all of them.
  const pagingAtOnce = losses.some(({ is }) => isCut(is)) ? regions.length : 1
  return [...Map.groupBy(rings, ({ who }) => who)].flatMap(([who, own]) => {
    const byLayer = Map.groupBy(
      own.filter(({ at }) => at <= endedAt),
      ({ layer }) => layer,
    )
    const more = [...byLayer].flatMap(([layer, calls]) => calls.slice(callsOf(layer) * pagingAtOnce))
    const before = (at: number) => lost + losses.filter(({ from }) => from <= at).length
    const last = more.toSorted((one, other) => one.at - other.at).find(({ at }, index) => index + 1 > before(at))
    return last === undefined
      ? []
      : [
          `${who} was called about ${name} in ${more.length} calls more than layers have: ${JSON.stringify(own.map(({ by, layer, at }) => [by.slice(0, 5), layer, at]))}`,
        ]
  })
}

/** How often a layer calls each person; everybody at the end is called twice. */
function callsOf(layer: string): number {
  const [, index] = layer.split('.')
  return policy.layers[Number(index)]?.calls ?? 2
}

function isCut(is: Loss['is']): boolean {
  return is !== 'dead' && is !== 'half dead' && is !== 'gone'
}

/** Nobody is called for what any region knows to be taken or over, once a message could have arrived. */
function nobodyIsCalledAfterwards({ name, rings, endedAt }: Life, outcome: RegionsOutcome): string[] {
  const { regions, plan } = outcome
  if (!regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, ...harmless))) return []
  const { slowMs, drops, losses } = plan
  const arrivedAt = endedAt + DIALS_MS + ROUND_TRIPS * slowMs + (drops > 0 ? SENT_AGAIN_MS : 0)
  return rings
    .filter(({ at }) => at > arrivedAt && losses.every(({ from, until }) => until + TOLD_MS < at || from > at))
    .map(({ who, at, by }) => `${who} was called by ${by} about ${name} ${(at - endedAt) / SECOND} s after its end`)
}

/** What is taken or over anywhere is so everywhere in the end, and what is open is known everywhere. */
function regionsAgree({ regions, plan: { stories } }: RegionsOutcome): string[] {
  return stories.flatMap(({ key }) => {
    const all = regions.map(({ incidents, region }) => ({
      region,
      incident: incidents.find(({ groupKey }) => groupKey === key),
    }))
    const isOpen = new Set(all.map(({ incident }) => incident?.status === 'open'))
    const said = all.map(
      ({ region, incident }) => `${region}: ${incident?.status ?? 'unknown'} ${incident?.generation}`,
    )
    return isOpen.size > 1 ? [`the regions do not agree on ${key}: ${said.join(', ')}`] : []
  })
}

/** A region that was lost is well again for so long before it pages again, but for what clocks differ by, ms. */
const WELL_MS = 5 * MINUTE - CLOCKS_MS / 2

/** A loss that is shorter may leave its canary well, ms. */
const NOTICED_MS = 4 * MINUTE

/** Nothing is handed back to a region that is only just well. */
function whoIsBackIsWell({ regions, plan: { losses, aheadMs } }: RegionsOutcome): string[] {
  return regions.flatMap((outcome, index) =>
    [...outcome.timelines.values()].flat().flatMap((line) => {
      if (line.kind !== 'duty' || line.why !== 'back') return []
      const at = line.at - (aheadMs[index] ?? 0)
      const recent = losses.find(
        ({ region, is, from, until }) =>
          regions[region]?.region === line.region &&
          !isCut(is) &&
          until - from > NOTICED_MS &&
          from < at &&
          at < until + WELL_MS,
      )
      const afterMs = at - (recent?.until ?? 0)
      return recent === undefined
        ? []
        : [`${outcome.region} handed back ${afterMs / SECOND} s after the loss of ${line.region}`]
    }),
  )
}

/** Duty is handed back between steps, and never while a phone rings: a layer that ends for that has had its time. */
function dutyIsHandedBackBetweenSteps({ regions }: RegionsOutcome): string[] {
  return regions.flatMap((outcome) =>
    outcome.incidents.flatMap((incident) => {
      const lines = linesOf(outcome, incident)
      const backs = lines.filter((line) => line.kind === 'duty' && line.why === 'back')
      return endedLayers(lines, outcome.faults).flatMap(({ begin, end }) => {
        const isForThat = backs.some(({ at }) => at === end.at)
        const leastMs = (policy.layers[begin.layer]?.ackTimeoutMs ?? 0) - SECOND - 2 * outcome.faults.skewMs
        const isEarly = isForThat && end.at - begin.at < leastMs
        return isEarly ? [`${outcome.region} handed ${nameOf(incident)} back in the middle of a layer`] : []
      })
    }),
  )
}
