import type { Instant } from '../../contracts/words.ts'
import type { Plan } from '../../oncall/plan.ts'
import type { Change, Incident } from '../incident.ts'
import { chatsOf, LOST_STEP_MS, stepAt, unstarted } from '../life.ts'
import type { Action, Lapse, Recipient } from '../notice.ts'
import { tell } from '../notices.ts'

/** Reminds whoever has the incident, by text, and the chat. */
export function remind(incident: Incident, plan: Plan, now: Instant): Change {
  const { remindAt: _, ...ackEnd } = incident.ackEnd ?? { at: now }
  const next: Incident = { ...incident, step: incident.step + 1, ackEnd }
  const contact = incident.acknowledged?.by?.contact
  const target = plan.layers.flatMap(({ targets }) => targets).find((one) => one.contact === contact)
  const channel = [...(target?.channels ?? []), ...(target?.fallback ?? [])].find((one) => one !== 'phone')
  const own: Recipient[] =
    target && channel ? [{ contact: target.contact, name: target.name, channel, language: target.language }] : []
  return {
    incident: next,
    effects: [stepAt(next, ackEnd.at), ...tell(next, 'ack-ends', now, [...own, ...chatsOf(incident)])],
  }
}

/** An acknowledged incident that is nobody's any more: it is escalated as if it had just been opened, and people are told why. */
export function reopened(incident: Incident, lapse: Omit<Lapse, 'action'>, now: Instant): Change {
  const { acknowledged: action = noAction(now), ackEnd: _, takers: __, ...rest } = incident
  const next: Incident = { ...rest, status: 'open', lapse: { ...lapse, action } }
  next.escalation = { ...unstarted('starting', now + LOST_STEP_MS), people: incident.escalation.people }
  const { ackExpiresMs } = incident.escalation
  const entry = {
    at: now,
    generation: incident.generation,
    kind: 'reopened' as const,
    lapse: { ...lapse, action },
    ...(lapse.why === 'expired' && ackExpiresMs !== undefined && { ackExpiresMs }),
  }
  return { incident: next, effects: [{ type: 'timeline', entry }] }
}

function noAction(at: Instant): Action {
  return { at, via: 'system' }
}
