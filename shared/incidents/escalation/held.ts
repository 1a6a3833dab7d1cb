import type { Instant } from '../../contracts/words.ts'
import type { Plan } from '../../oncall/plan.ts'
import type { ReasonedChange } from '../decision-reason.ts'
import { stepDueAt } from '../due.ts'
import { isOurs } from '../duty/duty.ts'
import type { Incident } from '../incident.ts'
import { stepAt } from '../life.ts'
import type { Recipient } from '../notice.ts'
import { asHeld, tell } from '../notices.ts'
import type { Pause } from '../pause/pause.ts'
import { CLOCK_DIFFERENCE_MS } from './layer.ts'
import { newsFor } from './robots.ts'

/**
 * What was held and goes on is escalated as it would have been; only what robots hear of that is one message with all that was held. What
 * pages before its time, as it has got worse, is told by itself.
 */
export function afterHold(change: ReasonedChange, now: Instant): ReasonedChange {
  const { heldUntil, ...incident } = change.incident
  if (heldUntil === undefined || incident.escalation.phase === 'paused') return change
  if (now < heldUntil - CLOCK_DIFFERENCE_MS) return { ...change, incident }
  return { ...change, incident, effects: asHeld(change.effects) }
}

/**
 * Tells of what was held and is over, or taken, by the end of that: robots that have not heard of it, or, where there are none, the people
 * of the first layer by mail. Undefined while it is not due.
 */
export function tellHeld(
  incident: Incident,
  plan: Plan,
  pause: Pause | undefined,
  now: Instant,
): ReasonedChange | undefined {
  const { heldUntil, ...rest } = incident
  if (incident.status === 'open' || heldUntil === undefined || now < heldUntil - CLOCK_DIFFERENCE_MS) return undefined
  const isHeldOn = pause?.cause.code === 'held'
  const next: Incident = { ...rest, step: incident.step + 1, ...(isHeldOn && { heldUntil: pause.until }) }
  const dueAt = stepDueAt(next)
  const kind = incident.status === 'resolved' ? 'held-over' : 'held-taken'
  const isTold = pause === undefined && isOurs(incident)
  return {
    incident: next,
    effects: [
      ...(dueAt === undefined ? [] : [stepAt(next, dueAt)]),
      ...(isTold ? tell(next, kind, now, readersOf(incident, plan)) : []),
    ],
    reason: isHeldOn ? 'still paused' : 'told of what was held',
  }
}

function readersOf(incident: Incident, plan: Plan): Recipient[] {
  if (plan.chat.length > 0) return newsFor(plan.chat, incident).news
  const [first] = plan.layers
  return (first?.targets ?? [])
    .filter(({ channels, fallback }) => channels.includes('email') || fallback.includes('email'))
    .map(({ contact, name, language }) => ({ contact, name, language, channel: 'email' }))
}
