import { withRecipients } from '../../plugins/config/environment.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { configuredFunctions } from '../../shared/contracts/functions.ts'
import { references } from '../../shared/contracts/references.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { RecipientsError } from '../../shared/delivery/last-resort-settings.ts'
import { CONNECT_INSTANCE, environmentFor } from './arguments.ts'
import type { Deployment } from './deployments.ts'
import { ownParametersLacking } from './own-parameters.ts'

/** The key that may only send: probes outside AWS have it in their environment. */
const SENDER_KEY_ID = 'FENGHUO_SENDER_KEY_ID'
const SENDER_KEY_SECRET = 'FENGHUO_SENDER_KEY_SECRET'

/** The address of `ingest`, for probes that post their reports. */
const REPORTS_URL = 'FENGHUO_REPORTS_URL'

/**
 * Whether a deployment's functions read what they refer to from a store of their cloud, which packaging asks on AWS: there by itself, on
 * the other clouds by a parameter.
 */
function isStored(cloud: string, given: string[]): boolean {
  const secrets = given.findLast((one) => one.startsWith('secrets='))
  return cloud === 'aws' ? secrets !== 'secrets=environment' : secrets === 'secrets=ssm' || secrets === 'secrets=kms'
}

/**
 * What keeps a deployment from being carried out with this environment, for which packaging would stop it: variables without a
 * value, recipients of the last resort that don't go together, and what one of several regions is not given of its own. `given`: its
 * parameters as `name=value`.
 */
export function lackingIn(deployment: Deployment, config: CompiledConfig, outer: Env, given: string[]): Bilingual[] {
  const env = environmentFor(outer, undefined, given)
  const { role, name, cloud } = deployment
  const functions = role === 'primary' ? configuredFunctions : (['probe'] as const)
  const used = functions.flatMap((fn) => references(compileFor(fn, config, fn === 'probe' ? name : undefined)))
  const stored = isStored(cloud, given)
  const wanted = stored ? used.filter((variable) => variable === CONNECT_INSTANCE) : used
  const own = ownParametersLacking(deployment, config, given)
  const isCalling = role === 'primary' && own.length === 0
  const isPosting = cloud !== 'aws' && config.reportKeys?.[name] !== undefined
  const sending = isPosting ? [REPORTS_URL] : stored ? [SENDER_KEY_ID] : [SENDER_KEY_ID, SENDER_KEY_SECRET]
  const needed = [...wanted, ...(isCalling ? [CONNECT_INSTANCE] : []), ...(cloud === 'aws' ? [] : sending)]
  const unset = [...new Set(needed)].filter((variable) => !env[variable])
  return [...(unset.length === 0 ? [] : [notSet(unset)]), ...own, ...mistakesOf(cloud, env)]
}

function notSet(variables: string[]): Bilingual {
  return {
    en: `${variables.join(', ')} ${variables.length === 1 ? 'is' : 'are'} not set`,
    zh: `没有设置 ${variables.join('、')}`,
  }
}

function mistakesOf(cloud: string, env: Env): Bilingual[] {
  try {
    withRecipients({}, env, cloud)
    return []
  } catch (error) {
    if (error instanceof RecipientsError) return [error.words]
    throw error
  }
}
