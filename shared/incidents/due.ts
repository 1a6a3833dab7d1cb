import type { Instant } from '../contracts/words.ts'
import { ackDueAt } from './ack-end.ts'
import type { Incident } from './incident.ts'

/** When an incident's next step is due, UTC ms; undefined: it has none. */
export function stepDueAt({ status, escalation, ackEnd }: Incident): Instant | undefined {
  const { phase, deadlineAt, isSilent } = escalation
  const isQuiet = phase === 'over' || (phase === 'notified' && isSilent)
  return status === 'open' && !isQuiet ? deadlineAt : ackDueAt({ status, ackEnd })
}
