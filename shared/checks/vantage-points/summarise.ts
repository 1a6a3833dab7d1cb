import type { Fact } from '../../contracts/fact.ts'
import type { Place } from '../../contracts/report.ts'
import { type VerdictWord, verdictsWorstFirst } from '../../contracts/verdicts.ts'
import { fact } from '../run/fault.ts'
import type { VantagePointsFault } from './faults.ts'

type PlaceResult = Omit<Place, 'vantage'>

const troubles = verdictsWorstFirst.filter((word) => word !== 'up')

/** More nodes than this are counted, not named. */
const MOST_NAMED = 8

/**
 * What the places of one run together make of a target: `down` when more than half of those that know anything see it
 * down, `degraded` when at least half see it down or slow, else `up`; `unknown` when none knows anything, with the
 * reason that most of them have. The latency is their median (ms); the fault names the places that are worst off.
 */
export function summarise(places: Place[]): Pick<Place, 'outcome' | 'latencyMs' | 'fault'> {
  const outcome = together(places)
  if (outcome === 'unknown') return { outcome, fault: commonest(places.map(({ fault }) => fault ?? noNodeKnows)) }
  const latencyMs = medianOf(places)?.latencyMs
  const worst = troubles.find((bad) => places.some((place) => place.outcome === bad))
  return {
    outcome,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(worst === undefined ? {} : { fault: affected(places, worst) }),
  }
}

const noNodeKnows: VantagePointsFault = fact('no-node-knows')

function affected(places: Place[], outcome: (typeof troubles)[number]): VantagePointsFault {
  const names = places
    .filter((place) => place.outcome === outcome)
    .map(({ vantage }) => vantage.slice(vantage.indexOf('/') + 1))
  const args = { count: names.length, of: places.length, outcome, nodes: names.slice(0, MOST_NAMED) }
  return fact('nodes-affected', args)
}

/**
 * What several probes at one place make of a target, by the same rule; latency and phases are those of the median
 * one.
 */
export function combine(results: PlaceResult[]): PlaceResult {
  const outcome = together(results)
  const { latencyMs, phases } = medianOf(results) ?? {}
  const [worst] = verdictsWorstFirst.flatMap(
    (word) => results.find(({ outcome, fault }) => outcome === word && fault) ?? [],
  )
  const fault = worst?.fault
  return {
    outcome,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(phases === undefined ? {} : { phases }),
    ...(fault === undefined ? {} : { fault }),
  }
}

function together(results: PlaceResult[]): VerdictWord {
  const count = (outcome: VerdictWord) => results.filter((result) => result.outcome === outcome).length
  const [down, slow, known] = [count('down'), count('degraded'), results.length - count('unknown')]
  if (known === 0) return 'unknown'
  if (down > known / 2) return 'down'
  return down + slow >= known / 2 ? 'degraded' : 'up'
}

/** The one in the middle of those that know how long it took; of two in the middle the faster. */
function medianOf(results: PlaceResult[]): PlaceResult | undefined {
  const timed = results.filter(({ outcome, latencyMs }) => outcome !== 'unknown' && latencyMs !== undefined)
  const sorted = [...timed].sort((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0))
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

function commonest(faults: Fact[]): Fact {
  const counts = new Map<string, number>()
  const keys = faults.map((fault) => JSON.stringify(fault))
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return faults[keys.findIndex((key) => counts.get(key) === most)] ?? noNodeKnows
}
