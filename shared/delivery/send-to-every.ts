import type { Instant } from '../contracts/words.ts'

/** After so long a region that was waited for in vain is waited for again. */
const AGAIN_MS = 60_000

type SendTo<Message extends unknown[]> = (...message: Message) => Promise<void>

/**
 * Sends each message to every region, the first one first. Resolves once all have it, or `besideMs` after the first that does: nobody
 * waits for a region that is lost. One that was waited for in vain is sent to as the others are, and not waited for again for a minute, or
 * until something has arrived there: a storm is not held up by it, and a first connection that took long is no loss for good (what is still
 * on its way when a function answers may never arrive). Rejects with what each had to say when none has it.
 */
export function sendToEvery<Message extends unknown[]>(
  regions: SendTo<Message>[],
  besideMs: number,
  now: () => Instant,
): SendTo<Message> {
  const lostUntil = new Map<SendTo<Message>, Instant>()
  return async (...message) => {
    const missing = new Set(regions)
    const onTheWay = regions.map((send) => {
      const sending = send(...message).then(() => {
        missing.delete(send)
        lostUntil.delete(send)
      })
      return [send, sending] as const
    })
    const any = Promise.any(onTheWay.map(([, sending]) => sending))
    const awaited = onTheWay.filter(([send]) => now() >= (lostUntil.get(send) ?? 0))
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      any.then(
        () => {
          timer = setTimeout(resolve, besideMs)
        },
        () => {},
      )
    })
    await Promise.race([Promise.allSettled(awaited.map(([, sending]) => sending)), patience])
    clearTimeout(timer)
    await any.catch((error: unknown) => {
      const reasons = error instanceof AggregateError ? error.errors : [error]
      throw new Error(reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join('; '))
    })
    for (const [send] of awaited) if (missing.has(send)) lostUntil.set(send, now() + AGAIN_MS)
  }
}
