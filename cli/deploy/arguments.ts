import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { Deployment } from './deployments.ts'
import { EVENTS_VARIABLE } from './events-queue.ts'

/** What the configuration calls the instance that calls. */
export const CONNECT_INSTANCE = 'CONNECT_INSTANCE_ID'

export interface Settings {
  stage: string
  /** The region that pages first. */
  region: string
  /** The configuration, relative to the project's folder. */
  config: string
  /** Whether probes of other clouds send to the primary region, which takes a user of its own there. */
  isSentTo: boolean
}

/** The framework's arguments for a deployment; `given`: its parameters as `name=value`, which go before ours. */
export function argumentsFor(
  { config, region, role, cloud }: Deployment,
  settings: Settings,
  given: string[],
): string[] {
  const params: Record<string, string> = { config: settings.config }
  // A deployment without it would take the user away again, and with it what its key may do.
  if (role === 'primary' && region === settings.region && settings.isSentTo) params.senderUser = 'yes'
  if (cloud === 'aws' && role !== 'primary') params.primaryRegion = settings.region
  const ours = Object.entries(params)
    .filter(([name]) => !given.some((one) => one.startsWith(`${name}=`)))
    .map(([name, value]) => `${name}=${value}`)
  // Else the framework says nothing as long as CloudFormation works, which is minutes.
  const talk = cloud === 'aws' ? ['--verbose'] : []
  const place = ['--config', config, '--stage', settings.stage, '--region', region]
  return ['deploy', ...talk, ...place, ...[...ours, ...given].map((param) => `--param=${param}`)]
}

/**
 * Its environment: outside of AWS it is told there where the events queue is. An instance of Amazon Connect that is `given` as a parameter is also
 * what the configuration calls `${CONNECT_INSTANCE_ID}`: each of several regions has its own.
 */
export function environmentFor(env: Env, events: string | undefined, given: string[]): Env {
  const instance = given.findLast((one) => one.startsWith(INSTANCE))?.slice(INSTANCE.length)
  return {
    ...env,
    ...(events !== undefined && { [EVENTS_VARIABLE]: events }),
    ...(instance && { [CONNECT_INSTANCE]: instance }),
  }
}

const INSTANCE = 'connectInstanceId='
