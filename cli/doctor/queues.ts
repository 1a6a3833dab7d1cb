import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Examination, Found } from '../../shared/channels/diagnoses/finding.ts'
import { sqsClient } from '../../shared/clouds/aws/clients.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import type { QueueName } from '../target.ts'
import { type Depth, found } from '../words/findings/queues.ts'
import type { Area } from './finding.ts'
import { metric } from './metric.ts'
import type { Patient } from './patient.ts'

interface Watched {
  name: 'events' | 'overflow' | 'escalation'
  dlq: QueueName
  /** Older than this is too old; steps wait on purpose, for up to 900 s. */
  oldestSeconds: number
  whoIsSlow: string
}

const watched: Watched[] = [
  { name: 'events', dlq: 'eventsDlq', oldestSeconds: 180, whoIsSlow: 'evaluate' },
  { name: 'overflow', dlq: 'eventsDlq', oldestSeconds: 900, whoIsSlow: 'evaluate' },
  { name: 'escalation', dlq: 'escalationDlq', oldestSeconds: 1080, whoIsSlow: 'page' },
]

/** So many messages that nobody has taken are more than a burst. */
const MANY = 1000

const LOOK_BACK_MS = 300_000

/** The queues are there, give up into their dead-letter queues, and are worked on. */
export const queues: Area = {
  name: 'queues',
  examinations(patient) {
    const { stage } = patient
    return watched.flatMap((one): Examination[] => [
      { subject: asWritten(one.name), ask: (signal) => depth(one, patient, signal) },
      // Those of the overflow queue go where those of the events queue go.
      ...(one.name === 'overflow'
        ? []
        : [
            {
              subject: { en: `${one.name} dead letters`, zh: `${one.name} 的死信` },
              ask: (signal: AbortSignal) => deadLetters(one, patient, signal),
            },
          ]),
      ...(stage === undefined
        ? []
        : [
            {
              subject: { en: `age of ${one.name}`, zh: `${one.name} 的等待时间` },
              ask: (signal: AbortSignal) => age(one, patient, signal),
            },
          ]),
    ])
  },
}

async function depth({ name, dlq, whoIsSlow }: Watched, { target }: Patient, signal: AbortSignal): Promise<Found> {
  const client = sqsClient(target.env)
  const [queue, letters] = await Promise.all([
    attributesOf(client, await target.queueUrl(name), signal),
    attributesOf(client, await target.queueUrl(dlq), signal),
  ])
  if (redriveTarget(queue) !== letters.QueueArn) return found('no-dead-letters')
  const depth = depthOf(queue)
  return depth.waiting <= MANY ? found('depth', depth) : found('too-deep', depth, whoIsSlow)
}

async function deadLetters({ dlq }: Watched, { target }: Patient, signal: AbortSignal): Promise<Found> {
  const letters = await attributesOf(sqsClient(target.env), await target.queueUrl(dlq), signal)
  const depth = depthOf(letters)
  return isEmpty(depth) ? found('empty') : found('dead-letters', depth)
}

/** SQS itself does not tell an age. */
async function age({ name, oldestSeconds, whoIsSlow }: Watched, patient: Patient, signal: AbortSignal): Promise<Found> {
  const of = `fenghuo-${patient.stage}-${name}`
  const wanted = { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimension: 'QueueName', of } as const
  const values = await metric({ ...wanted, statistic: 'Maximum', lookBackMs: LOOK_BACK_MS }, patient, signal)
  const oldest = Math.max(0, ...values)
  return oldest <= oldestSeconds ? found('waited', oldest) : found('waited-long', oldest, whoIsSlow)
}

type Attributes = Record<string, string>

async function attributesOf(client: SQSClient, QueueUrl: string, abortSignal: AbortSignal): Promise<Attributes> {
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }), {
    abortSignal,
  })
  return Attributes
}

function redriveTarget({ RedrivePolicy }: Attributes): string | undefined {
  return RedrivePolicy === undefined ? undefined : String(JSON.parse(RedrivePolicy).deadLetterTargetArn)
}

function depthOf(queue: Attributes): Depth {
  return {
    waiting: Number(queue.ApproximateNumberOfMessages ?? 0),
    inHand: Number(queue.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(queue.ApproximateNumberOfMessagesDelayed ?? 0),
  }
}

function isEmpty({ waiting, inHand, delayed }: Depth): boolean {
  return waiting + inHand + delayed === 0
}
