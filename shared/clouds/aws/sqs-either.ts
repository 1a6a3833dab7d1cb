import type { Instant } from '../../contracts/words.ts'
import type { sqsBatchSender } from './sqs-batch.ts'

type Send = ReturnType<typeof sqsBatchSender>

/**
 * Sends to the first queue, and to the one that stands by, which may be the same, as soon as the first fails or keeps silent for
 * `silentMs`: a request may be lost, or its answer. Resolves once either has all messages; what both have comes twice. Rejects with the
 * first queue's error when neither has them.
 */
export function sendToEither(first: Send, standby: Send, silentMs: (deadline: Instant) => number): Send {
  return async (...messages) => {
    const sending = first(...messages)
    let timer: NodeJS.Timeout | undefined
    const isLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, silentMs(messages[1]))
      sending.catch(() => resolve())
    })
    const other = isLate.then(() => standby(...messages))
    try {
      await Promise.any([sending, other])
    } catch (error) {
      throw error instanceof AggregateError ? error.errors[0] : error
    } finally {
      clearTimeout(timer)
    }
  }
}
