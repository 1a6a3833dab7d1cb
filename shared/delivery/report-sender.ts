import type { Instant } from '../contracts/words.ts'

/** Puts one message on a queue. Rejects if that fails until `deadline`. */
export type Send = (message: string, deadline: Instant) => Promise<void>

/** A queue gets no longer than this while another one stands by: room for one try that is lost, and a second. */
const BEFORE_STANDBY_MS = 5_000

/** What is kept of reports that no queue took: about two hours of one a minute, and little of a function's memory. */
const MOST_KEPT = 120
const MOST_KEPT_CHARACTERS = 8_000_000

/** Brings reports to the queues, and remembers those that none took as long as the function's instance lives. */
export interface ReportSender {
  /**
   * Sends messages, each to the first queue that takes it; then those kept from earlier runs, oldest first, and resolves to how
   * many of them went. Rejects if no queue took one of `messages`; it is kept. `deadline` is when it must be back.
   */
  deliver(messages: string[], deadline: Instant): Promise<number>
  /** Since when no queue has been reached; undefined: the last message went. */
  lostSince(): Instant | undefined
}

/** Makes a sender of reports over `queues`, in the order in which they are tried. */
export function reportSender(queues: Send[], now: () => Instant): ReportSender {
  let kept: string[] = []
  let lost: Instant | undefined
  return {
    lostSince: () => lost,
    async deliver(messages, deadline) {
      const startedAt = now()
      const results = await Promise.allSettled(messages.map((message) => sendInTurn(queues, message, now, deadline)))
      const failure = results.find((result) => result.status === 'rejected')
      if (failure === undefined) {
        lost = undefined
        return catchUp(deadline)
      }
      lost ??= startedAt
      kept = bounded([...kept, ...messages.filter((_, index) => results[index]?.status === 'rejected')])
      throw failure.reason
    },
  }

  async function catchUp(deadline: Instant): Promise<number> {
    const late = kept
    kept = []
    for (const [index, message] of late.entries()) {
      try {
        await sendInTurn(queues, message, now, deadline)
      } catch {
        kept = bounded([...late.slice(index), ...kept])
        return index
      }
    }
    return late.length
  }
}

/** Rejects with what each queue had to say. */
async function sendInTurn(queues: Send[], message: string, now: () => Instant, deadline: Instant): Promise<void> {
  const reasons: string[] = []
  for (const [index, send] of queues.entries()) {
    const left = deadline - now()
    const isLast = index === queues.length - 1
    const until = isLast ? deadline : now() + Math.min(BEFORE_STANDBY_MS, left / 2)
    try {
      return await send(message, until)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Error(reasons.join('; standby: '))
}

/** The newest that fit, oldest first. */
function bounded(messages: string[]): string[] {
  const newest: string[] = []
  let room = MOST_KEPT_CHARACTERS
  for (const message of messages.slice(-MOST_KEPT).reverse()) {
    room -= message.length
    if (room < 0) break
    newest.unshift(message)
  }
  return newest
}
