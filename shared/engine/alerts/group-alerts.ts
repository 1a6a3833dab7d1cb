import { inOrder } from '../../contracts/arrival.ts'
import { bySeverity } from '../../contracts/words.ts'
import type { ReadAlert } from '../ingest/read-alerts.ts'

/** The alerts of one key, in their order. */
export type OfOneKey = [ReadAlert, ...ReadAlert[]]

/** The alert of a key that came last. */
export function lastOf(group: OfOneKey): ReadAlert {
  return group.at(-1) ?? group[0]
}

/** Groups alerts by their keys, those of a key in the order of their arrival, without those that a later one of the key makes void. */
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
