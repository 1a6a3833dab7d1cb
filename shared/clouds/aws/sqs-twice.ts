import type { Instant } from '../../contracts/words.ts'
import type { sqsBatchSender } from './sqs-batch.ts'

type Send = ReturnType<typeof sqsBatchSender>

/**
 * Sends once more as soon as the first time fails or keeps silent for `silentMs`: a request may be lost, or its answer. Resolves once either
 * has arrived whole; what arrived both times comes twice. Rejects with the first time's error when neither has.
 */
export function sendTwice(send: Send, silentMs: (deadline: Instant) => number): Send {
  return async (...messages) => {
    const sending = send(...messages)
    let timer: NodeJS.Timeout | undefined
    const isLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, silentMs(messages[1]))
      sending.catch(() => resolve())
    })
    const again = isLate.then(() => send(...messages))
    try {
      await Promise.any([sending, again])
    } catch (error) {
      throw error instanceof AggregateError ? error.errors[0] : error
    } finally {
      clearTimeout(timer)
    }
  }
}
