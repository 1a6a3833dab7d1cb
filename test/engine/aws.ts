import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { createQueues, startQueueServer } from '../../local/queues.ts'
import type { Queue } from '../../local/resources.ts'
import type { Env, LambdaContext } from '../../shared/clouds/aws/lambda.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Table } from '../../shared/store/table.ts'
import { type Sns, startSns } from '../simulators/sns.ts'
import { credentials, type Stores, startStores } from '../store/stores.ts'

const region = 'ap-southeast-1'

export type QueueName =
  | 'events'
  | 'overflow'
  | 'escalation'
  | 'subscribers'
  | 'awsEvents'
  | 'deadEvents'
  | 'deadEscalation'
  | 'deadSubscribers'
  | 'deadAwsEvents'

/** What deployed functions run on, over its real protocols: queues, tables, an environment. */
export interface AwsWorld {
  env: Env
  /** The topic that people hear by when the path itself is in trouble. */
  sns: Sns
  stores: Stores
  incidents: Table
  send(queue: QueueName, body: string, reason?: string): Promise<void>
  /** Everything that a queue holds and shows now. */
  receive(queue: QueueName): Promise<Message[]>
  /** How many messages a queue holds, in flight or not. */
  depth(queue: QueueName): Promise<number>
  /** A batch of these messages as Lambda hands it to a function, from the escalation queue if nobody says otherwise. */
  batch(messages: Message[], queue?: QueueName): unknown
  stop(): Promise<void>
}

export const context: LambdaContext = { awsRequestId: 'request', getRemainingTimeInMillis: () => 15_000 }

export async function startAws(config: CompiledConfig): Promise<AwsWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-aws-'))
  const server = await startQueueServer({ port: 0, region })
  const stores = await startStores()
  const alarms = `arn:aws:sns:${region}:123456789012:fenghuo-test-alarms`
  const sns = await startSns({ region, ...credentials, topics: [alarms], now: Date.now })
  const sqs = new SQSClient({ region, endpoint: server.endpoint, credentials, useQueueUrlAsEndpoint: false })
  const definition = (name: string) => ({ name, visibilitySeconds: 30, retentionSeconds: 1_209_600 })
  const made = await createQueues(sqs, {
    events: definition('events'),
    overflow: definition('overflow'),
    escalation: definition('escalation'),
    subscribers: definition('subscribers'),
    awsEvents: definition('aws-events'),
    deadEvents: definition('dead-events'),
    deadEscalation: definition('dead-escalation'),
    deadSubscribers: definition('dead-subscribers'),
    deadAwsEvents: definition('dead-aws-events'),
  })
  const queues = made as Record<QueueName, Queue>
  const [incidentsTable, checksTable, contactsTable] = [
    await stores.create('IncidentsTable'),
    await stores.create('ChecksTable'),
    await stores.create('ContactsTable'),
  ]
  const path = join(folder, 'config.json')
  await writeFile(path, JSON.stringify(config))
  return {
    env: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SQS: server.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: stores.endpoint,
      AWS_ENDPOINT_URL_SNS: sns.url,
      ALARM_TOPIC_ARN: alarms,
      AWS_LAMBDA_FUNCTION_NAME: 'fenghuo-test-watch',
      FENGHUO_CONFIG: path,
      FENGHUO_SECRET: 'secret',
      EVENTS_QUEUE_URL: queues.events.url,
      OVERFLOW_QUEUE_URL: queues.overflow.url,
      ESCALATION_QUEUE_URL: queues.escalation.url,
      EVENTS_DLQ_URL: queues.deadEvents.url,
      ESCALATION_DLQ_URL: queues.deadEscalation.url,
      SUBSCRIBERS_QUEUE_URL: queues.subscribers.url,
      SUBSCRIBERS_DLQ_URL: queues.deadSubscribers.url,
      AWS_EVENTS_QUEUE_URL: queues.awsEvents.url,
      AWS_EVENTS_DLQ_URL: queues.deadAwsEvents.url,
      INCIDENTS_TABLE: incidentsTable,
      CHECKS_TABLE: checksTable,
      CONTACTS_TABLE: contactsTable,
    },
    sns,
    stores,
    incidents: dynamoTable(stores.dynamodb, incidentsTable),
    async send(queue, body, reason) {
      const MessageAttributes = reason === undefined ? {} : { reason: { DataType: 'String', StringValue: reason } }
      await sqs.send(new SendMessageCommand({ QueueUrl: queues[queue].url, MessageBody: body, MessageAttributes }))
    },
    async receive(queue) {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queues[queue].url,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      )
      return Messages ?? []
    },
    async depth(queue) {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queues[queue].url, AttributeNames: ['All'] }),
      )
      const count = (name: QueueAttributeName) => Number(Attributes?.[name] ?? 0)
      return count('ApproximateNumberOfMessages') + count('ApproximateNumberOfMessagesNotVisible')
    },
    batch: (messages, queue = 'escalation') => ({
      Records: messages.map(({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {} }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: Attributes,
        messageAttributes: Object.fromEntries(
          Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, { stringValue: StringValue }]),
        ),
        eventSource: 'aws:sqs',
        eventSourceARN: queues[queue].arn,
      })),
    }),
    async stop() {
      sqs.destroy()
      await server.stop()
      await sns.close()
      await stores.stop()
      await rm(folder, { recursive: true })
    },
  }
}
