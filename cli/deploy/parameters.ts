import { didYouMean } from '../../shared/contracts/suggest.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { CommandError } from '../failure.ts'
import { type Deployment, type Naming, namesOf } from './deployments.ts'
import { ownParameters } from './own-parameters.ts'

/** A value may hold any character, a name none of these. */
const form = /^(?:([^:=]+):)?([^:=]+)=(.*)$/s

/**
 * What each deployment is given of `--param name=value` and, for some deployments only, `--param deployment:name=value`: those whose
 * configuration declares the parameter get it. `declared` names what a configuration declares. Throws a `CommandError` for one that
 * nobody would get, and for what several regions would share that each has of its own.
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
    if (name === '')
      throw new CommandError({
        en: `--param ${text}: should be name=value, or deployment:name=value`,
        zh: `--param ${text}：应为 名称=值，或 部署:名称=值`,
      })
    const named = to === undefined ? deployments : deployments.filter((one) => namesOf(one, vantages).includes(to))
    if (to !== undefined && named.length === 0) {
      const names = [...new Set(deployments.flatMap((one) => namesOf(one, vantages)))]
      throw unknown(text, { en: `deployment as ${to}`, zh: `部署 ${to}` }, to, names)
    }
    const takers = named.filter(({ config }) => declared(config).includes(name))
    if (takers.length === 0) {
      const names = [...new Set(named.flatMap(({ config }) => declared(config)))]
      throw unknown(text, { en: `parameter as ${name}`, zh: `参数 ${name}` }, name, names)
    }
    const regions = takers.filter(({ role }) => role === 'primary')
    if (ownParameters.includes(name) && regions.length > 1) throw shared(text, name, regions)
    for (const taker of takers) found.set(taker, [...(found.get(taker) ?? []), `${name}=${value}`])
  }
  return (deployment) => found.get(deployment) ?? []
}

function shared(text: string, name: string, regions: Deployment[]): CommandError {
  const forms = regions.map((one) => `${one.name}:${name}=…`)
  return new CommandError({
    en: `--param ${text}: each region has its own, write ${forms.join(' or ')}`,
    zh: `--param ${text}：各地域各有自己的，写成 ${forms.join(' 或 ')}`,
  })
}

function unknown(text: string, what: Bilingual, word: string, known: string[]): CommandError {
  const guess = didYouMean(word, known)
  return new CommandError({
    en: `--param ${text}: there is no such ${what.en}${guess.en}. There are ${known.join(', ')}`,
    zh: `--param ${text}：没有${what.zh}${guess.zh}。有 ${known.join('、')}`,
  })
}
