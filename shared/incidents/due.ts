import type { Instant } from '../contracts/words.ts'
import { ackDueAt } from './ack-end.ts'
import type { Incident } from './incident.ts'
import { raiseDueAt } from './raise.ts'

/** When an incident's next step is due, UTC ms; undefined: it has none. */
export function stepDueAt(incident: Incident): Instant | undefined {
  const { status, escalation, ackEnd, heldUntil } = incident
  const { phase, deadlineAt, isSilent } = escalation
  const isQuiet = phase === 'over' || (phase === 'notified' && isSilent)
  const dueAt = status === 'open' && !isQuiet ? deadlineAt : ackDueAt({ status, ackEnd })
  const times = [dueAt, raiseDueAt(incident), status === 'open' ? undefined : heldUntil].filter(
    (at) => at !== undefined,
  )
  return times.length > 0 ? Math.min(...times) : undefined
}
