import type { EngineIo } from '../../shared/engine/io.ts'

/** Who waits longer than so for a table is shown what was known, ms. */
const PATIENCE_MS = 2_500

/** So many answers are kept. */
const KEPT = 100

/** Something that was read; `oldFrom`: when, if it could not be read anew. */
export interface Known<T> {
  value: T
  oldFrom?: number
}

/**
 * Makes a reader that gives what it read last while a table is slow or does not answer, with the time of that. Rejects where nothing is
 * known.
 */
export function lastKnown<T>(
  read: (key: string) => Promise<T>,
  { io }: { io(): Pick<EngineIo, 'now' | 'log'> },
): (key: string) => Promise<Known<T>> {
  const kept = new Map<string, { value: T; at: number }>()
  return async (key) => {
    const reading = read(key)
    // Whoever comes later may read what came too late for this one.
    reading.then(
      (value) => {
        kept.delete(key)
        kept.set(key, { value, at: io().now() })
        for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest)
      },
      (error: unknown) => io().log({ level: 'warn', event: 'console reads', error: String(error) }),
    )
    const known = kept.get(key)
    if (known === undefined) return { value: await reading }
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((done) => {
      timer = setTimeout(() => done('late'), PATIENCE_MS)
    })
    const first = await Promise.race([reading.then((value) => ({ value })).catch(() => 'late' as const), late])
    clearTimeout(timer)
    return first === 'late' ? { value: known.value, oldFrom: known.at } : first
  }
}
