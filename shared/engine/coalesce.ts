interface Round<T> {
  items: T[]
  /** Settles when all of them are done. */
  work: Promise<unknown>
}

/** The rounds of one name. */
interface Rounds {
  /** The one that still takes more. */
  open?: Round<unknown>
  /** Resolves when the next one may begin. */
  free: Promise<void>
}

/** By invocation, then by name. */
const known = new WeakMap<object, Map<string, Rounds>>()

/**
 * Collects what one invocation wants to do to one item, and does it in one `work`: writers of the same item that run side by side
 * would only meet each other's version conflicts. The first call for a `name` starts the work; further ones add their `item` until
 * the work calls `take`, which gives all items so far and closes the round (called again, after a conflict, it gives the same ones).
 * Later calls are the next round: it begins when the work says `next`, as soon as it has written the item, and at its end at the latest.
 * Resolves when the work that has the item is done, and rejects with its error.
 */
export async function coalesce<T>(
  invocation: object,
  name: string,
  item: T,
  work: (take: () => T[], next: () => void) => Promise<unknown>,
): Promise<void> {
  const names = known.get(invocation) ?? new Map<string, Rounds>()
  known.set(invocation, names)
  const rounds = names.get(name) ?? { free: Promise.resolve() }
  names.set(name, rounds)
  const open = rounds.open as Round<T> | undefined
  if (open !== undefined) {
    open.items.push(item)
    await open.work
    return
  }
  const items = [item]
  const close = () => {
    if (rounds.open?.items === items) delete rounds.open
  }
  const take = () => {
    close()
    return items
  }
  const { promise: free, resolve: next } = Promise.withResolvers<void>()
  const working = rounds.free.then(() => work(take, next))
  rounds.open = { items, work: working }
  rounds.free = free
  await working.finally(() => {
    close()
    next()
  })
}
