import type { Sending } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'

/** Puts one message on a queue, or on every region's. Rejects if that fails until `deadline`. */
export type Send = (message: string, deadline: Instant) => Promise<void>

export interface ReportIo {
  now(): Instant
  /** Uniform in [0, 1). */
  random(): number
  /** What became of the last report that was sent to each of several regions, by its name; it is kept up to date. */
  sends: Map<string, Sending>
}

/** What is kept of reports that no queue took: about two hours of one a minute, and little of a function's memory. */
const MOST_KEPT = 120
const MOST_KEPT_CHARACTERS = 8_000_000

/** Brings reports to the queues, and remembers those that none took as long as the function's instance lives. */
export interface ReportSender {
  /**
   * Sends messages; then those kept from earlier runs, oldest first, and resolves to how many of them went. Rejects if no queue took one
   * of `messages`; it is kept. `deadline` is when it must be back.
   */
  deliver(messages: string[], deadline: Instant): Promise<number>
  /** Since when no queue has been reached; undefined: the last message went. */
  lostSince(): Instant | undefined
}

/** Makes a sender of reports. */
export function reportSender(send: Send, now: () => Instant): ReportSender {
  let kept: string[] = []
  let lost: Instant | undefined
  return {
    lostSince: () => lost,
    async deliver(messages, deadline) {
      const startedAt = now()
      const results = await Promise.allSettled(messages.map((message) => send(message, deadline)))
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
        await send(message, deadline)
      } catch {
        kept = bounded([...late.slice(index), ...kept])
        return index
      }
    }
    return late.length
  }
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
