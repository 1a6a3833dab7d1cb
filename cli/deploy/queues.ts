import { GetQueueUrlCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs'
import { sqsClient } from '../../shared/clouds/aws/clients.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { CommandError } from '../failure.ts'
import { awsEnv } from '../target.ts'
import type { Deployment } from './deployments.ts'

/** Where the probes of other clouds find the queues; what the environment says of it goes before what is found. */
export const EVENTS_VARIABLE = 'FENGHUO_EVENTS_QUEUE_URL'
export const STANDBY_VARIABLE = 'FENGHUO_STANDBY_QUEUE_URL'

/** The queues that probes send to; undefined while they are not there, or not wanted. */
export interface QueueUrls {
  events?: string | undefined
  standby?: string | undefined
}

/** Looks for the queues of a stage, which a first deployment has yet to make. */
export class Queues {
  readonly #where: { stage: string; region: string; standby?: string | undefined }
  readonly #env: Env

  constructor(where: { stage: string; region: string; standby?: string | undefined }, env: Env) {
    this.#where = where
    this.#env = env
  }

  /** What this deployment has to know of them. */
  async find({ role, cloud }: Deployment): Promise<QueueUrls> {
    const { stage, region, standby } = this.#where
    const env = this.#env
    if (role === 'standby') return {}
    const isElsewhere = cloud !== 'aws'
    const standbyName = `fenghuo-standby-${stage}-events`
    return {
      events: isElsewhere
        ? env[EVENTS_VARIABLE] || (await findQueue(`fenghuo-${stage}-events`, region, env))
        : undefined,
      standby:
        env[STANDBY_VARIABLE] || (standby === undefined ? undefined : await findQueue(standbyName, standby, env)),
    }
  }

  /**
   * Says which roles have to be deployed before a deployment, since a queue that it has to know is not there yet. Throws a
   * `CommandError` if nobody is going to make it.
   */
  async missing(deployments: Deployment[]): Promise<(deployment: Deployment) => Deployment['role'][]> {
    const found = new Map<Deployment, Deployment['role'][]>()
    for (const deployment of deployments) {
      const roles = this.#lacks(deployment, await this.find(deployment))
      const absent = roles.find((role) => !deployments.some((one) => one.role === role))
      if (absent !== undefined) throw new CommandError(notThere(absent, deployment))
      found.set(deployment, roles)
    }
    return (deployment) => found.get(deployment) ?? []
  }

  /** What it has to know of them, once what makes them is deployed. Throws a `CommandError` rather than leave one out. */
  async need(deployment: Deployment): Promise<QueueUrls> {
    const found = await this.find(deployment)
    const [absent] = this.#lacks(deployment, found)
    if (absent === undefined) return found
    throw new CommandError({
      en: `${absent} is deployed, and its queue is not to be found yet: run this again`,
      zh: `${absent} 已部署，但还找不到它的队列：请再执行一次`,
    })
  }

  /** The roles whose queues it has to know and does not. */
  #lacks({ cloud, role }: Deployment, { events, standby }: QueueUrls): Deployment['role'][] {
    const isStandbyLacking = role !== 'standby' && this.#where.standby !== undefined && standby === undefined
    return [
      ...(cloud !== 'aws' && events === undefined ? (['primary'] as const) : []),
      ...(isStandbyLacking ? (['standby'] as const) : []),
    ]
  }
}

function notThere(role: Deployment['role'], { name }: Deployment): Bilingual {
  if (role === 'standby')
    return {
      en: `${name} needs the queue that stands by: deploy standby too`,
      zh: `${name} 需要备用队列：请一并部署 standby`,
    }
  return {
    en: `${name} needs the events queue: deploy primary too, or set ${EVENTS_VARIABLE}`,
    zh: `${name} 需要事件队列：请一并部署 primary，或设置 ${EVENTS_VARIABLE}`,
  }
}

/** The URL of a queue of our account by its name; undefined while there is none. */
async function findQueue(name: string, region: string, env: Env): Promise<string | undefined> {
  const client = sqsClient(awsEnv(env, region))
  try {
    return (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined
    throw error
  } finally {
    client.destroy()
  }
}
