import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { PassiveEvaluator } from './kind.ts'
import { passiveEvaluators } from './registered/passive-evaluators.ts'
import { sampleEvaluators } from './registered/sample-evaluators.ts'

/** What judges a passive check. Throws for a kind that has nothing. */
export function passiveEvaluatorOf({ kind }: Pick<CompiledCheck, 'kind'>): PassiveEvaluator {
  const evaluator = passiveEvaluators[kind]
  if (evaluator === undefined) throw new Error(`Nothing judges checks of ${kind}`)
  return evaluator
}

/** Whether messages of that kind tell of a check: no probe runs it, and its own kind takes them. */
export function isToldBy(
  message: PassiveEvaluator['takes'],
  { kind, isPassive }: Pick<CompiledCheck, 'kind' | 'isPassive'>,
): boolean {
  return isPassive === true && passiveEvaluatorOf({ kind }).takes === message
}

/** The check of a group that another check has found, from all that are configured; undefined if `id` is not such a one's. */
export function groupCheck(id: string, checks: ReadonlyMap<string, CompiledCheck>): CompiledCheck | undefined {
  const [project, name, ...group] = id.split('/')
  const parent = checks.get(`${project}/${name}`)
  if (group.length === 0 || !parent?.findsGroups) return undefined
  return sampleEvaluators[parent.kind]?.ofGroup(parent, group.join('/'))
}
