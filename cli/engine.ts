import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { credentialsFor, sqsClient } from '../shared/clouds/aws/clients.ts'
import { type ContactsTable, contactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import type { DynamoDb } from '../shared/clouds/aws/dynamodb-actions.ts'
import { dutyTable } from '../shared/clouds/aws/regions-table.ts'
import { dynamoTable } from '../shared/clouds/aws/table.ts'
import { queueText } from '../shared/contracts/queue-text.ts'
import type { EngineIo } from '../shared/engine/io.ts'
import { engineOnAws } from '../shared/engine/on-aws.ts'
import type { StoreIo } from '../shared/store/io.ts'
import type { ItemTable, Table } from '../shared/store/table.ts'
import type { CliIo } from './io.ts'
import type { Target } from './target.ts'
import { commonWords } from './words/common.ts'

/** So long nobody else delivers what a command has decided; if it is killed, watch does after that. */
const LEASE_MS = 15_000

/** DynamoDB where a target is, for whoever the SDK finds credentials of. */
function dynamoOf({ env }: Target): DynamoDb {
  return dynamoDb(env, { credentials: credentialsFor(env) })
}

/** The incidents of a target. */
export function incidentsOf(target: Target): Table {
  return dynamoTable(dynamoOf(target), target.tables.incidents)
}

/** What the checks of a target are believed to be. */
export function checksOf(target: Target): Table {
  return dynamoTable(dynamoOf(target), target.tables.checks)
}

/** The tables of a target, for lists: an item that this release cannot read is named, and left out. */
export function storeOf(
  target: Target,
  io: Pick<CliIo, 'err' | 'language'>,
): Pick<StoreIo, 'incidents' | 'checks' | 'log'> {
  const log: StoreIo['log'] = ({ event, error }) => io.err(commonWords[io.language].warning(`${event}: ${error}`))
  return { incidents: incidentsOf(target), checks: checksOf(target), log }
}

/** The people of a target's projects. */
export function contactsOf(target: Target): ContactsTable {
  return contactsTable(dynamoOf(target), target.tables.contacts)
}

/** Who has duty of several regions, as a target knows it. */
export function dutyOf(target: Target): ItemTable {
  return dutyTable(dynamoOf(target), target.tables.regions)
}

/** The engine as a command uses it: it has no gateway, so what people are to be told is left for `page`. */
export async function engineOf(target: Target, io: Pick<CliIo, 'now' | 'err' | 'language'>): Promise<EngineIo> {
  const env = {
    ...target.env,
    INCIDENTS_TABLE: target.tables.incidents,
    ESCALATION_QUEUE_URL: await target.queueUrl('escalation'),
  }
  const engine = engineOnAws(env, { credentials: credentialsFor(env) }).io({ getRemainingTimeInMillis: () => LEASE_MS })
  const log: EngineIo['log'] = ({ level, error }) => {
    if (level === 'error') io.err(commonWords[io.language].warning(commonWords[io.language].notPassedOn(String(error))))
  }
  return { ...engine, now: io.now, leaseUntil: io.now() + LEASE_MS, log }
}

/** Puts a message on a target's events queue. Resolves with SQS's id of it. */
export async function sendEvent(message: unknown, target: Target): Promise<string> {
  const QueueUrl = await target.queueUrl('events')
  const MessageBody = queueText(message)
  const { MessageId } = await sqsClient(target.env).send(new SendMessageCommand({ QueueUrl, MessageBody }))
  if (MessageId === undefined) throw new Error('SQS took the message without giving it an id')
  return MessageId
}
