/** How long something took, counted since we began to: Prometheus' histogram, which only grows. */
export interface Took {
  /** By the bounds below, each with all that were no longer; the last is all of them. */
  counts: number[]
  sumMs: number
}

/** ms. A page lands within a second as a rule; what takes five minutes has waited for something. */
export const TOOK_BOUNDS_MS = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 150_000, 300_000]

/** With one more that took so long, ms. */
export function withTook({ counts = [], sumMs = 0 }: Partial<Took>, ms: number): Took {
  const bounds = [...TOOK_BOUNDS_MS, Number.POSITIVE_INFINITY]
  return { counts: bounds.map((bound, index) => (counts[index] ?? 0) + (ms <= bound ? 1 : 0)), sumMs: sumMs + ms }
}
