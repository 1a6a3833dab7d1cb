/** Items worked on side by side in one invocation: enough to hide a table's latency, few enough for its connections. */
const AT_ONCE = 16

/** `map` over items, so many at a time; in their order. Rejects with the first failure. */
export async function mapAtMost<A, B>(limit: number, items: A[], map: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = []
  const waiting = items.entries()
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}

/** Works on all items, a bounded number at a time. Rejects with the first failure once all have been tried. */
export async function forEachAtMost<T>(
  items: T[],
  work: (item: T) => Promise<unknown>,
  limit = AT_ONCE,
): Promise<void> {
  const failures: unknown[] = []
  await mapAtMost(limit, items, (item) => work(item).catch((error: unknown) => failures.push(error)))
  if (failures.length > 0) throw failures[0]
}
