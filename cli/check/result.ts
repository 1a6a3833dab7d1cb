import type { Evaluated, Sampled } from '../../shared/checks/kind.ts'
import { sampleEvaluators } from '../../shared/checks/registered/sample-evaluators.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Observation, Place } from '../../shared/contracts/report.ts'
import { type VerdictWord, verdictsWorstFirst } from '../../shared/contracts/verdicts.ts'

/** What one run of a check saw; its places, or the parts of what its samples are of, are `parts`, worst first. */
export interface CheckResult extends Pick<Observation, 'latencyMs' | 'phases' | 'fault'> {
  name: string
  /** Absent for what has no word of its own, such as a topic. */
  outcome?: VerdictWord
  /** The parts are groups that were found by a pattern. */
  found?: true
  parts: CheckResult[]
}

/** Judges samples with what it remembers of earlier runs, by the rules of the kinds that have some. */
export type Evaluators = Record<string, (sampled: Omit<Sampled, 'vantage'>) => Evaluated>

/** Those of all kinds, which have seen nothing yet. */
export function newEvaluators(): Evaluators {
  return Object.fromEntries(
    Object.entries(sampleEvaluators).map(([kind, evaluator]) => [kind, evaluator.remembering()]),
  )
}

/** Sorts what is worst to the front; the rest stays in its order. */
export function byBadness<T extends { outcome?: VerdictWord }>(results: T[]): T[] {
  const rank = ({ outcome }: T) =>
    outcome === undefined ? verdictsWorstFirst.length : verdictsWorstFirst.indexOf(outcome)
  return results.toSorted((a, b) => rank(a) - rank(b))
}

/** What an observation comes to. Its samples are judged with what `evaluators` remember of earlier runs. */
export function resultOf(observation: Observation, check: CompiledCheck, evaluators: Evaluators): CheckResult {
  const { check: name, at: _, project: __, places = [], samples, ...seen } = observation
  const evaluate = evaluators[check.kind]
  if (samples === undefined || evaluate === undefined)
    return { name, ...seen, parts: byBadness(places.map(placeResult)) }
  const { parts, ...evaluated } = evaluate({ observation, check })
  return { ...seen, ...evaluated, parts: byBadness(parts) }
}

function placeResult({ vantage, ...seen }: Place): CheckResult {
  return { name: vantage, ...seen, parts: [] }
}
