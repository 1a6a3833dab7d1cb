import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Matchers } from '../contracts/matcher.ts'
import { compileMatchers } from '../incidents/pause/matcher.ts'
import { whenDown } from '../incidents/pause/when-down.ts'

/** Matchers that also fit each check that depends on one which they fit, however far: a tree of checks, from its root up. */
export function withDependents(match: Matchers, checks: CompiledCheck[]): Matchers {
  const fits = compileMatchers(match)
  const roots = new Set(checks.filter((check) => fits(whenDown(check))).map(({ id }) => id))
  const tree = new Set(roots)
  let before: number
  do {
    before = tree.size
    for (const { id, dependsOn } of checks) if (dependsOn !== undefined && tree.has(dependsOn)) tree.add(id)
  } while (tree.size > before)
  const dependents = checks.filter(({ id }) => tree.has(id) && !roots.has(id))
  return [
    ...match,
    ...dependents.map(({ id, project }): Matchers[number] => [
      { name: 'project', is: '=', value: project },
      { name: 'check', is: '=', value: id },
    ]),
  ]
}
