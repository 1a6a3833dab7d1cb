import { severities } from '../contracts/severities.ts'
import { bySeverity, type Severity } from '../contracts/words.ts'
import type { Incident } from './incident.ts'

/**
 * The severity that an incident is escalated by: the worst since it opened. A fall is told, not obeyed: who is owed a page is paged
 * until somebody has it or it is over.
 */
export function escalatedAs({ severity, worst }: Pick<Incident, 'severity' | 'worst'>): Severity {
  return worst ?? severity
}

/** The severity above another one; undefined for the worst. */
export function worseThan(severity: Severity): Severity | undefined {
  return severities[severities.indexOf(severity) - 1]
}

/** What an incident remembers of the severities that it has had, once a further trigger has come: no less than it was raised to. */
export function withWorst(incident: Incident, before: Incident): Incident {
  const { worst, ...said } = incident
  const { severity: least = said.severity } = said.raised ?? {}
  const next = { ...said, severity: bySeverity(least, said.severity) < 0 ? least : said.severity }
  const known = escalatedAs(before)
  return bySeverity(known, next.severity) < 0 ? { ...next, worst: known } : next
}

/** Whether a severity is beyond everything that the incident has been escalated, or taken, as. */
export function isBeyond(severity: Severity, incident: Incident): boolean {
  return bySeverity(severity, escalatedAs(incident)) < 0
}

type Ranked = Pick<Incident, 'severity' | 'openedAt'>

/** Sorts the worst incidents first, and the newest of one severity. */
export function worstFirst(one: Ranked, other: Ranked): number {
  return bySeverity(one.severity, other.severity) || other.openedAt - one.openedAt
}
