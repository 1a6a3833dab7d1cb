import type { Instant } from '../../contracts/words.ts'
import type { ReasonedChange } from '../decision-reason.ts'
import type { Incident, IncidentEffect } from '../incident.ts'
import { LOST_STEP_MS, startsOver, stepAt } from '../life.ts'
import { raiseDueAt } from '../raise.ts'
import { withWorst, worseThan } from '../severity.ts'
import { CLOCK_DIFFERENCE_MS } from './layer.ts'

/**
 * The next worse severity for what nobody has taken in the time that its policy gives, paged as that if no phone has rung yet; undefined
 * while it is not due.
 */
export function raised(incident: Incident, now: Instant): ReasonedChange | undefined {
  const { raise } = incident.escalation
  const dueAt = raiseDueAt(incident)
  if (raise === undefined || dueAt === undefined || now < dueAt - CLOCK_DIFFERENCE_MS) return undefined
  const { from, afterMs } = raise
  const severity = worseThan(from)
  if (severity === undefined) return undefined
  const by = { severity, from, afterMs }
  const next = withWorst({ ...incident, severity, raised: by }, incident)
  const entry = { at: now, generation: incident.generation, kind: 'raised' as const, ...by }
  const line: IncidentEffect = { type: 'timeline', entry }
  if (!startsOver(incident, severity)) {
    // This was perhaps the message of the deadline, too: what follows is planned by the new severity.
    const isDue = now >= incident.escalation.deadlineAt - CLOCK_DIFFERENCE_MS
    return { incident: next, effects: isDue ? [stepAt(next, now), line] : [line], reason: 'raised' }
  }
  next.step = incident.step + 1
  next.escalation = { ...incident.escalation, phase: 'starting', deadlineAt: now + LOST_STEP_MS }
  return { incident: next, effects: [stepAt(next, now), line], reason: 'raised' }
}
