import { runChecks } from '../../shared/checks/run/run-checks.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import { type VerdictWord, verdicts } from '../../shared/contracts/verdicts.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { BAD, FAILED, FINE } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { findStack } from '../target.ts'
import { checkWords } from '../words/check.ts'
import { type CheckResult, newEvaluators, resultOf } from './result.ts'

/** One run of a check: what it saw, and what that comes to. */
export interface CheckRun {
  observation: Observation
  result: CheckResult
}

/** Runs checks from this machine. */
export type Runner = (checks: CompiledCheck[], onRun: (run: CheckRun) => void) => Promise<CheckRun[]>

/**
 * Runs checks with what the local stack adds to the environment; remembers between runs what is judged over
 * time. What has not ended when `signal` does comes back unknown.
 */
export function runnerOf(io: CliIo, signal: AbortSignal): Runner {
  const evaluators = newEvaluators()
  // What the local stack adds to its probe's environment.
  const stack = findStack({}, io)
  const env = { ...(stack && { DEMO_URL: stack.demo }), ...io.env }
  return async (checks, onRun) => {
    const byId = new Map(checks.map((check) => [check.id, check]))
    const runs = new Map<string, CheckRun>()
    await runChecks(
      checks,
      { now: io.now, monotonic: () => performance.now(), env, signal },
      {
        onObserved(observation) {
          const check = byId.get(observation.check)
          if (signal.aborted || check === undefined) return
          const run = { observation, result: resultOf(observation, check, evaluators) }
          runs.set(check.id, run)
          onRun(run)
        },
      },
    )
    return checks.flatMap(({ id }) => runs.get(id) ?? [])
  }
}

export type Counts = Record<VerdictWord, number>

export function countOf(results: CheckResult[]): Counts {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { outcome } of results) if (outcome !== undefined) counts[outcome]++
  return counts
}

/** `2 up, 1 down`. */
export function countText(counts: Counts, language: Language): string {
  const { state, comma } = checkWords[language]
  return verdicts.flatMap((word) => (counts[word] > 0 ? [`${counts[word]} ${state[word]}`] : [])).join(comma)
}

/** A check that could not be looked at is no good news. */
export function codeOf({ down, unknown }: Counts): number {
  if (down > 0) return BAD
  return unknown > 0 ? FAILED : FINE
}

/** Runs as machines are shown them: what was seen as a fact, and in words. */
export function shownRuns(runs: CheckRun[], language: Language) {
  const counts = countOf(runs.map(({ result }) => result))
  const observations = runs.map(({ observation, result }) => ({
    ...observation,
    outcome: result.outcome ?? observation.outcome,
    ...told(result, language),
    ...(observation.places && {
      places: observation.places.map((place) => ({ ...place, ...told(place, language) })),
    }),
    ...(result.found && {
      groups: result.parts.map(({ parts: _, ...group }) => ({ ...group, ...told(group, language) })),
    }),
  }))
  return { ok: codeOf(counts) === FINE, counts, observations }
}

function told({ fault }: Pick<CheckResult, 'fault'>, language: Language) {
  return fault === undefined ? {} : { fault, detail: factIn(language, fault) }
}
