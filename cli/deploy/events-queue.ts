import { GetQueueUrlCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs'
import { sqsClient } from '../../shared/clouds/aws/clients.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { CommandError } from '../failure.ts'
import { awsEnv } from '../target.ts'
import type { Deployment } from './deployments.ts'

/** Where the probes of other clouds find the events queue; what the environment says of it goes before what is found. */
export const EVENTS_VARIABLE = 'FENGHUO_EVENTS_QUEUE_URL'

/** The events queue of a stage, which a first deployment has yet to make. `region`: the first one that pages. */
export class EventsQueue {
  readonly #where: { stage: string; region: string }
  readonly #env: Env

  constructor(where: { stage: string; region: string }, env: Env) {
    this.#where = where
    this.#env = env
  }

  /**
   * Says what has to be deployed before a deployment, since it has to know the queue and that is not there yet. Throws a `CommandError` if
   * nobody is going to make it.
   */
  async missing(deployments: Deployment[]): Promise<(deployment: Deployment) => Deployment[]> {
    const waiting = deployments.filter(isTold)
    const [first] = waiting
    if (first === undefined || (await this.#find()) !== undefined) return () => []
    const maker = deployments.find(({ role, region }) => role === 'primary' && region === this.#where.region)
    if (maker === undefined)
      throw new CommandError({
        en: `${first.name} needs the events queue: deploy primary too, or set ${EVENTS_VARIABLE}`,
        zh: `${first.name} 需要事件队列：请一并部署 primary，或设置 ${EVENTS_VARIABLE}`,
      })
    return (deployment) => (isTold(deployment) ? [maker] : [])
  }

  /**
   * Its address for a deployment that has to be told it, once what makes it is deployed; undefined: it need not be told. Throws a
   * `CommandError` rather than leave it out.
   */
  async need(deployment: Deployment): Promise<string | undefined> {
    if (!isTold(deployment)) return undefined
    const found = await this.#find()
    if (found !== undefined) return found
    throw new CommandError({
      en: 'primary is deployed, and its queue is not to be found yet: run this again',
      zh: 'primary 已部署，但还找不到它的队列：请再执行一次',
    })
  }

  async #find(): Promise<string | undefined> {
    const { stage, region } = this.#where
    return this.#env[EVENTS_VARIABLE] || (await findQueue(`fenghuo-${stage}-events`, region, this.#env))
  }
}

/** On AWS a deployment makes the address of its parts. */
function isTold({ cloud }: Deployment): boolean {
  return cloud !== 'aws'
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
