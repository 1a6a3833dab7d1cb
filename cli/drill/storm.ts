import type { Alerts } from '../../shared/contracts/alert.ts'
import { DEFAULT_STORM_LIMIT } from '../../shared/contracts/storm.ts'

/** The project that rages, and the one whose page must not wait for it. */
export const raging = 'storm'
export const calm = 'canary'

/** How many things break at once in the raging project. */
export const STORM_ALERTS = 1_000

/** Above its limit all of them are joined in one incident. */
export const JOINED = STORM_ALERTS - DEFAULT_STORM_LIMIT

/** A page of another project is on the phone within this time, whatever rages. */
export const CANARY_MS = 5_000

/** What both projects' monitoring sends: the storm in one message, the other's alert in one of its own. */
export function stormMessages(action: 'trigger' | 'resolve'): Alerts[] {
  const many = Array.from({ length: STORM_ALERTS }, (_, index) => alertOf(action, raging, `disk-${index}`, 'info'))
  return [many, [alertOf(action, calm, 'checkout', 'critical')]].map((alerts) => ({ v: 1, kind: 'alerts', alerts }))
}

function alertOf(
  action: 'trigger' | 'resolve',
  project: string,
  dedupKey: string,
  severity: 'info' | 'critical',
): Alerts['alerts'][number] {
  return { action, project, dedupKey, severity, summary: `${dedupKey} is down`, source: 'drill' }
}
