import type { Instant } from '../contracts/words.ts'

/**
 * Makes a reader that keeps what it has read of a key for `freshMs`, so that the many steps of a storm read once what is the same for
 * all. Who asks while it is being read gets the same answer. A read that failed is not kept, nor the oldest of more than `most` keys.
 */
export function recently<V>(
  read: (key: string) => Promise<V>,
  freshMs: number,
  now: () => Instant,
  most = Number.POSITIVE_INFINITY,
): (key: string) => Promise<V> {
  const kept = new Map<string, { until: Instant; reading: Promise<V> }>()
  return async (key) => {
    const known = kept.get(key)
    if (known !== undefined && now() < known.until) return await known.reading
    const reading = read(key)
    kept.delete(key)
    kept.set(key, { until: now() + freshMs, reading })
    for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest)
    return await reading.catch((error: unknown) => {
      kept.delete(key)
      throw error
    })
  }
}
