import type { Instant } from '../contracts/words.ts'

interface Bucket {
  tokens: number
  at: Instant
}

/**
 * Counts requests per key, as a bucket that holds a minute's worth and fills evenly. Each running copy of the function counts its
 * own, so it holds back a sender that has run wild, and is no exact quota. Gives the whole seconds until the next one is taken, or 0
 * for one that is taken now.
 */
export function rateLimit(): (key: string, perMinute: number, now: Instant) => number {
  const buckets = new Map<string, Bucket>()
  return (key, perMinute, now) => {
    const perMs = perMinute / 60_000
    const before = buckets.get(key) ?? { tokens: perMinute, at: now }
    const tokens = Math.min(perMinute, before.tokens + Math.max(0, now - before.at) * perMs)
    if (tokens < 1) return Math.max(1, Math.ceil((1 - tokens) / perMs / 1000))
    buckets.set(key, { tokens: tokens - 1, at: now })
    return 0
  }
}
