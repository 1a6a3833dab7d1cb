/** Two requests with the same caller and callee in so long block each other. */
const SAME_MS = 1_000

/** Calls to one number. */
export interface PerCallee {
  minute: number
  hour: number
  day: number
}

const USUAL: PerCallee = { minute: 1, hour: 5, day: 20 }

/** What the vendor remembers of one callee: windows begin with their first call, and failed calls count. */
export class CalleeRules {
  private readonly windows: { calls: number; ms: number }[]
  private readonly began: { at: number; calls: number }[]
  private askedAt = -Infinity

  constructor({ minute, hour, day }: PerCallee = USUAL) {
    this.windows = [
      { calls: minute, ms: 60_000 },
      { calls: hour, ms: 3_600_000 },
      { calls: day, ms: 86_400_000 },
    ]
    this.began = this.windows.map(() => ({ at: -Infinity, calls: 0 }))
  }

  /** `both`: this request and the one before block each other. */
  ask(now: number): 'taken' | 'limited' | 'both' {
    const isSame = now - this.askedAt < SAME_MS
    this.askedAt = now
    if (isSame) return 'both'
    const isFull = this.windows.some(({ calls, ms }, index) => {
      const window = this.began[index]
      return window !== undefined && now - window.at < ms && window.calls >= calls
    })
    if (isFull) return 'limited'
    for (const [index, { ms }] of this.windows.entries()) {
      const window = this.began[index]
      if (window === undefined) continue
      if (now - window.at >= ms) this.began[index] = { at: now, calls: 1 }
      else window.calls += 1
    }
    return 'taken'
  }
}
