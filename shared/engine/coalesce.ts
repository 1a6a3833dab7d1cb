interface Round<T> {
  items: T[]
  /** Settles when all of them are done. */
  work: Promise<unknown>
}

/** Rounds that still take more, by invocation, then by name. */
const openRounds = new WeakMap<object, Map<string, Round<unknown>>>()

/**
 * Does together what one invocation wants to do to one item: many who write to it at once would only lose against each other. The
 * first of a round begins `work`, and the others join until that calls `take`, which gives all of them, again and again the same.
 * Who comes later begins the next round, so nobody ever waits for one that may wait for them. Rejects when `work` does.
 */
export async function coalesce<T>(
  invocation: object,
  name: string,
  item: T,
  work: (take: () => T[]) => Promise<unknown>,
): Promise<void> {
  const rounds = (openRounds.get(invocation) ?? new Map()) as Map<string, Round<T>>
  openRounds.set(invocation, rounds)
  const open = rounds.get(name)
  if (open !== undefined) {
    open.items.push(item)
    await open.work
    return
  }
  const items = [item]
  const close = () => {
    if (rounds.get(name)?.items === items) rounds.delete(name)
  }
  const take = () => {
    close()
    return items
  }
  const working = Promise.resolve().then(() => work(take))
  rounds.set(name, { items, work: working })
  await working.finally(close)
}
