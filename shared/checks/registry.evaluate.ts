import type { CompiledCheck } from '../contracts/compiled-config.ts'
import { heartbeatEvaluator } from './heartbeat/evaluate.ts'
import { kafkaLagEvaluator } from './kafka-lag/evaluate.ts'
import type { PassiveEvaluator, SampleEvaluator } from './kind.ts'

/** The judging halves of the check kinds whose observations bring samples, by their name. */
export const sampleEvaluators: Record<string, SampleEvaluator> = { 'kafka-lag': kafkaLagEvaluator }

/** The judging halves of the passive check kinds, by their name. */
const passiveEvaluators: Record<string, PassiveEvaluator> = { heartbeat: heartbeatEvaluator }

/** What judges a passive check. Throws for a kind that has nothing. */
export function passiveEvaluatorOf({ kind }: Pick<CompiledCheck, 'kind'>): PassiveEvaluator {
  const evaluator = passiveEvaluators[kind]
  if (evaluator === undefined) throw new Error(`Nothing judges checks of ${kind}`)
  return evaluator
}

/** The check of a group that another check has found, from all that are configured; undefined if `id` is not such a one's. */
export function groupCheck(id: string, checks: ReadonlyMap<string, CompiledCheck>): CompiledCheck | undefined {
  const [project, name, ...group] = id.split('/')
  const parent = checks.get(`${project}/${name}`)
  if (group.length === 0 || !parent?.findsGroups) return undefined
  return sampleEvaluators[parent.kind]?.ofGroup(parent, group.join('/'))
}
