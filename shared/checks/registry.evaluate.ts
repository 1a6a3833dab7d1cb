import type { CompiledCheck } from '../contracts/compiled-config.ts'
import { kafkaLagEvaluator } from './kafka-lag/evaluate.ts'
import type { SampleEvaluator } from './kind.ts'

/** The judging halves of the check kinds that have one, by their name. */
export const sampleEvaluators: Record<string, SampleEvaluator> = { 'kafka-lag': kafkaLagEvaluator }

/** The check of a group that another check has found, from all that are configured; undefined if `id` is not such a one's. */
export function groupCheck(id: string, checks: ReadonlyMap<string, CompiledCheck>): CompiledCheck | undefined {
  const [project, name, ...group] = id.split('/')
  const parent = checks.get(`${project}/${name}`)
  if (group.length === 0 || !parent?.findsGroups) return undefined
  return sampleEvaluators[parent.kind]?.ofGroup(parent, group.join('/'))
}
