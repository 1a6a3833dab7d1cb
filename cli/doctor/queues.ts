import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Examination, Found } from '../../shared/channels/diagnoses/finding.ts'
import { sqsClient } from '../../shared/clouds/aws/clients.ts'
import {
  isLettered,
  lettersOf,
  nameInAws,
  type WorkedQueue,
  workedQueues,
  workerOf,
} from '../../shared/contracts/queues.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import { type Depth, found } from '../words/findings/queues.ts'
import type { Area } from './finding.ts'
import { metric } from './metric.ts'
import type { Patient } from './patient.ts'

/** Older than this is too old, s; steps wait on purpose, for up to 900 s, and what subscribers are told for slow servers of others. */
const OLDEST_S: Record<WorkedQueue, number> = {
  events: 180,
  overflow: 900,
  escalation: 1080,
  subscribers: 900,
  awsEvents: 240,
}

/** So many messages that nobody has taken are more than a burst. */
const MANY = 1000

const LOOK_BACK_MS = 300_000

/** The queues are there, give up into their dead-letter queues, and are worked on. */
export const queues: Area = {
  name: 'queues',
  examinations(patient) {
    const { stage } = patient
    return workedQueues.flatMap((queue): Examination[] => {
      const name = nameInAws(queue)
      return [
        { subject: asWritten(name), ask: (signal) => depth(queue, patient, signal) },
        // Those of the overflow queue go where those of the events queue go.
        ...(isLettered(queue)
          ? [
              {
                subject: { en: `${name} dead letters`, zh: `${name} 的死信` },
                ask: (signal: AbortSignal) => deadLetters(queue, patient, signal),
              },
            ]
          : []),
        ...(stage === undefined
          ? []
          : [
              {
                subject: { en: `age of ${name}`, zh: `${name} 的等待时间` },
                ask: (signal: AbortSignal) => age(queue, patient, signal),
              },
            ]),
      ]
    })
  },
}

async function depth(name: WorkedQueue, { target }: Patient, signal: AbortSignal): Promise<Found> {
  const client = sqsClient(target.env)
  const [queue, letters] = await Promise.all([
    attributesOf(client, await target.queueUrl(name), signal),
    attributesOf(client, await target.queueUrl(lettersOf(name)), signal),
  ])
  if (redriveTarget(queue) !== letters.QueueArn) return found('no-dead-letters')
  const depth = depthOf(queue)
  return depth.waiting <= MANY ? found('depth', depth) : found('too-deep', depth, workerOf(name))
}

async function deadLetters(name: WorkedQueue, { target }: Patient, signal: AbortSignal): Promise<Found> {
  const letters = await attributesOf(sqsClient(target.env), await target.queueUrl(lettersOf(name)), signal)
  const depth = depthOf(letters)
  return isEmpty(depth) ? found('empty') : found('dead-letters', depth)
}

/** SQS itself does not tell an age. */
async function age(name: WorkedQueue, patient: Patient, signal: AbortSignal): Promise<Found> {
  const of = `fenghuo-${patient.stage}-${nameInAws(name)}`
  const wanted = { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimension: 'QueueName', of } as const
  const values = await metric({ ...wanted, statistic: 'Maximum', lookBackMs: LOOK_BACK_MS }, patient, signal)
  const oldest = Math.max(0, ...values)
  return oldest <= OLDEST_S[name] ? found('waited', oldest) : found('waited-long', oldest, workerOf(name))
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
