import { withRecipients } from '../../plugins/config/environment.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { configuredFunctions } from '../../shared/contracts/functions.ts'
import { references } from '../../shared/contracts/references.ts'
import type { Deployment } from './deployments.ts'

/** The key that may only send: probes outside AWS have it in their environment. */
const SENDER_KEY = ['FENGHUO_SENDER_KEY_ID', 'FENGHUO_SENDER_KEY_SECRET']

/** The address of `ingest`, for probes that post their reports. */
const REPORTS_URL = 'FENGHUO_REPORTS_URL'

const CONNECT_INSTANCE = 'CONNECT_INSTANCE_ID'

/** By this parameter a deployment on AWS has in its environment what its functions would read from a store, which packaging asks. */
const IN_ENVIRONMENT = 'secrets=environment'

/**
 * What keeps a deployment from being carried out with this environment, for which packaging would stop it: variables without a
 * value, and recipients of the last resort that don't go together. `given`: its parameters as `name=value`.
 */
export function lackingIn(deployment: Deployment, config: CompiledConfig, env: Env, given: string[]): string[] {
  const { role, name, cloud } = deployment
  if (role === 'standby') return []
  const functions = role === 'primary' ? configuredFunctions : (['probe'] as const)
  const used = functions.flatMap((fn) => references(compileFor(fn, config, fn === 'probe' ? name : undefined)))
  const isStored = cloud === 'aws' && !given.includes(IN_ENVIRONMENT)
  const wanted = isStored ? used.filter((variable) => variable === CONNECT_INSTANCE) : used
  const isCalling = role === 'primary' && !given.some((one) => one.startsWith('connectInstanceId='))
  const isPosting = cloud !== 'aws' && config.reportKeys?.[name] !== undefined
  const sending = isPosting ? [REPORTS_URL] : SENDER_KEY
  const needed = [...wanted, ...(isCalling ? [CONNECT_INSTANCE] : []), ...(cloud === 'aws' ? [] : sending)]
  const unset = [...new Set(needed)].filter((variable) => !env[variable]).map((variable) => `${variable} is not set`)
  return [...unset, ...mistakesOf(cloud, env)]
}

function mistakesOf(cloud: string, env: Env): string[] {
  try {
    withRecipients({}, env, cloud)
    return []
  } catch (error) {
    if (error instanceof RangeError) return [error.message]
    throw error
  }
}
