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

/** The size of an environment in bytes, as Lambda counts it; values that are not known yet are taken as 160 bytes. */
export function environmentBytes(environment: Environment): number {
  const known = Object.entries(environment).map(([name, value]) => [
    name,
    typeof value === 'object' ? UNKNOWN_VALUE : String(value),
  ])
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(known)))
}
