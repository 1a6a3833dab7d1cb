import type { LastResort, LastResortVariables } from '../channels/last-resorts/last-resort.ts'
import { lastResorts } from '../channels/registered/last-resorts.ts'
import type { Env } from '../clouds/aws/lambda.ts'
import { BilingualError } from '../contracts/bilingual-error.ts'
import type { Bilingual } from '../contracts/words.ts'

/** Whom a probe tells itself when no queue can be reached, by one channel. */
export interface Recipients {
  /** Type of the channel. */
  type: string
  /** What the channel has read of the environment. */
  settings: { to: string[] }
}

/** Few: whoever is told this way has to act. */
const MOST_RECIPIENTS = 10

/** All that is wrong with the variables that name recipients. */
export class RecipientsError extends BilingualError {
  constructor(problems: Bilingual[]) {
    super({ en: problems.map(({ en }) => en).join('; '), zh: problems.map(({ zh }) => zh).join('；') })
  }
}

/** The channels that probes on `cloud` can use as a last resort. */
export function lastResortsOn(cloud: string): LastResort<unknown>[] {
  return lastResorts.filter(({ clouds }) => clouds?.includes(cloud) ?? true)
}

/** Every variable that `recipientsOf` reads on `cloud`: packaging puts those that are set into a probe's environment. */
export function recipientVariables(cloud: string): string[] {
  return [...new Set(lastResortsOn(cloud).flatMap(({ variables }) => Object.keys(variables)))]
}

/**
 * The last-resort recipients of an environment, by channel. `cloud` is where the probe runs, as vantages name it. Throws one
 * `RecipientsError` with all that is wrong, naming the variables.
 */
export function recipientsOf(env: Env, cloud: string): Recipients[] {
  const problems: Bilingual[] = []
  const variables = reading(env, problems)
  const usable = lastResortsOn(cloud)
  const elsewhere = lastResorts.map(({ recipients }) => recipients)
  for (const name of new Set(elsewhere))
    if (variables.given(name) !== undefined && !usable.some(({ recipients }) => recipients === name))
      problems.push({
        en: `${name}: probes on ${cloud} have no such channel`,
        zh: `${name}：${cloud} 上的探针没有这个渠道`,
      })
  const found = usable.flatMap(({ type, recipients, read }) =>
    variables.given(recipients) === undefined ? [] : [{ type, settings: read(variables) as Recipients['settings'] }],
  )
  if (problems.length > 0) throw new RecipientsError(problems)
  return found
}

function reading(env: Env, problems: Bilingual[]): LastResortVariables {
  const given = (name: string) => env[name]?.trim() || undefined
  return {
    given,
    needed(name, because) {
      const value = given(name)
      if (value === undefined)
        problems.push({ en: `${because} is set, and ${name} is not`, zh: `设置了 ${because}，却没有设置 ${name}` })
      return value ?? ''
    },
    list(name, form, example) {
      const all = (given(name) ?? '').split(',').map((one) => one.trim())
      const wrong = all.filter((one) => !form.test(one))
      if (wrong.length > 0) {
        const said = wrong.join(', ')
        problems.push({ en: `${name}: ${said} should be such as ${example}`, zh: `${name}：${said} 应如 ${example}` })
      }
      if (all.length > MOST_RECIPIENTS)
        problems.push({ en: `${name}: more than ${MOST_RECIPIENTS}`, zh: `${name}：多于 ${MOST_RECIPIENTS} 个` })
      return all
    },
    wrong: (problem) => void problems.push(problem),
  }
}
