/** Two requests with the same caller and callee in so long block each other. */
const SAME_MS = 1_000

const windows = [
  { calls: 1, ms: 60_000 },
  { calls: 5, ms: 3_600_000 },
  { calls: 20, ms: 86_400_000 },
]

/** What the vendor remembers of one callee: windows begin with their first call, and failed calls count. */
export class CalleeRules {
  private readonly began: { at: number; calls: number }[] = windows.map(() => ({ at: -Infinity, calls: 0 }))
  private askedAt = -Infinity

  /** `both`: this request and the one before block each other. */
  ask(now: number): 'taken' | 'limited' | 'both' {
    const isSame = now - this.askedAt < SAME_MS
    this.askedAt = now
    if (isSame) return 'both'
    const isFull = windows.some(({ calls, ms }, index) => {
      const window = this.began[index]
      return window !== undefined && now - window.at < ms && window.calls >= calls
    })
    if (isFull) return 'limited'
    for (const [index, { ms }] of windows.entries()) {
      const window = this.began[index]
      if (window === undefined) continue
      if (now - window.at >= ms) this.began[index] = { at: now, calls: 1 }
      else window.calls += 1
    }
    return 'taken'
  }
}
