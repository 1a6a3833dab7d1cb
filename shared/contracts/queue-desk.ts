import type { LetteredQueue, QueueName } from './queues.ts'
import type { Instant } from './words.ts'

/** How many messages of a queue wait, are being worked on, and are not due yet; SQS counts about. */
export interface QueueDepth {
  waiting: number
  inFlight: number
  delayed: number
}

/** A message on a dead-letter queue. */
export interface Letter {
  id: string
  body: string
  /** When it came to our queue first. */
  sentAt: Instant
  /** Why we refused it; absent: it was tried again and again in vain. */
  reason?: string
  /** How often watch has sent it back already. */
  redrives: number
}

/** What can be seen of queues, and done about their dead letters. Each rejects when a queue can't be asked. */
export interface QueueDesk {
  /** By the names that queues have in the definition; those of dead letters, too. */
  depths(): Promise<Partial<Record<QueueName, QueueDepth>>>
  /** Looks at the dead letters of a queue, and leaves them there; `all`: whether these are all that could be taken now. */
  look(queue: LetteredQueue): Promise<{ letters: Letter[]; all: boolean }>
  /**
   * Sends dead letters back to their queue: that one, or all; those that were not found, or not reached in time, stay. What is sent back
   * and could not be taken away is there twice, which queues are ready for.
   */
  sendBack(queue: LetteredQueue, which: { id: string } | 'all'): Promise<{ sent: number }>
}
