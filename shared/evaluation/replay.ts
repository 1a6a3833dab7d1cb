import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Instant, Severity, VerdictWord } from '../contracts/words.ts'
import { type Circumstances, staleAfterMs } from './consensus.ts'
import { checkKey, type Records } from './record.ts'
import { extended, placeId, type VantageState } from './vantage.ts'
import type { VantageRecords } from './vantages.ts'
import { verdictMachine } from './verdict.ts'
import { consensusOn, verdictInput } from './verdict-input.ts'
import type { VerdictState } from './verdict-state.ts'

/** What one run of a check saw at a vantage, or at a place of third parties that it asked from there. */
export interface Seen {
  vantage: string
  /** The probe function. */
  function: string
  place?: string
  at: Instant
  outcome: VerdictWord
  latencyMs: number
}

/** An alert that a check would have raised. */
export interface Raised {
  severity: Severity
  from: Instant
  /** Absent: it goes on. */
  until?: Instant
}

/**
 * What a check would have raised with these settings, of all that its runs saw, oldest first: judged run by run, as evaluation does. It is
 * judged by itself: that a vantage was faulty, or what it depends on down, is not known any more, and no more what was told of slowness by
 * comparison with what is usual.
 */
export function replay(check: CompiledCheck, seen: Seen[], groups: Circumstances['groups'] = {}): Raised[] {
  const circumstances: Circumstances = { faulty: new Set(), slow: new Set(), groups }
  const vantages = new Map<string, VantageRecords & { records: Records }>()
  const places = placesIn(seen, check)
  const raised: Raised[] = []
  const open = new Map<string, Raised>()
  let state: VerdictState | undefined
  for (const one of seen) {
    const { at } = one
    record(one, check, places, vantages)
    const all = [...vantages.values()]
    const input = verdictInput(
      check,
      consensusOn(check, all, circumstances, at, state),
      all,
      undefined,
      { checks: [] },
      at,
      circumstances,
    )
    const decided = verdictMachine.transition(state, input, at)
    state = decided.state
    for (const effect of decided.outbox) {
      if (!('alert' in effect)) continue
      const { action, dedupKey, severity } = effect.alert
      const before = open.get(dedupKey)
      if (action === 'resolve') {
        if (before !== undefined) before.until = at
        open.delete(dedupKey)
      } else if (before === undefined) {
        const begun = { severity, from: at }
        open.set(dedupKey, begun)
        raised.push(begun)
      } else before.severity = severity
    }
  }
  return raised
}

/** The places that each probe function asked. */
function placesIn(seen: Seen[], check: CompiledCheck): (one: Seen) => VantageState['places'] {
  const places = new Map<string, Set<string>>()
  for (const one of seen) {
    if (one.place === undefined) continue
    const known = places.get(keyOf(one)) ?? new Set()
    places.set(keyOf(one), known.add(one.place))
  }
  return (one) => {
    const of = places.get(keyOf(one))
    return of === undefined ? undefined : { [check.id]: [...of] }
  }
}

function record(
  one: Seen,
  check: CompiledCheck,
  placesOf: (one: Seen) => VantageState['places'],
  vantages: Map<string, VantageRecords & { records: Records }>,
): void {
  const places = placesOf(one)
  const before = vantages.get(keyOf(one)) ?? {
    state: {
      ...{ vantage: one.vantage, function: one.function, heardAt: one.at, records: '', faults: {} },
      ...(places && { places }),
    },
    records: new Map(),
  }
  const key = checkKey(one.place === undefined ? check.id : placeId(check.id, one.place))
  before.records.set(key, extended(before.records.get(key), one, one.at, staleAfterMs(check)))
  vantages.set(keyOf(one), { ...before, state: { ...before.state, heardAt: one.at } })
}

function keyOf({ vantage, function: name }: Seen): string {
  return `${vantage}#${name}`
}
