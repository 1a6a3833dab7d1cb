/** Lets `limit` things pass in any `windowMs` of the passed clock. */
export function slidingWindow(limit: number, windowMs: number, now: () => number): () => boolean {
  const passed: number[] = []
  return () => {
    const since = now() - windowMs
    while (passed[0] !== undefined && passed[0] <= since) passed.shift()
    if (passed.length >= limit) return false
    passed.push(now())
    return true
  }
}

/** Lets `burst` things pass at once and `perSecond` thereafter. */
export function tokenBucket(perSecond: number, burst: number, now: () => number): () => boolean {
  let tokens = burst
  let at = now()
  return () => {
    tokens = Math.min(burst, tokens + ((now() - at) / 1000) * perSecond)
    at = now()
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
