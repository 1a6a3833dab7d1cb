import { CANARY_LATE_MS } from '../../../shared/evaluation/path-state.ts'
import { onlyFails } from '../faults.ts'
import { dutyIsAsSaid } from './by-hand.ts'
import { handsBackWithCare } from './hand-back.ts'
import { whatLapsesPagesOnce } from './lapsed-pages.ts'
import { isOf, type Life, livesOf } from './lives.ts'
import { isCut, neededIn } from './plan.ts'
import { CRASHES_OF_LOSSES, policyIn, type RegionsOutcome } from './run.ts'
import { whoCanRingIsAsked } from './voiceless-pages.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Where a region is lost its pages go on within the guard and this. */
const TAKEN_OVER_MS = 3 * MINUTE

/** A layer lasts so long, and while somebody listens its end waits for two minutes more. */
const LAYER_MS = 5 * MINUTE

/** What could not be told is told again within this of the end of a loss. */
const TOLD_MS = 150 * SECOND

/** Who dials has looked before, in the same invocation. */
const DIALS_MS = 15 * SECOND

/** What is not taken by a region's queue is sent again after 2 s, 4 s, and so on: so long, if it is not taken a few times. */
const SENT_AGAIN_MS = 150 * SECOND

/** A word there, one back, and one there again: then each knows whose life it is about. */
const ROUND_TRIPS = 3

/** What is no loss of a region, and in the way of no message of one. */
const harmless = ['texts', 'calls', 'events', 'stops', 'duplicates', 'lostReports'] as const

/** What several regions promise together: decision 0020. */
export function promiseOf(outcome: RegionsOutcome): string[] {
  const { stories, forAWhile } = outcome.plan
  // What is taken for a while has no one end from which on it is quiet.
  const lives = forAWhile === undefined ? stories.flatMap((story) => livesOf(story, outcome)) : []
  return [
    ...lives.flatMap((life) => [
      ...pagesLand(life, outcome),
      ...fewAreRepeated(life, outcome),
      ...whoIsFaultyIsNotWaitedFor(life, outcome),
      ...nobodyIsCalledAfterwards(life, outcome),
      ...nobodyIsCalledAboutMembers(life, outcome),
    ]),
    ...regionsAgree(outcome),
    ...takersCountTogether(outcome),
    ...handsBackWithCare(outcome),
    ...dutyIsAsSaid(outcome),
    ...whoCanRingIsAsked(lives, outcome),
    ...whatLapsesPagesOnce(outcome),
  ]
}

/** With any one region lost, cut off or voiceless, each page comes within the guard, three minutes and one layer's time of the last. */
function pagesLand(life: Life, { regions, guardMs, plan: { voiceless = [] } }: RegionsOutcome): string[] {
  const isCalm = regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, 'texts', 'duplicates', 'stops'))
  if (!isCalm || voiceless.length > 1) return []
  const bound = guardMs * (regions.length - 1) + TAKEN_OVER_MS + LAYER_MS
  const end = Math.min(life.endedAt, life.exhaustedAt, life.until)
  const calls = [...life.rings.map(({ at }) => at), ...life.unknown].filter((at) => at < end)
  const moments = [life.from, ...calls.toSorted((one, other) => one - other), end]
  return moments.slice(1).flatMap((at, index) => {
    const waited = at - (moments[index] ?? at) - mergedWithin(life, moments[index] ?? at, at)
    return waited > bound ? [`page late: nobody was called about ${life.name} for ${waited / SECOND} s`] : []
  })
}

/** What is merged pages nobody, and looks once a minute whether the other one goes on: so long of a span, ms. */
function mergedWithin({ merged }: Life, from: number, until: number): number {
  if (merged === undefined) return 0
  return Math.max(0, Math.min(until, merged.until + MINUTE) - Math.max(from, merged.from))
}

/** A canary is on its way once a minute, and one that is so late tells that a region does not work on what it takes. */
const KNOWN_FAULTY_MS = CANARY_LATE_MS + MINUTE

/** Regions' clocks differ by 30 s, and whoever is told of a deadline calls somebody soon after it. */
const CALLS_MS = 45 * SECOND

/** A region that only answers is not waited for: once its canary is late it is paged in its stead when the guard is over. */
function whoIsFaultyIsNotWaitedFor(
  { name, from, until, endedAt, exhaustedAt, rings }: Life,
  outcome: RegionsOutcome,
): string[] {
  const { regions, plan, guardMs } = outcome
  const [loss, ...others] = plan.losses
  const isCalm = regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, 'texts', 'duplicates', 'stops'))
  const isAlone =
    isCalm && plan.hands.length === 0 && regions.length === 2 && plan.stories.length === 1 && others.length === 0
  if (!isAlone || loss?.is !== 'half dead' || loss.region !== 0) return []
  const before = rings.filter(({ at }) => from <= at && at < loss.from)
  const [begun] = before.filter(({ layer }) => layer === before.at(-1)?.layer)
  const lastsMs = policyIn(outcome).layers[Number(begun?.layer.split('.')[1])]?.ackTimeoutMs
  // While somebody listens the layer has no end yet.
  if (begun === undefined || lastsMs === undefined || begun.at + lastsMs < loss.from) return []
  const latest = Math.max(begun.at + lastsMs, loss.from + KNOWN_FAULTY_MS) + guardMs + CALLS_MS
  if (latest > Math.min(loss.until, endedAt, exhaustedAt, until)) return []
  const isCalled = rings.some(({ at }) => at > loss.from && at <= latest)
  return isCalled ? [] : [`page late: ${name} waited for ${regions[0]?.region}, which only answered`]
}

/**
 * A person gets at most one call more about an incident for each loss: a word that is lost on its way is one, and so is an answer whose
 * function dies.
 */
function fewAreRepeated({ name, rings, endedAt, merged }: Life, outcome: RegionsOutcome): string[] {
  const {
    regions,
    plan: { losses, drops },
  } = outcome
  if (!regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, ...harmless))) return []
  const isDeadly = regions.some(({ faults }) => faults.crashes > CRASHES_OF_LOSSES)
  const lost = (drops > 0 ? 1 : 0) + (isDeadly ? 1 : 0)
  // Regions that cannot reach each other page at once, all of them.
  const pagingAtOnce = losses.some(({ is }) => isCut(is)) ? regions.length : 1
  return [...Map.groupBy(rings, ({ who }) => who)].flatMap(([who, own]) => {
    const byLayer = Map.groupBy(
      own.filter(({ at }) => at <= endedAt),
      // What was merged begins with its first layer again.
      ({ layer, at }) => (merged !== undefined && at > merged.until ? `${layer}.again` : layer),
    )
    const more = [...byLayer].flatMap(([layer, calls]) => calls.slice(callsOf(layer, outcome) * pagingAtOnce))
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
function callsOf(layer: string, outcome: RegionsOutcome): number {
  const [, index] = layer.split('.')
  return policyIn(outcome).layers[Number(index)]?.calls ?? 2
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

/** Nobody is called for what is merged either, by whoever pages it, once a message could have told of that and while the other one goes on. */
function nobodyIsCalledAboutMembers({ name, rings, merged }: Life, outcome: RegionsOutcome): string[] {
  if (merged === undefined || !outcome.regions.every(({ faults }) => onlyFails({ ...faults, crashes: 0 }, ...harmless)))
    return []
  const { slowMs, drops, losses } = outcome.plan
  const knownAt = merged.from + DIALS_MS + ROUND_TRIPS * slowMs + (drops > 0 ? SENT_AGAIN_MS : 0)
  if (losses.some(({ from, until }) => from < knownAt && until + TOLD_MS > merged.from)) return []
  return rings
    .filter(({ at }) => at > knownAt && at < merged.until)
    .map(
      ({ who, at, by }) =>
        `${who} was called by ${by} about ${name} ${(at - merged.from) / SECOND} s after it was merged`,
    )
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

/** What two people have to take is taken in all regions once both have, wherever each of them did. */
function takersCountTogether({ seed, regions, plan: { stories } }: RegionsOutcome): string[] {
  if (neededIn(seed) === undefined) return []
  return stories.flatMap(({ key, againAt }) => {
    const promised = regions.flatMap(({ people }) => people.promised.filter(({ incident }) => isOf(incident, key)))
    const isWhole = againAt === undefined && new Set(promised.map(({ by }) => by)).size > 1
    const open = regions.filter(({ incidents }) =>
      incidents.some(({ groupKey, status }) => groupKey === key && status === 'open'),
    )
    return isWhole ? open.map(({ region }) => `${region}: ${key} is open, and both have taken it`) : []
  })
}
