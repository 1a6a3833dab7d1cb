import type { sqsBatchSender } from './sqs-batch.ts'

type Send = ReturnType<typeof sqsBatchSender>

/** The other queue is tried as well when the first has not answered for so long: a request may be lost, or its answer. */
const HEDGE_MS = 350

/**
 * Sends to the first queue, and to the one that stands by, which may be the same, as soon as the first fails or keeps silent. Resolves once
 * either has all messages; what both have comes twice. Rejects with the first queue's error when neither has them.
 */
export function sendToEither(first: Send, standby: Send): Send {
  return async (...messages) => {
    const sending = first(...messages)
    let timer: NodeJS.Timeout | undefined
    const isLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, HEDGE_MS)
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
