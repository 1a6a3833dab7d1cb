import type { Phases } from '../../contracts/report.ts'

/** Measures the phases of a check one after the other; a phase met again (by a redirect) adds up. */
export class PhaseClock {
  phases: Phases = {}
  readonly #monotonic: () => number
  #startedAt: number
  #current: { phase: keyof Phases; since: number } | undefined

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
    this.#startedAt = monotonic()
  }

  /** Forgets what was measured until now. */
  restart(): void {
    this.#current = undefined
    this.phases = {}
    this.#startedAt = this.#monotonic()
  }

  /** The phase being measured. */
  get current(): keyof Phases | undefined {
    return this.#current?.phase
  }

  /** Ends the current phase and starts the next one at the same moment. */
  begin(phase: keyof Phases): void {
    const now = this.end()
    this.#current = { phase, since: now }
  }

  /** Ends the current phase. Returns the moment, on the monotonic clock. */
  end(): number {
    const now = this.#monotonic()
    if (this.#current !== undefined) {
      const { phase, since } = this.#current
      this.phases[phase] = round((this.phases[phase] ?? 0) + now - since)
      this.#current = undefined
    }
    return now
  }

  /** What was measured until now; `latencyMs` is the time since the clock was made. */
  measured(): { latencyMs: number; phases?: Phases } {
    return { latencyMs: round(this.#monotonic() - this.#startedAt), ...this.measuredPhases() }
  }

  measuredPhases(): { phases?: Phases } {
    return Object.keys(this.phases).length === 0 ? {} : { phases: { ...this.phases } }
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
