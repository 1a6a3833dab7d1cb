import type { CompiledCheck, CompiledConfig } from '../contracts/compiled-config.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import { type Circumstances, confirmed, isUnobserving, staleAfterMs, type VantageView } from './consensus.ts'
import { FEWEST_CHECKS, faultyVantages, slowVantages, type VerdictsByCheck } from './faulty.ts'
import { checkKey, type ReadonlyRecords } from './record.ts'
import { LASTING_SKEW_MS, placeId, type VantageState } from './vantage.ts'

/** A probe function that has not reported for so long is silent: two runs missed, and the way through the queue. */
export const SILENT_PROBE_MS = 180_000

/**
 * Functions get a new configuration one after the other: for so long one may say nothing of a check that others know, or know one
 * that is no more.
 */
export const ROLLOUT_MS = 300_000

/** What one probe function at one vantage has told. */
export interface VantageRecords {
  state: VantageState
  records: ReadonlyRecords
}

/** What each vantage knows of a check; for one whose places count as vantages, what each place knows. */
export function seenOf(check: CompiledCheck, vantages: VantageRecords[]): VantageView[] {
  return vantages.flatMap(({ state, records }) => {
    if (!check.from.includes(state.vantage)) return []
    const places = state.places?.[check.id]
    const ids = places?.map((place) => ({ vantage: place, id: placeId(check.id, place) }))
    return (ids ?? [{ vantage: state.vantage, id: check.id }]).flatMap(({ vantage, id }) => {
      const record = records.get(checkKey(id))
      const fault = state.faults[id]
      return record === undefined ? [] : [{ vantage, ...record, ...(fault ? { fault } : {}) }]
    })
  })
}

/** The vantages that have a say in a check: where it runs, or its places if these are vantages of their own. */
export function votersOf(check: CompiledCheck, vantages: VantageRecords[]): string[] {
  const places = vantages.flatMap(({ state }) =>
    check.from.includes(state.vantage) ? (state.places?.[check.id] ?? []) : [],
  )
  return places.length > 0 ? [...new Set(places)] : check.from
}

/**
 * Places of third parties from which enough checks are run to compare them with others; with `now`, those of which that many checks
 * know something then.
 */
export function comparedPlaces(
  { checks }: Pick<CompiledConfig, 'checks'>,
  vantages: VantageRecords[],
  now?: Instant,
): Set<string> {
  const counts = new Map<string, number>()
  for (const check of checks) {
    const places = votersOf(check, vantages)
    if (places === check.from) continue
    const known = (now === undefined ? places : freshIn(seenOf(check, vantages), check, now)).values()
    for (const place of new Set(known)) counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= FEWEST_CHECKS).map(([place]) => place))
}

/** From where something is known of a check now. */
function freshIn(seen: VantageView[], check: CompiledCheck, now: Instant): string[] {
  return seen
    .filter(({ at, outcomes }) => now - at <= staleAfterMs(check) && outcomes.at(-1) !== 'unknown')
    .map(({ vantage }) => vantage)
}

/** Whether a vantage's functions report. */
export function isHeard(vantage: string, vantages: VantageRecords[], now: Instant): boolean {
  return vantages.some(({ state }) => state.vantage === vantage && now - state.heardAt < SILENT_PROBE_MS)
}

/**
 * Whether a vantage reports and cannot look at a check, or leaves it out; `seen` is what is known of the check. One that has just
 * fallen silent has left nothing out, and is told of as such.
 */
export function isUnobservingOf(
  check: CompiledCheck,
  vantage: string,
  seen: VantageView[],
  vantages: VantageRecords[],
  now: Instant,
): boolean {
  if (!isHeard(vantage, vantages, now)) return false
  const here = seen.filter((one) => one.vantage === vantage)
  const fresh = here.filter(({ at }) => now - at <= staleAfterMs(check))
  if (fresh.length > 0) return fresh.every((one) => isUnobserving(one, check.confirm))
  const heardAt = vantages.filter(({ state }) => state.vantage === vantage).map(({ state }) => state.heardAt)
  return Math.max(...heardAt) - Math.max(0, ...here.map(({ at }) => at)) > staleAfterMs(check)
}

/** What cannot be seen must last for so long to be told: until its data would be missing, and all functions know the check; ms. */
export function unobservingAfterMs(check: CompiledCheck): number {
  return Math.max(staleAfterMs(check), ROLLOUT_MS)
}

/**
 * Vantages that cannot look at most of their checks though others can, and how long that has to last to be told, ms: one notice, not
 * one of each check.
 */
export function mostlyUnobserving(
  { checks }: Pick<CompiledConfig, 'checks'>,
  vantages: VantageRecords[],
  now: Instant,
): Map<string, number> {
  const counts = new Map<string, { all: number; unobserving: CompiledCheck[] }>()
  for (const check of checks) {
    if (check.from.length < 2 || votersOf(check, vantages) !== check.from) continue
    const seen = seenOf(check, vantages)
    const unobserving = new Set(check.from.filter((vantage) => isUnobservingOf(check, vantage, seen, vantages, now)))
    const known = new Set(freshIn(seen, check, now))
    for (const vantage of check.from) {
      const count = counts.get(vantage) ?? { all: 0, unobserving: [] }
      counts.set(vantage, count)
      if (!unobserving.has(vantage) && !known.has(vantage)) continue
      if (![...known].some((other) => other !== vantage)) continue
      count.all++
      if (unobserving.has(vantage)) count.unobserving.push(check)
    }
  }
  const most = [...counts].filter(([, { all, unobserving }]) => all >= FEWEST_CHECKS && unobserving.length > all / 2)
  return new Map(most.map(([vantage, { unobserving }]) => [vantage, Math.min(...unobserving.map(unobservingAfterMs))]))
}

/**
 * How far a vantage's clock is off, ms; the worst of its functions. Undefined while it is right, or has not been wrong for long: a
 * report that could not be sent in time looks the same.
 */
export function skewOf(vantage: string, vantages: VantageRecords[], now: Instant): number | undefined {
  const skews = vantages.flatMap(({ state: { vantage: name, skew } }) =>
    name === vantage && skew !== undefined && now - skew.since >= LASTING_SKEW_MS ? [skew.ms] : [],
  )
  return skews.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0]
}

/** What bears on every consensus: the groups, and the vantages that are faulty now. */
export function circumstancesOf(
  config: Pick<CompiledConfig, 'checks' | 'groups'>,
  vantages: VantageRecords[],
  now: Instant,
): Circumstances {
  const words = wordsOf(config, vantages, now)
  const { groups } = config
  const unobserving = new Set(mostlyUnobserving(config, vantages, now).keys())
  return { faulty: faultyVantages(words, groups), slow: slowVantages(words, groups), unobserving, groups }
}

/**
 * What is to be told of vantages: those that are faulty, or to which most is slow, and were so one run ago. They do not report at the
 * same moment, and the first to see an outage, or the last to see its end, is not faulty.
 */
export function lastingTroubles(
  config: Pick<CompiledConfig, 'checks' | 'groups'>,
  vantages: VantageRecords[],
  now: Instant,
): Map<string, 'faulty' | 'slow'> {
  const words = [wordsOf(config, vantages, now), wordsOf(config, vantages, now, 1)] as const
  const lasting = (troubled: typeof faultyVantages) => {
    const [current, before] = words.map((each) => troubled(each, config.groups))
    return [...(current ?? [])].filter((vantage) => before?.has(vantage))
  }
  return new Map([
    ...lasting(slowVantages).map((vantage) => [vantage, 'slow'] as const),
    ...lasting(faultyVantages).map((vantage) => [vantage, 'faulty'] as const),
  ])
}

/** What each vantage makes of the checks that others run too, without its last `forgotten` runs. */
function wordsOf(
  { checks }: Pick<CompiledConfig, 'checks'>,
  vantages: VantageRecords[],
  now: Instant,
  forgotten = 0,
): VerdictsByCheck {
  const words: VerdictsByCheck = new Map()
  for (const check of checks) {
    if (votersOf(check, vantages).length < 2) continue
    const fresh = seenOf(check, vantages).filter(({ at }) => now - at <= staleAfterMs(check))
    const { m, n } = check.confirm
    const word = (outcomes: VerdictWord[]) => confirmed(outcomes.slice(0, outcomes.length - forgotten), m, n)
    words.set(check.id, new Map(fresh.map(({ vantage, outcomes }) => [vantage, word(outcomes)])))
  }
  return words
}
