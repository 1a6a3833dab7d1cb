import type { Instant } from '../contracts/words.ts'
import { ackDueAt } from './ack-end.ts'
import type { Incident } from './incident.ts'
import { raiseDueAt } from './raise.ts'

/** When an incident's next step is due, UTC ms; undefined: it has none. */
export function stepDueAt(incident: Incident): Instant | undefined {
  const { status, escalation, ackEnd } = incident
  const { phase, deadlineAt, isSilent } = escalation
  const isQuiet = phase === 'over' || (phase === 'notified' && isSilent)
  const dueAt = status === 'open' && !isQuiet ? deadlineAt : ackDueAt({ status, ackEnd })
  const raisedAt = raiseDueAt(incident)
  return dueAt !== undefined && raisedAt !== undefined ? Math.min(dueAt, raisedAt) : (dueAt ?? raisedAt)
}
