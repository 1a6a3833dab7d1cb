import type { Instant } from '../../contracts/words.ts'

/** So many parts of a body are on their way to the queue side by side. Each is held until it has arrived. */
const AT_ONCE = 2

/**
 * Sends the parts of a body that came at `cameAt`: the first alone, since whoever is to be woken by it waits while the next is being made,
 * then two side by side. Each says that it came then, a millisecond after the one before: so what two parts tell of a thing is in order,
 * whichever arrives first, and one that arrives when its sender has given up is older than what was sent after it. `send` resolves when
 * there is room for the next one, `done` when all have arrived; either rejects once one could not be sent.
 */
export function inTurns(sendOne: (messages: string[], cameAt: Instant) => Promise<void>, cameAt: Instant) {
  const onTheWay = new Set<Promise<unknown>>()
  const failures: unknown[] = []
  let sent = 0

  async function until(most: number): Promise<void> {
    while (onTheWay.size > most) await Promise.race(onTheWay)
    if (failures.length > 0) throw failures[0]
  }

  return {
    async send(messages: string[]): Promise<void> {
      if (messages.length === 0) return
      const sending: Promise<unknown> = sendOne(messages, cameAt + sent)
        .catch((error: unknown) => failures.push(error))
        .finally(() => onTheWay.delete(sending))
      onTheWay.add(sending)
      sent++
      await until(sent === 1 ? 0 : AT_ONCE - 1)
    },
    done: () => until(0),
  }
}
