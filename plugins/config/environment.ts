import { recipientsOf, recipientVariables } from '../../shared/delivery/last-resort-settings.ts'
import type { Lack } from './words.ts'

/** A function's environment: text, or what CloudFormation fills in when it deploys. */
export type Environment = Record<string, unknown>

/** The limit of all three clouds; Lambda measures the environment written as JSON (Lambda developer guide, "Quotas"). */
export const ENVIRONMENT_BYTES = 4096

/** What a value that only the deployment knows may come to: a queue's URL or a signed token is shorter. */
const UNKNOWN_VALUE = 'x'.repeat(160)

/**
 * The environment with a value for every name, taken from `env` where the environment has none of its own. `missing` holds
 * the names that neither has, or has empty.
 */
export function withVariables(
  environment: Environment,
  names: string[],
  env: Record<string, string | undefined>,
): { environment: Environment; missing: string[] } {
  const wanted = names.filter((name) => environment[name] === undefined)
  const found = wanted.flatMap((name) => (env[name] ? [[name, env[name]]] : []))
  return { environment: { ...environment, ...Object.fromEntries(found) }, missing: wanted.filter((name) => !env[name]) }
}

/** What a probe needs that puts its reports on the queue, and one that posts them. */
const QUEUEING = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'EVENTS_QUEUE_URL']
const POSTING = ['REPORTS_URL']

/** What nobody has to have: a domain of one's own for senders. */
const OPTIONAL = ['INBOUND_DOMAIN']

/** The environment without what is empty and not needed, by the way that a probe's reports go. */
export function withoutUnused(environment: Environment, isPosting: boolean): Environment {
  const optional = [...OPTIONAL, ...(isPosting ? QUEUEING : POSTING)]
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' || !optional.includes(name)),
  )
}

/** From which of our own variables the probes' configurations of other clouds take what AWS calls otherwise. */
const TAKEN_FROM: Record<string, string> = {
  AWS_ACCESS_KEY_ID: 'FENGHUO_SENDER_KEY_ID',
  AWS_SECRET_ACCESS_KEY: 'FENGHUO_SENDER_KEY_SECRET',
  EVENTS_QUEUE_URL: 'FENGHUO_EVENTS_QUEUE_URL',
  REPORTS_URL: 'FENGHUO_REPORTS_URL',
  RELAY_SECRET: 'WECOM_RELAY_SECRET',
}

/** Each variable of a function that is there and empty. */
export function emptyIn(environment: Environment, fn: string): Lack[] {
  const empty = Object.keys(environment).filter((variable) => environment[variable] === '')
  return empty.map((name): Lack => ({ code: 'value', args: { name, fn, from: TAKEN_FROM[name] ?? null } }))
}

/**
 * The environment of a probe with the last-resort recipients that `env` names; `cloud` is the provider's name. A variable whose name
 * ends with the cloud's, `LAST_RESORT_SMS_TEMPLATE_TENCENT`, goes before the one for all clouds: one environment serves deployments
 * to several. Channels that another cloud's probes alone can use are left to those. Throws a `RecipientsError` that names the variables which don't go
 * together.
 */
export function withRecipients(
  environment: Environment,
  env: Record<string, string | undefined>,
  cloud: string,
): Environment {
  const names = recipientVariables(cloud)
  const own = Object.fromEntries(names.map((name) => [name, env[`${name}_${cloud.toUpperCase()}`] || env[name]]))
  const whole = withVariables(environment, names, own).environment
  const known = Object.entries(whole).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  recipientsOf(Object.fromEntries(known), cloud)
  return whole
}

/** The size of an environment in bytes, as Lambda counts it; values that are not known yet are taken as 160 bytes. */
export function environmentBytes(environment: Environment): number {
  const known = Object.entries(environment).map(([name, value]) => [
    name,
    typeof value === 'object' ? UNKNOWN_VALUE : String(value),
  ])
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(known)))
}
