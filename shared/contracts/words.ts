import * as z from 'zod'
import type { Severity } from './severities.ts'
import { severityTable } from './severity-table.ts'

/** A point in time: milliseconds since 1970-01-01 UTC. */
export type Instant = number

export type { Severity }

/** How bad an alert may be, worst first. */
export const severities: readonly Severity[] = severityTable.map(({ name }) => name)
export const severity = z.enum(severities)

/** What an alert is that does not say how bad it is, and what a check's failing is. */
export const DEFAULT_SEVERITY: Severity = 'critical'

/** Sorts the worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other)
}

/** What evaluation makes of observations. No data is `unknown`, never `up`. */
export const verdicts = ['up', 'degraded', 'down', 'unknown'] as const
export const verdictWord = z.enum(verdicts)
export type VerdictWord = z.infer<typeof verdictWord>

/** Trouble that was seen is worse than none that could be. */
export const verdictsWorstFirst: readonly VerdictWord[] = ['down', 'degraded', 'unknown', 'up']

export type Language = 'zh' | 'en'
