import type { Judged, Sampled } from '../../shared/checks/kind.ts'
import { sampleJudges } from '../../shared/checks/registry.judge.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Observation, Place } from '../../shared/contracts/report.ts'
import { type VerdictWord, verdictsWorstFirst } from '../../shared/contracts/words.ts'

/** What one run of a check saw; its places, or the parts of what its samples are of, are `parts`, worst first. */
export interface CheckResult extends Pick<Observation, 'latencyMs' | 'phases' | 'fault'> {
  name: string
  /** Absent for what has no word of its own, such as a topic. */
  outcome?: VerdictWord
  parts: CheckResult[]
}

/** Judges samples with what it remembers of earlier runs, by the rules of the kinds that have some. */
export type Judges = Record<string, (sampled: Omit<Sampled, 'vantage'>) => Judged>

/** Those of all kinds, which have seen nothing yet. */
export function newJudges(): Judges {
  return Object.fromEntries(Object.entries(sampleJudges).map(([kind, judge]) => [kind, judge.remembering()]))
}

/** Sorts what is worst to the front; the rest stays in its order. */
export function byBadness<T extends { outcome?: VerdictWord }>(results: T[]): T[] {
  const rank = ({ outcome }: T) =>
    outcome === undefined ? verdictsWorstFirst.length : verdictsWorstFirst.indexOf(outcome)
  return results.toSorted((a, b) => rank(a) - rank(b))
}

/** What an observation comes to. Its samples are judged with what `judges` remember of earlier runs. */
export function resultOf(observation: Observation, check: CompiledCheck, judges: Judges): CheckResult {
  const { check: name, at: _, project: __, places = [], samples, ...seen } = observation
  const judge = judges[check.kind]
  if (samples === undefined || judge === undefined) return { name, ...seen, parts: byBadness(places.map(placeResult)) }
  const { parts, ...judged } = judge({ observation, samples, check })
  return { ...seen, ...judged, parts: byBadness(parts) }
}

function placeResult({ vantage, ...seen }: Place): CheckResult {
  return { name: vantage, ...seen, parts: [] }
}
