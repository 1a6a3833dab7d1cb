import { inOrder } from '../contracts/arrival.ts'
import { bySeverity } from '../contracts/words.ts'
import type { ReadAlert } from './read-alerts.ts'

/** The alerts of one key, in their order. */
export type OfOneKey = [ReadAlert, ...ReadAlert[]]

/** The newest alert of a key. */
export function lastOf(group: OfOneKey): ReadAlert {
  return group.at(-1) ?? group[0]
}

/** Alerts by their keys, each key's in their order, without what was overtaken on its way. */
export function inGroups(alerts: ReadAlert[]): OfOneKey[] {
  return [...Map.groupBy(alerts, ({ dedupKey }) => dedupKey).values()].map((group) =>
    withoutOvertaken(group.toSorted(inOrder)),
  )
}

/**
 * Leaves out triggers after which another one comes that is no less severe, and what came between two ends, so that ten thousand
 * alerts of one key are a few.
 */
function withoutOvertaken(all: ReadAlert[]): OfOneKey {
  const kept: ReadAlert[] = []
  for (const alert of all) {
    const ended = alert.action === 'resolve' ? kept.findIndex(({ action }) => action === 'resolve') : -1
    if (ended >= 0) kept.splice(ended)
    while (isOvertaken(kept.at(-1), alert)) kept.pop()
    kept.push(alert)
  }
  return kept as OfOneKey
}

function isOvertaken(earlier: ReadAlert | undefined, { action, severity }: ReadAlert): boolean {
  if (earlier?.action !== action) return false
  return action !== 'trigger' || bySeverity(severity, earlier.severity) <= 0
}
