import type { Instant } from '../contracts/words.ts'
import type { DatedAlert, Incident } from './incident.ts'
import type { Action } from './notice.ts'

/** Whoever closes by hand what goes on has so long until it pages again. */
const CLOSED_BY_HAND_MS = 600_000

/** Whether an alert only repeats what somebody has just closed by hand. */
export function isClosedFor(incident: Incident, alert: DatedAlert, now: Instant): boolean {
  if (alert.unseen && incident.status === 'resolved') return true
  return alert.again === true && wasClosedByHand(incident) && now - incident.resolved.at < CLOSED_BY_HAND_MS
}

/** Whether somebody has ended it, and no sender. */
export function wasClosedByHand(incident: Incident | undefined): incident is Incident & { resolved: Action } {
  return incident?.status === 'resolved' && incident.resolved?.by !== undefined
}
