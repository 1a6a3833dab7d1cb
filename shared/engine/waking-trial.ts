import { perSeverity } from '../contracts/severities.ts'
import type { Severity } from '../contracts/words.ts'
import type { Context } from '../ingest/format.ts'
import type { Guide } from '../ingest/guide.ts'
import { alertsOf } from './ingest/make-alerts.ts'

/** Whether somebody is called, or sent a text, for an alert so severe unless a policy says otherwise. */
const wakes = perSeverity(({ urgent }) => urgent)

/**
 * How severe the test of a format would be in a project, if it may call somebody before it is resolved: some formats have no severity
 * that says otherwise. Undefined where it wakes nobody.
 */
export function wakingSeverity({ format, example }: Guide, context: Omit<Context, 'earlier'>): Severity | undefined {
  if (example === undefined) return undefined
  const { alerts } = alertsOf(format, example.body, { ...context, earlier: {} })
  return alerts.find(({ severity, once }) => !once && wakes[severity])?.severity
}
