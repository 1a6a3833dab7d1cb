import { join } from 'node:path'
import { readSource } from '../local/place.ts'
import { contactFlowId } from '../local/resources.ts'
import { type Harness, root } from './harness.ts'

/** A function as serverless.yml deploys it. */
export interface DeployedFunction {
  timeoutMs: number
  memoryMB: number
  /** Whose messages it is called with: so many mappings of queues, beside those that packaging switches on for what is configured. */
  queues: number
}

/** What of a function in serverless.yml counts here. Throws when there is none of that name. */
export function deployed(name: string): DeployedFunction {
  const found = deployedFunctions()[name]
  if (found === undefined) throw new Error(`serverless.yml has no function ${name}`)
  return found
}

/** All functions of serverless.yml, by their names. */
export function deployedFunctions(): Record<string, DeployedFunction> {
  const { functions } = readSource(join(root, 'serverless.yml')).data as {
    functions: Record<string, { timeout: number; memorySize: number; events?: { sqs?: { enabled?: boolean } }[] }>
  }
  const counted = Object.entries(functions).map(([name, { timeout, memorySize, events = [] }]) => {
    const queues = events.filter(({ sqs }) => sqs !== undefined && sqs.enabled !== false).length
    return [name, { timeoutMs: timeout * 1000, memoryMB: memorySize, queues }] as const
  })
  return Object.fromEntries(counted)
}

/** What the packaged functions have in their environment, each with its part of the harness' configuration. */
export function environmentOf(name: string, { env, dataDir, secret, addresses }: Harness): Record<string, string> {
  const { queues, tables, console } = addresses
  return {
    ...env,
    FENGHUO_CONFIG: join(dataDir, 'config', `${name}.json`),
    FENGHUO_SECRET: secret,
    // Nobody is told of anything here: a request to it fails.
    ALARM_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:alarms',
    AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1',
    EVENTS_QUEUE_URL: queues.events ?? '',
    EVENTS_DLQ_URL: queues.eventsDlq ?? '',
    OVERFLOW_QUEUE_URL: queues.overflow ?? '',
    ESCALATION_QUEUE_URL: queues.escalation ?? '',
    ESCALATION_DLQ_URL: queues.escalationDlq ?? '',
    SUBSCRIBERS_QUEUE_URL: queues.subscribers ?? '',
    SUBSCRIBERS_DLQ_URL: queues.subscribersDlq ?? '',
    CONTACTS_TABLE: tables.contacts ?? '',
    INCIDENTS_TABLE: tables.incidents ?? '',
    CHECKS_TABLE: tables.checks ?? '',
    CONTACT_FLOW_ID: contactFlowId,
    ACKNOWLEDGE_URL: console,
  }
}
