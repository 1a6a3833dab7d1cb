import type { CompiledCheck } from '../contracts/compiled-config.ts'
import { kafkaLagJudge } from './kafka-lag/judge.ts'
import type { SampleJudge } from './kind.ts'

/** The judging halves of the check kinds that have one, by their name. */
export const sampleJudges: Record<string, SampleJudge> = { 'kafka-lag': kafkaLagJudge }

/** The check of a group that another check has found, from all that are configured; undefined if `id` is not such a one's. */
export function groupCheck(id: string, checks: ReadonlyMap<string, CompiledCheck>): CompiledCheck | undefined {
  const [project, name, ...group] = id.split('/')
  const parent = checks.get(`${project}/${name}`)
  if (group.length === 0 || !parent?.findsGroups) return undefined
  return sampleJudges[parent.kind]?.ofGroup(parent, group.join('/'))
}
