import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { onlyFails } from '../faults.ts'
import { RAISE_AFTER_MS } from '../night.ts'
import { generationsOf, nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { linesOf } from './history.ts'

/** Deadlines come early by less, ms. */
const EARLY_MS = 1_000

/** A deadline is kept within a minute, be its message there or not, ms. */
const WITHIN_A_MINUTE_MS = 66_000

const harmless = ['calls', 'texts', 'events', 'stops', 'duplicates', 'lostReports', 'lostAnswers', 'busy'] as const

/** What nobody has taken in its time gets worse then, once, and no sooner. */
export function whatWaitsIsRaised(outcome: Outcome): string[] {
  const { setting, incidents, faults } = outcome
  if (setting.night === undefined || faults.skewMs > 0) return []
  return incidents
    .filter(({ project }) => project === 'pay' || project === 'shop')
    .flatMap(generationsOf)
    .flatMap((of) => faultsOf(outcome, nameOf(of), linesOf(outcome, of)))
}

function faultsOf(outcome: Outcome, name: string, lines: TimelineEntry[]): string[] {
  const [opened] = lines
  const begun = lines.find(({ kind }) => kind === 'layer')
  if (opened?.kind !== 'opened' || begun === undefined) return []
  const raises = lines.filter(({ kind }) => kind === 'raised')
  const twice = raises.length > 1 ? [`${name} is raised ${raises.length} times`] : []
  const [raised] = raises
  const isEarly = raised !== undefined && raised.at < begun.at + RAISE_AFTER_MS.error - EARLY_MS
  if (isEarly) return [...twice, `${name} is raised ${(raised.at - begun.at) / 1000} s after its first layer`]
  if (raised !== undefined) return [...twice, ...raisedInVain(outcome, name, lines.slice(lines.indexOf(raised)))]
  if (opened.severity !== 'error' || !isPrompt(outcome)) return twice
  const dueBy = begun.at + RAISE_AFTER_MS.error + WITHIN_A_MINUTE_MS
  const isLeft = lines.every(({ kind, at }) => at > dueBy || !endsWaiting(kind)) && outcome.world.now > dueBy
  return isLeft ? [...twice, `page lost: ${name} is not raised though nobody has taken it`] : twice
}

/** What is worse now calls whom it called by text before. */
function raisedInVain(outcome: Outcome, name: string, since: TimelineEntry[]): string[] {
  const next = since.find(({ kind }) => kind === 'layer' || kind === 'exhausted' || endsWaiting(kind))
  return next === undefined && isPrompt(outcome) ? [`page lost: ${name} was raised, and pages nobody`] : []
}

function endsWaiting(kind: TimelineEntry['kind']): boolean {
  return ['acknowledged', 'resolved', 'changed', 'reopened', 'escalated'].includes(kind)
}

function isPrompt({ faults, world }: Outcome): boolean {
  const isWatched = faults.watchRests.until <= faults.watchRests.from && faults.indexMisses === 0
  return isWatched && onlyFails(faults, ...harmless) && world.timeouts === 0
}
