import type { CompiledConfig } from './compiled-config.ts'

/**
 * Every queue of a deployment, by its name in the definition (`EventsQueue` is `events`): the function that works on it, and the queue whose
 * dead-letter queue takes what it gives up.
 */
const table = {
  events: { worker: 'evaluate', letters: 'events' },
  // The messages are those of the events queue.
  overflow: { worker: 'evaluate', letters: 'events' },
  escalation: { worker: 'page', letters: 'escalation' },
  subscribers: { worker: 'page', letters: 'subscribers' },
  awsEvents: { worker: 'ingest', letters: 'awsEvents' },
} as const

export type WorkedQueue = keyof typeof table

/** A queue that has one of dead letters. */
export type LetteredQueue = {
  [Name in WorkedQueue]: (typeof table)[Name]['letters'] extends Name ? Name : never
}[WorkedQueue]

export type QueueName = WorkedQueue | `${LetteredQueue}Dlq`

export const workedQueues = Object.keys(table) as WorkedQueue[]
export const lettered = workedQueues.filter(isLettered)
export const queueNames: QueueName[] = [...workedQueues, ...lettered.map(lettersOf)]

export function isLettered(name: string): name is LetteredQueue {
  return Object.hasOwn(table, name) && table[name as WorkedQueue].letters === name
}

/** The queue of the dead letters of a queue, by its name. */
export function lettersOf(queue: WorkedQueue): `${LetteredQueue}Dlq` {
  return `${table[queue].letters}Dlq`
}

/** The folder in `services` of the function that works on a queue. */
export function workerOf(queue: WorkedQueue) {
  return table[queue].worker
}

/** The variable that has a queue's URL: `AWS_EVENTS_QUEUE_URL`, `AWS_EVENTS_DLQ_URL`. */
export function urlVariable(queue: QueueName): string {
  const name = queue.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
  return name.endsWith('_DLQ') ? `${name}_URL` : `${name}_QUEUE_URL`
}

/** What a queue's name in AWS ends with: `aws-events`, `aws-events-dlq`. */
export function nameInAws(queue: QueueName): string {
  return queue.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Whether anything comes to a queue by what the configuration says: Lambda is to ask it only then. Mail makes use of `awsEvents`, too. */
export function isUsed(queue: WorkedQueue, { status = {}, projects }: Pick<CompiledConfig, 'status' | 'projects'>) {
  if (queue === 'subscribers') return Object.values(status).some(({ subscribe = [] }) => subscribe.length > 0)
  if (queue === 'awsEvents') return Object.values(projects).some(({ inbound = {} }) => 'aws' in inbound)
  return true
}
