import type { LetterMessage } from '../contracts/step.ts'
import { type EngineIo, gatewayOf } from './io.ts'
import { untilTrueMs } from './overrides/swap-letters.ts'

/** SQS delays by so long at most, ms (Amazon SQS Developer Guide, "Amazon SQS delay queues"). */
const LONGEST_DELAY_MS = 900_000

/**
 * Has a letter sent; what is refused for now comes again while it is of use, and so does what is not yet true. Rejects when the directory or
 * the table does.
 */
export async function takeLetter(message: LetterMessage, io: EngineIo): Promise<void> {
  if (io.now() >= message.until) return
  const waitMs = await untilTrueMs(message.content, io)
  if (waitMs === 'never') return
  if (waitMs > 0) return io.escalate(message, waitMs)
  const delivery = await gatewayOf(io).letter(message)
  if (delivery.status !== 'retry' || io.now() + delivery.afterMs >= message.until) return
  await io.escalate(message, Math.min(delivery.afterMs, LONGEST_DELAY_MS))
}
