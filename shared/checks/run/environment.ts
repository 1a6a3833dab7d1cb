import { resolveReferences } from '../../contracts/references.ts'
import type { CheckIo } from '../kind.ts'
import { Fault, fact } from './fault.ts'

/** A copy of `value` with its `${NAME}` references resolved. Throws an `unknown` fault that names those that are not set. */
export function fromEnvironment<T>(value: T, env: CheckIo['env']): T {
  const resolved = resolveReferences(value, env)
  if (resolved.missing.length === 0) return resolved.value
  throw new Fault(fact('variables-not-set', { names: resolved.missing }), 'unknown')
}
