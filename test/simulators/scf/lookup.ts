import type { Scope } from './action.ts'
import { Refused } from './refused.ts'
import { type ScfFunction, type Version, versionOf } from './state.ts'

interface Named {
  FunctionName: string
  Namespace: string
}

/** The function that a request names. */
export function findFunction({ FunctionName, Namespace }: Named, scope: Scope): ScfFunction {
  checkNamespace(Namespace, scope)
  const found = scope.region.get(`${Namespace}/${FunctionName}`)
  if (!found) throw new Refused('ResourceNotFound.Function', `The function ${FunctionName} does not exist.`)
  return found
}

export function checkNamespace(namespace: string, { cloud }: Scope): void {
  if (cloud.settings.namespaces.includes(namespace)) return
  throw new Refused('ResourceNotFound.Namespace', `The namespace ${namespace} does not exist.`)
}

/** A version by its number or `$LATEST`. */
export function findVersion(found: ScfFunction, name: string): Version {
  const version = versionOf(found, name)
  if (!version) throw new Refused('ResourceNotFound.FunctionVersion', `There is no version ${name} of ${found.name}.`)
  return version
}

/** Takes the name of a version or of an alias. */
export function checkQualifier(found: ScfFunction, qualifier: string): void {
  if (versionOf(found, qualifier) || found.aliases.has(qualifier)) return
  throw new Refused('ResourceNotFound.Qualifier', `${found.name} has no version or alias ${qualifier}.`)
}

/** The version that a call by `qualifier` runs; behind an alias with weights, `random` (0 to below 1) decides. */
export function routedVersion(found: ScfFunction, qualifier: string, random: number): Version {
  const alias = found.aliases.get(qualifier)
  if (!alias) return findVersion(found, qualifier)
  const [additional] = alias.routing.AdditionalVersionWeights
  return findVersion(found, additional && random < additional.Weight ? additional.Version : alias.version)
}
