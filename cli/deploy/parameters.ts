import { didYouMean } from '../../shared/contracts/suggest.ts'
import { CommandError } from '../failure.ts'
import { type Deployment, type Naming, namesOf } from './deployments.ts'

/** A value may hold any character, a name none of these. */
const form = /^(?:([^:=]+):)?([^:=]+)=(.*)$/s

/**
 * What each deployment is given of `--param name=value` and, for some deployments only, `--param deployment:name=value`: those whose
 * configuration declares the parameter get it. `declared` names what a configuration declares. Throws a `CommandError` for one that
 * nobody would get.
 */
export function parametersOf(
  given: string[],
  deployments: Deployment[],
  vantages: Naming,
  declared: (config: string) => string[],
): (deployment: Deployment) => string[] {
  const found = new Map<Deployment, string[]>()
  for (const text of given) {
    const [, to, name = '', value = ''] = form.exec(text) ?? []
    if (name === '') throw new CommandError(`--param ${text}: should be name=value, or deployment:name=value`)
    const named = to === undefined ? deployments : deployments.filter((one) => namesOf(one, vantages).includes(to))
    if (to !== undefined && named.length === 0) {
      const names = [...new Set(deployments.flatMap((one) => namesOf(one, vantages)))]
      throw unknown(text, `deployment as ${to}`, to, names)
    }
    const takers = named.filter(({ config }) => declared(config).includes(name))
    if (takers.length === 0) {
      const names = [...new Set(named.flatMap(({ config }) => declared(config)))]
      throw unknown(text, `parameter as ${name}`, name, names)
    }
    for (const taker of takers) found.set(taker, [...(found.get(taker) ?? []), `${name}=${value}`])
  }
  return (deployment) => found.get(deployment) ?? []
}

function unknown(text: string, what: string, word: string, known: string[]): CommandError {
  return new CommandError(
    `--param ${text}: there is no such ${what}${didYouMean(word, known)}. There are ${known.join(', ')}`,
  )
}
