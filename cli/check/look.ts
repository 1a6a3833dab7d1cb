import { runChecks } from '../../shared/checks/run/run-checks.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import { type Language, type VerdictWord, verdicts } from '../../shared/contracts/words.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { BAD, FAILED, FINE } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { findStack } from '../target.ts'
import { type KafkaMemory, type Sight, sightOf } from './sight.ts'

/** A look at one check, and what it came to. */
export interface Look {
  observation: Observation
  sight: Sight
}

/** Looks at checks from this machine. */
export type Looker = (checks: CompiledCheck[], onLook: (look: Look) => void) => Promise<Look[]>

/** Remembers between looks what Kafka's rules need. What has not ended when `signal` does comes back unknown. */
export function lookerOf(io: CliIo, signal: AbortSignal): Looker {
  const memory: KafkaMemory = new Map()
  // What the local stack adds to its probe's environment.
  const stack = findStack({}, io)
  const env = { ...(stack && { DEMO_URL: stack.demo }), ...io.env }
  return async (checks, onLook) => {
    const byId = new Map(checks.map((check) => [check.id, check]))
    const looks = new Map<string, Look>()
    await runChecks(
      checks,
      { now: io.now, monotonic: () => performance.now(), env, signal },
      {
        onObserved(observation) {
          const check = byId.get(observation.check)
          if (signal.aborted || check === undefined) return
          const look = { observation, sight: sightOf(observation, check, memory) }
          looks.set(check.id, look)
          onLook(look)
        },
      },
    )
    return checks.flatMap(({ id }) => looks.get(id) ?? [])
  }
}

export type Counts = Record<VerdictWord, number>

export function countOf(sights: Sight[]): Counts {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { outcome } of sights) if (outcome !== undefined) counts[outcome]++
  return counts
}

/** `2 up, 1 down`. */
export function countText(counts: Counts): string {
  return verdicts.flatMap((word) => (counts[word] > 0 ? [`${counts[word]} ${word}`] : [])).join(', ')
}

/** A check that could not be looked at is no good news. */
export function codeOf({ down, unknown }: Counts): number {
  if (down > 0) return BAD
  return unknown > 0 ? FAILED : FINE
}

/** Looks as machines are shown them: what was seen as a fact, and in words. */
export function shownLooks(looks: Look[], language: Language) {
  const counts = countOf(looks.map(({ sight }) => sight))
  const observations = looks.map(({ observation, sight }) => ({
    ...observation,
    outcome: sight.outcome ?? observation.outcome,
    ...told(sight, language),
    ...(observation.places && {
      places: observation.places.map((place) => ({ ...place, ...told(place, language) })),
    }),
    ...(observation.samples?.found && {
      groups: sight.parts.map(({ parts: _, ...group }) => ({ ...group, ...told(group, language) })),
    }),
  }))
  return { ok: codeOf(counts) === FINE, counts, observations }
}

function told({ fault }: Pick<Sight, 'fault'>, language: Language) {
  return fault === undefined ? {} : { fault, detail: factIn(language, fault) }
}
