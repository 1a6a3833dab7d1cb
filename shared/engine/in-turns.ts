/** So many parts of a body are on their way to the queue side by side. Each is held until it has arrived. */
const AT_ONCE = 2

/**
 * Sends parts of a body one after the other: the first alone, since whoever is to be woken by it waits while the next is being made, then two
 * side by side. One with a key that an earlier one had waits for that to arrive, so that what is told of a thing keeps its order. `send`
 * resolves when there is room for the next one, `done` when all have arrived; either rejects once one could not be sent.
 */
export function inTurns(sendOne: (messages: string[]) => Promise<void>) {
  const onTheWay = new Set<Promise<unknown>>()
  const keys = new Set<string>()
  const failures: unknown[] = []
  let atOnce = 1

  async function until(most: number): Promise<void> {
    while (onTheWay.size > most) await Promise.race(onTheWay)
    if (failures.length > 0) throw failures[0]
  }

  return {
    async send(messages: string[], dedupKeys: readonly string[]): Promise<void> {
      if (messages.length === 0) return
      if (dedupKeys.some((key) => keys.has(key))) await until(0)
      for (const key of dedupKeys) keys.add(key)
      const sending: Promise<unknown> = sendOne(messages)
        .catch((error: unknown) => failures.push(error))
        .finally(() => onTheWay.delete(sending))
      onTheWay.add(sending)
      await until(atOnce - 1)
      atOnce = AT_ONCE
    },
    done: () => until(0),
  }
}
