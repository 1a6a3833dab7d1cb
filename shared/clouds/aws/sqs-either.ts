import { setTimeout as wait } from 'node:timers/promises'
import type { sqsBatchSender } from './sqs-batch.ts'

type Send = ReturnType<typeof sqsBatchSender>

/** The other queue is tried as well when the first has not answered for so long. */
const HEDGE_MS = 350

/**
 * Sends to the first queue, and to the one that stands by as soon as the first fails or keeps silent. Resolves once either has all
 * messages; what both have comes twice. Rejects with the first queue's error when neither has them.
 */
export function sendToEither(first: Send, standby: Send | undefined): Send {
  if (standby === undefined) return first
  return async (...messages) => {
    const sending = first(...messages)
    const failed = sending.then(
      () => new Promise<never>(() => undefined),
      () => undefined,
    )
    const stop = new AbortController()
    const silent = wait(HEDGE_MS, undefined, { signal: stop.signal }).catch(() => new Promise<never>(() => undefined))
    const other = Promise.race([failed, silent]).then(() => standby(...messages))
    try {
      await Promise.any([sending, other])
    } catch (error) {
      throw error instanceof AggregateError ? error.errors[0] : error
    } finally {
      stop.abort()
    }
  }
}
