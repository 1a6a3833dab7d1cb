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
