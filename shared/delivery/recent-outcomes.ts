import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Observation } from '../contracts/report.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import { confirmed } from '../evaluation/consensus.ts'
import type { Trouble } from '../messages/last-resort.ts'

/** What one instance of the function has seen of its checks in its recent runs, for when nobody else can judge. */
export interface RecentOutcomes {
  saw(checks: CompiledCheck[], observations: Observation[]): void
  /** What is confirmed, worst first. */
  troubles(): Trouble[]
}

interface Memory {
  check: CompiledCheck
  /** Oldest first, twice the `n` of `confirm` at most. */
  outcomes: VerdictWord[]
  /** When the first of the newest ones that are not up was seen. */
  since: Instant
  fault?: Fact
}

/**
 * Remembers what the last runs of one vantage saw, and names the checks in trouble. As it judges alone it wants 2m of the last 2n
 * observations. A check that depends on another one in trouble is left out.
 */
export function recentOutcomes(): RecentOutcomes {
  const memories = new Map<string, Memory>()
  return {
    saw(checks, observations) {
      for (const [index, check] of checks.entries()) {
        const observation = observations[index]
        if (observation !== undefined) memories.set(check.id, extended(memories.get(check.id), check, observation))
      }
    },
    troubles() {
      const troubles = [...memories.values()].flatMap(troubleOf)
      const ids = new Set(troubles.map(({ check }) => check))
      return troubles
        .filter(({ check }) => !ids.has(memories.get(check)?.check.dependsOn ?? ''))
        .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.since - b.since)
    },
  }
}

function extended(before: Memory | undefined, check: CompiledCheck, { outcome, at, fault }: Observation): Memory {
  const outcomes = [...(before?.outcomes ?? []), outcome].slice(-2 * check.confirm.n)
  const goesOn = before !== undefined && before.outcomes.at(-1) !== 'up'
  return { check, outcomes, since: goesOn ? before.since : at, ...(fault && { fault }) }
}

function troubleOf({ check, outcomes, since, fault }: Memory): Trouble[] {
  const state = confirmed(outcomes, 2 * check.confirm.m, 2 * check.confirm.n)
  // What was up the last time is getting better.
  if ((state !== 'down' && state !== 'degraded') || outcomes.at(-1) === 'up') return []
  const { id, project, title, urgentWhen = [] } = check
  const urgent = urgentWhen.includes(state)
  return [{ check: id, project, title, state, since, urgent, ...(fault && { fault }) }]
}
