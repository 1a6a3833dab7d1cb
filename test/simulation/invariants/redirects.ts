import { EVERYBODY } from '../../../shared/incidents/incident.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { onlyFails } from '../faults.ts'
import { generationsOf, nameOf } from '../outcome.ts'
import { OTHER_POLICY } from '../redirectors.ts'
import type { Outcome } from '../run.ts'
import { linesOf } from './history.ts'

/** Who decides on a layer has looked in the same invocation: none begins so long after something else was decided, ms. */
const DECIDED_MS = 16_000

/** What waited for the end of what it is merged into pages within a minute of that, ms. */
const WITHIN_A_MINUTE_MS = 66_000

/** What costs no minute. */
const harmless = ['calls', 'texts', 'events', 'stops', 'duplicates', 'lostReports', 'lostAnswers', 'busy'] as const

/** What is handed to a policy is paged by that one; what is merged pages nobody while the other one goes on, and pages after. */
export function whatIsRedirectedGoesThere(outcome: Outcome): string[] {
  const { incidents, setting, faults } = outcome
  if (!setting.redirects || faults.skewMs > 0) return []
  return incidents.flatMap(generationsOf).flatMap((of) => {
    const lines = linesOf(outcome, of)
    return [...byItsPolicy(outcome, nameOf(of), lines), ...notWhileMerged(outcome, nameOf(of), lines)]
  })
}

function byItsPolicy({ setting }: Outcome, name: string, lines: TimelineEntry[]): string[] {
  const handed = lines.find((line) => line.kind === 'escalated' && line.policy === OTHER_POLICY)
  if (handed === undefined) return []
  const people = setting.config.policies[OTHER_POLICY]?.layers.flatMap(({ page }) => page) ?? []
  return lines.flatMap((line) => {
    if (line.kind !== 'layer' || line.layer === EVERYBODY || line.at <= handed.at) return []
    const others = line.names.filter((one) => !people.includes(one))
    return others.map((one) => `${name} is handed to ${people.join()}, and calls ${one}`)
  })
}

function notWhileMerged(outcome: Outcome, name: string, lines: TimelineEntry[]): string[] {
  return lines.flatMap((line, index) => {
    if (line.kind !== 'merged' || line.what !== 'into') return []
    const rest = lines.slice(index + 1)
    const split = rest.find((one) => one.kind === 'merged' && one.what === 'out-of')
    const until = Math.min(split?.at ?? Infinity, overAt(outcome, line.number))
    const early = rest.flatMap((one) =>
      one.kind === 'layer' && one.names.length > 0 && one.at > line.at + DECIDED_MS && one.at < until
        ? [`${name} pages though it is merged into #${line.number}`]
        : [],
    )
    const next = rest.find((one) => isDecision(one.kind) && one.at > until)
    const waitedMs = (next?.at ?? outcome.world.now) - until
    const waits = rest.findLast(({ at, kind }) => at <= until && isDecision(kind))?.kind === 'paused'
    return waits && waitedMs > WITHIN_A_MINUTE_MS && isPrompt(outcome)
      ? [...early, `page late: ${name} waits for ${waitedMs / 1000} s after it was merged`]
      : early
  })
}

function isDecision(kind: TimelineEntry['kind']): boolean {
  return ['layer', 'paused', 'resumed', 'acknowledged', 'resolved'].includes(kind)
}

function overAt({ incidents, ledger }: Outcome, number: number): number {
  const into = incidents.find((one) => one.number === number)
  // Of a former life nobody knows here when it ended.
  return into === undefined ? -Infinity : (ledger.overAt.get(nameOf(into)) ?? Infinity)
}

/** Nothing keeps messages and watch from their time. */
function isPrompt({ faults, world }: Outcome): boolean {
  const isWatched = faults.watchRests.until <= faults.watchRests.from && faults.indexMisses === 0
  return isWatched && onlyFails(faults, ...harmless) && world.timeouts === 0
}
