import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { type Examination, type Found, fault, ok, skipped, warning } from '../../shared/channels/finding.ts'
import { sqsClient } from '../../shared/clouds/aws/clients.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { QueueName } from '../target.ts'
import type { Area } from './finding.ts'
import { notWhole, trigger } from './functions.ts'
import { metric } from './metric.ts'
import type { Patient } from './patient.ts'

interface Watched {
  name: 'events' | 'overflow' | 'escalation'
  dlq: QueueName
  /** Older than this the alarm of infrastructure/alarms.yml rings; steps wait on purpose. */
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
    const each = watched.flatMap((one): Examination[] => [
      { subject: one.name, look: (signal) => depth(one, patient, signal) },
      // Those of the overflow queue go where those of the events queue go.
      ...(one.name === 'overflow'
        ? []
        : [{ subject: `${one.name} dead letters`, look: (signal: AbortSignal) => deadLetters(one, patient, signal) }]),
      ...(stage === undefined
        ? []
        : [{ subject: `age of ${one.name}`, look: (signal: AbortSignal) => age(one, patient, signal) }]),
    ])
    if (stage === undefined) return each
    return [
      ...each,
      { subject: 'standby', look: (signal) => standby(patient, signal) },
      { subject: 'standby forward', look: (signal) => forward(patient, signal) },
    ]
  },
}

async function depth({ name, dlq, whoIsSlow }: Watched, { target }: Patient, signal: AbortSignal): Promise<Found> {
  const client = sqsClient(target.env)
  const [queue, letters] = await Promise.all([
    attributesOf(client, await target.queueUrl(name), signal),
    attributesOf(client, await target.queueUrl(dlq), signal),
  ])
  if (redriveTarget(queue) !== letters.QueueArn)
    return fault(
      {
        en: 'does not give up into its dead-letter queue: what fails comes again for ever',
        zh: '没有接到死信队列：失败的消息会没完没了地再来',
      },
      { en: 'deploy again', zh: '重新部署' },
    )
  const { waiting, text } = counts(queue)
  if (waiting <= MANY) return ok(text)
  return warning(
    { en: `${text}: ${whoIsSlow} does not keep up`, zh: `${text}：${whoIsSlow} 跟不上` },
    {
      en: `look at the log of ${whoIsSlow}, and at the line of its queue`,
      zh: `查看 ${whoIsSlow} 的日志和它的队列那一行`,
    },
  )
}

async function deadLetters({ dlq }: Watched, { target }: Patient, signal: AbortSignal): Promise<Found> {
  const letters = await attributesOf(sqsClient(target.env), await target.queueUrl(dlq), signal)
  const { all, text } = counts(letters)
  if (all === 0) return ok({ en: 'empty', zh: '空' })
  return warning(text, {
    en: 'read, repair, delete: docs/runbook.md, "When an alarm of Fenghuo\'s own comes by mail"',
    zh: '读、修、删：见 docs/runbook.zh-CN.md',
  })
}

/** SQS itself does not tell an age. */
async function age({ name, oldestSeconds, whoIsSlow }: Watched, patient: Patient, signal: AbortSignal): Promise<Found> {
  const of = `fenghuo-${patient.stage}-${name}`
  const wanted = { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimension: 'QueueName', of } as const
  const values = await metric({ ...wanted, statistic: 'Maximum', lookBackMs: LOOK_BACK_MS }, patient, signal)
  const oldest = Math.max(0, ...values)
  if (oldest <= oldestSeconds) return ok(waited(oldest))
  return warning(waited(oldest), { en: `look at the log of ${whoIsSlow}`, zh: `查看 ${whoIsSlow} 的日志` })
}

/** The queue in another region that the probe falls over to. */
async function standby({ target, lambda }: Patient, signal: AbortSignal): Promise<Found | Found[]> {
  const url = (await lambda('probe')).env.STANDBY_EVENTS_QUEUE_URL
  if (url === undefined) return []
  const region = regionOf(url)
  const client = sqsClient({ ...target.env, ...(region === undefined ? {} : { AWS_REGION: region }) })
  const queue = await attributesOf(client, url, signal)
  const where = region === undefined ? '' : `in ${region}, `
  if (redriveTarget(queue) === undefined)
    return fault(`${where}without a dead-letter queue`, { en: 'deploy the standby again', zh: '重新部署备用队列' })
  const { all, text } = counts(queue)
  if (all === 0) return ok(`${where}empty`)
  return warning(`${where}${text}: probes do not reach the primary region, or forward does not bring them there`, {
    en: 'look at the log of forward in that region',
    zh: '查看那个区域里 forward 的日志',
  })
}

/** What brings its messages to the primary region: there, called by its queue, and with the right address. */
async function forward(patient: Patient, signal: AbortSignal): Promise<Found | Found[]> {
  const { stage, target, lambda, lambdaIn } = patient
  const url = (await lambda('probe')).env.STANDBY_EVENTS_QUEUE_URL
  if (url === undefined) return []
  const region = regionOf(url)
  if (region === undefined || !url.endsWith(`/fenghuo-standby-${stage}-events`))
    return skipped({
      en: 'the queue is none of serverless.standby.yml: what empties it is yours to know',
      zh: '这个队列不是 serverless.standby.yml 的：由谁清空要你自己清楚',
    })
  const name = `fenghuo-standby-${stage}-forward`
  const deployed = await lambdaIn(region, name, 'serverless.standby.yml')
  const wrong = notWhole(deployed)
  if (wrong !== undefined) return wrong
  const events = await target.queueUrl('events')
  const to = deployed.env.PRIMARY_EVENTS_QUEUE_URL ?? ''
  const isEvents = to.endsWith(new URL(events).pathname) && regionOf(to) === target.env.AWS_REGION
  if (!isEvents)
    return fault(
      `it brings messages to ${to || 'nowhere'}, and the events queue is ${events}`,
      `npx sls deploy --config serverless.standby.yml --stage ${stage} --region ${region} --param="primaryRegion=${target.env.AWS_REGION}"`,
    )
  const called = await trigger(name, patient, signal, region)
  return called.status === 'ok'
    ? ok({
        en: `in ${region}, called by the queue, brings messages to the events queue`,
        zh: `在 ${region}，由队列调用，把消息送到事件队列`,
      })
    : called
}

function regionOf(queueUrl: string): string | undefined {
  return /^https:\/\/sqs\.([a-z0-9-]+)\./.exec(queueUrl)?.[1]
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

function counts(queue: Attributes): { waiting: number; all: number; text: string } {
  const waiting = Number(queue.ApproximateNumberOfMessages ?? 0)
  const inHand = Number(queue.ApproximateNumberOfMessagesNotVisible ?? 0)
  const delayed = Number(queue.ApproximateNumberOfMessagesDelayed ?? 0)
  const parts = [
    `${waiting} waiting`,
    ...(inHand ? [`${inHand} in hand`] : []),
    ...(delayed ? [`${delayed} delayed`] : []),
  ]
  return { waiting, all: waiting + inHand + delayed, text: parts.join(', ') }
}

function waited(seconds: number): Bilingual {
  return { en: `the oldest message waited ${seconds} s`, zh: `最老的消息等了 ${seconds} 秒` }
}
