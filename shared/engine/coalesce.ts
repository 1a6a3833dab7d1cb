interface Round<T> {
  items: T[]
  /** Settles when all of them are done. */
  work: Promise<unknown>
}

/** Rounds that still take more, by invocation, then by name. */
const openRounds = new WeakMap<object, Map<string, Round<unknown>>>()

/**
 * Collects what one invocation wants to do to one item, and does it in one `work`: writers of the same item that run side by side
 * would only meet each other's version conflicts. The first call for a `name` starts the work; further ones add their `item` until
 * the work calls `take`, which gives all items so far and closes the round (called again, after a conflict, it gives the same ones).
 * Later calls start the next round. Resolves when the work that has the item is done, and rejects with its error.
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
