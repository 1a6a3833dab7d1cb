import { fileURLToPath } from 'node:url'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { engineOf } from '../../cli/engine.ts'
import { findTarget, type Target } from '../../cli/target.ts'
import { type Definition, readDefinition } from '../../local/definition.ts'
import { readSource } from '../../local/place.ts'
import { createQueues, startQueueServer } from '../../local/queues.ts'
import { localCredentials } from '../../local/resources.ts'
import { createTables, startTableServer } from '../../local/tables.ts'
import type { QueueName } from '../../shared/contracts/queues.ts'
import type { Gateway } from '../../shared/delivery/gateway.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import type { Contact } from '../../shared/oncall/plan.ts'
import { type Terminal, terminal } from './terminal.ts'

/** Reading it takes as long as a test that works with it. */
const source = readSource(fileURLToPath(new URL('../../serverless.yml', import.meta.url)))
const definitions = new Map<string, Definition>()

/** What a stage deploys to a region: read once, for all tests. */
function definitionOf(stage: string, region: string): Definition {
  const known = definitions.get(`${stage} ${region}`) ?? readDefinition(source, { stage, region, params: {}, env: {} })
  definitions.set(`${stage} ${region}`, known)
  return known
}

/** Queues and tables as serverless.yml has them, and a terminal beside them. */
export interface TestStack {
  terminal: Terminal
  target: Target
  /** The path as a function with a gateway walks it: whatever it is to tell people arrives. */
  handed: EngineIo
  /** Takes all messages off a queue and gives their bodies. */
  drain(queue: QueueName): Promise<unknown[]>
  stop(): Promise<void>
}

/** Starts the servers with what a `stage` deploys; `local` leaves the file that tells where the local stack is. */
export async function startTestStack(
  stage: string,
  overrides: Parameters<typeof terminal>[0] = {},
  region = 'ap-southeast-1',
): Promise<TestStack> {
  const here = terminal(overrides)
  const [sqsServer, tableServer] = await Promise.all([
    startQueueServer({ port: 0, region }),
    startTableServer({ port: 0 }),
  ])
  const client = { region, credentials: localCredentials }
  const sqs = new SQSClient({ ...client, endpoint: sqsServer.endpoint, useQueueUrlAsEndpoint: false })
  const dynamodb = new DynamoDBClient({ ...client, endpoint: tableServer.endpoint })
  const definition = definitionOf(stage, region)
  const queues = await createQueues(sqs, definition.queues)
  await createTables(dynamodb, definition.tables)

  if (stage === 'local') {
    const stack = {
      pid: process.pid,
      sqs: sqsServer.endpoint,
      dynamodb: tableServer.endpoint,
      demo: 'http://127.0.0.1:1',
      region,
      queues: {
        events: queues.EventsQueue?.url,
        overflow: queues.OverflowQueue?.url,
        escalation: queues.EscalationQueue?.url,
        subscribers: queues.SubscribersQueue?.url,
        awsEvents: queues.AwsEventsQueue?.url,
        eventsDlq: queues.EventsDlq?.url,
        escalationDlq: queues.EscalationDlq?.url,
        subscribersDlq: queues.SubscribersDlq?.url,
        awsEventsDlq: queues.AwsEventsDlq?.url,
      },
      tables: {
        contacts: definition.tables.ContactsTable?.name,
        incidents: definition.tables.IncidentsTable?.name,
        checks: definition.tables.ChecksTable?.name,
        regions: definition.tables.RegionsTable?.name,
      },
    }
    here.write('.fenghuo/stack.json', JSON.stringify(stack))
  } else {
    Object.assign(here.io.env, {
      AWS_ENDPOINT_URL_SQS: sqsServer.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: tableServer.endpoint,
      AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
    })
  }
  const target = findTarget({ data: '.fenghuo', ...(stage === 'local' ? {} : { stage, region }) }, here.io)
  return {
    terminal: here,
    target,
    handed: { ...(await engineOf(target, here.io)), gateway },
    async drain(queue) {
      const QueueUrl = await target.queueUrl(queue)
      const bodies: unknown[] = []
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
        if (Messages.length === 0) return bodies
        for (const { Body, ReceiptHandle } of Messages) {
          bodies.push(JSON.parse(Body ?? ''))
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
        }
      }
    },
    async stop() {
      sqs.destroy()
      dynamodb.destroy()
      await Promise.all([sqsServer.stop(), tableServer.stop()])
      here.remove()
    },
  }
}

const gateway: Gateway = {
  notice: async (effect) => ({ status: 'done', events: [{ type: 'delivered', effect, status: 'sent' }] }),
  answer: async () => ({ status: 'sent' }),
  letter: async () => ({ status: 'sent' }),
  turn: () => {
    throw new Error('nothing waits here')
  },
  post: async () => {
    throw new Error('nothing waits here')
  },
  dial: async () => {
    throw new Error('nobody is called here')
  },
  answerPress: async () => {},
  subscriber: async () => {},
  receipt: async () => undefined,
  stop: async () => {
    throw new Error('nobody is called here')
  },
}

export const people: Record<string, Contact> = {
  lin: { name: '林悦', phone: '+8613800000001' },
  wang: { name: '王磊', phone: '+8613800000002' },
}
