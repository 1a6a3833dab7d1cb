import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { Deployment } from './deployments.ts'
import { EVENTS_VARIABLE, type QueueUrls, STANDBY_VARIABLE } from './queues.ts'

export interface Settings {
  stage: string
  /** The primary region. */
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
  { standby }: QueueUrls,
  given: string[],
): string[] {
  const params: Record<string, string> = role === 'standby' ? {} : { config: settings.config }
  // A deployment without it would take the user away again, and with it what its key may do.
  if (role === 'primary' && settings.isSentTo) params.senderUser = 'yes'
  if (cloud === 'aws' && role !== 'primary') params.primaryRegion = settings.region
  if (cloud === 'aws' && role !== 'standby' && standby !== undefined) params.standbyQueueUrl = standby
  const ours = Object.entries(params)
    .filter(([name]) => !given.some((one) => one.startsWith(`${name}=`)))
    .map(([name, value]) => `${name}=${value}`)
  // Else the framework says nothing as long as CloudFormation works, which is minutes.
  const talk = cloud === 'aws' ? ['--verbose'] : []
  const place = ['--config', config, '--stage', settings.stage, '--region', region]
  return ['deploy', ...talk, ...place, ...[...ours, ...given].map((param) => `--param=${param}`)]
}

/** Its environment: outside AWS the queues are told in it. */
export function environmentFor({ cloud }: Deployment, env: Env, { events, standby }: QueueUrls): Env {
  if (cloud === 'aws') return env
  return {
    ...env,
    ...(events === undefined ? {} : { [EVENTS_VARIABLE]: events }),
    ...(standby === undefined ? {} : { [STANDBY_VARIABLE]: standby }),
  }
}
