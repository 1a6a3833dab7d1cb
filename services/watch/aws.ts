import { redrive } from '../../shared/clouds/aws/dead-letters.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { lateDirectories } from '../../shared/clouds/aws/late-directories.ts'
import { waitingIn } from '../../shared/clouds/aws/queue-depth.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { knownRegion } from '../../shared/engine/regions/known-regions.ts'
import { watch } from '../../shared/engine/watch.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const config = readConfig(env)
  const engine = engineOnAws(env, { config })
  required(env, 'CHECKS_TABLE')
  const queues = [
    { queue: 'events' as const, url: required(env, 'EVENTS_QUEUE_URL'), dead: required(env, 'EVENTS_DLQ_URL') },
    {
      queue: 'escalation' as const,
      url: required(env, 'ESCALATION_QUEUE_URL'),
      dead: required(env, 'ESCALATION_DLQ_URL'),
    },
  ]
  const deadLetters = queues.map(({ queue, url, dead }) => ({ queue, redrive: () => redrive(engine.sqs, url, dead) }))
  const backlog = () => waitingIn(engine.sqs, required(env, 'ESCALATION_QUEUE_URL'))
  const tables = { incidents: required(env, 'INCIDENTS_TABLE'), contacts: required(env, 'CONTACTS_TABLE') }
  const directory = lateDirectories(dynamoDb(env), tables.contacts)
  const order = config.regions?.order ?? []
  const known = new Map(order.map((region) => [region, knownRegion(region, env, tables)]))
  const acknowledge = env.ACKNOWLEDGE_URL?.replace(/\/+$/, '')
  const people = { policies: config.policies, directory, timezone: config.timezone }
  const canaryMessage = {
    QueueUrl: required(env, 'EVENTS_QUEUE_URL'),
    MessageBody: JSON.stringify({ v: 1, kind: 'canary' }),
  }
  const sendCanary = async () => void (await engine.sqs('SendMessage', canaryMessage))
  return async (_event, context) => {
    const io = engine.io(context)
    const own = known.get(io.place?.own ?? '')
    const others = [...known.values()].filter((one) => one !== own)
    return watch(
      {
        config,
        backlog,
        deadLetters,
        people,
        ...(own && { sendCanary, regions: { own, others, ...(acknowledge && { acknowledge }) } }),
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
