import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Observation } from '../contracts/report.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'

/** What one instance of the function has seen of its checks in its recent runs, for when nobody else can judge. */
export interface RecentOutcomes {
  saw(checks: CompiledCheck[], observations: Observation[]): void
  remembered(): RememberedCheck[]
}

/** A check as this instance has seen it. */
export interface RememberedCheck {
  check: CompiledCheck
  /** Oldest first, twice the `n` of `confirm` at most. */
  outcomes: VerdictWord[]
  /** When the first of the newest ones that are not up was seen. */
  since: Instant
  fault?: Fact
}

/** Remembers what the last runs of one vantage saw. */
export function recentOutcomes(): RecentOutcomes {
  const memories = new Map<string, RememberedCheck>()
  return {
    saw(checks, observations) {
      for (const [index, check] of checks.entries()) {
        const observation = observations[index]
        if (observation !== undefined) memories.set(check.id, extended(memories.get(check.id), check, observation))
      }
    },
    remembered: () => [...memories.values()],
  }
}

function extended(
  before: RememberedCheck | undefined,
  check: CompiledCheck,
  { outcome, at, fault }: Observation,
): RememberedCheck {
  const outcomes = [...(before?.outcomes ?? []), outcome].slice(-2 * check.confirm.n)
  const goesOn = before !== undefined && before.outcomes.at(-1) !== 'up'
  return { check, outcomes, since: goesOn ? before.since : at, ...(fault && { fault }) }
}
