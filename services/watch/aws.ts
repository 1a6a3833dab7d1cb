import { redrive } from '../../shared/clouds/aws/dead-letters.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { lateDirectories } from '../../shared/clouds/aws/late-directories.ts'
import { depthsOnce, watchedQueues } from '../../shared/clouds/aws/path-queues.ts'
import { publish } from '../../shared/clouds/aws/sns.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { knownRegion } from '../../shared/engine/regions/known-region.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { pathMail } from '../../shared/messages/path-mail.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const config = readConfig(env)
  const engine = engineOnAws(env, { config })
  required(env, 'CHECKS_TABLE')
  const queues = watchedQueues(env, config)
  const topic = required(env, 'ALARM_TOPIC_ARN')
  const order = config.regions?.order ?? []
  const tables = {
    incidents: required(env, 'INCIDENTS_TABLE'),
    contacts: required(env, 'CONTACTS_TABLE'),
    regions: order.length === 0 ? '' : required(env, 'REGIONS_TABLE'),
  }
  const directory = lateDirectories(dynamoDb(env), tables.contacts)
  const known = new Map(order.map((region) => [region, knownRegion(region, env, tables)]))
  const acknowledge = env.ACKNOWLEDGE_URL?.replace(/\/+$/, '')
  const people = { policies: config.policies, directory, timezone: config.timezone }
  const deployment = {
    name: (env.AWS_LAMBDA_FUNCTION_NAME ?? 'fenghuo').replace(/-watch$/, ''),
    region: env.AWS_REGION ?? '',
    timezone: config.timezone,
  }
  const sendCanary = async (QueueUrl: string) => {
    // Other regions read by it whether the clock here is right.
    const message = { v: 1, kind: 'canary', ...(order.length > 0 && { clock: Date.now() }) }
    await engine.sqs('SendMessage', { QueueUrl, MessageBody: JSON.stringify(message) })
  }
  const hasCopies = Object.values(config.status ?? {}).some(({ copy }) => copy !== undefined)
  let copies: Promise<(io: EngineIo) => Promise<void>> | undefined
  const putCopies = async (io: EngineIo) => {
    copies ??= import('./status-copies.ts').then(({ statusCopies }) => statusCopies(config, env, Date.now))
    await (await copies)(io)
  }
  return async (_event, context) => {
    const io = engine.io(context)
    const own = known.get(io.place?.own ?? '')
    const others = [...known.values()].filter((one) => one !== own)
    const { depth, depths } = depthsOnce(engine.sqs, queues)
    return watch(
      {
        config,
        path: {
          depths,
          sendOverflowCanary: () => sendCanary(queues.overflow),
          tell: (effect) => publish(topic, pathMail(effect, deployment), env),
        },
        sendCanary: () => sendCanary(queues.events),
        backlog: async (queue) => (await depth(queue)).waiting,
        deadLetters: (['events', 'escalation'] as const).map((queue) => ({
          queue,
          redrive: async () => redrive(engine.sqs, queues[queue], queues[`${queue}-dlq`], await depth(`${queue}-dlq`)),
        })),
        people,
        ...(hasCopies && { putCopies }),
        ...(own && { regions: { own, others, ...(acknowledge && { acknowledge }) } }),
      },
      io,
    )
  }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
