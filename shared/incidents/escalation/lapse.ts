import type { Instant } from '../../contracts/words.ts'
import type { Change, Incident } from '../incident.ts'
import { begunAnew, chatsOf, stepAt } from '../life.ts'
import { missingOf } from '../needed.ts'
import type { Action, Lapse, Recipient } from '../notice.ts'
import { tell } from '../notices.ts'

/** Reminds whoever has the incident, on duty or not, by text or mail (`keepers`), and the chat. */
export function remind(incident: Incident, keepers: Recipient[], now: Instant): Change {
  const { remindAt: _, ...ackEnd } = incident.ackEnd ?? { at: now }
  const next: Incident = { ...incident, step: incident.step + 1, ackEnd }
  return {
    incident: next,
    effects: [stepAt(next, ackEnd.at), ...tell(next, 'ack-ends', now, [...keepers, ...chatsOf(incident)])],
  }
}

/**
 * An acknowledged incident that is nobody's any more: it is escalated as if it had just been opened, and people are told why. Where several
 * had to take it, and one gives it back, the others still have.
 */
export function reopened(incident: Incident, lapse: Omit<Lapse, 'action'>, now: Instant): Change {
  const { acknowledged: action = noAction(now), ackEnd: _, takers: __, ...rest } = incident
  const takers = lapse.why === 'given-back' ? withoutGiver(incident, lapse.by) : []
  const next: Incident = { ...rest, status: 'open', lapse: { ...lapse, action }, ...(takers.length > 0 && { takers }) }
  next.escalation = begunAnew(incident, now)
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

/** Who still has it; nobody where it is given back for all, by one who is not missing now. */
function withoutGiver({ escalation: { needs }, takers = [] }: Incident, giver: Action | undefined): Action[] {
  const others = takers.filter(({ by }) => by?.contact !== giver?.by?.contact)
  return needs !== undefined && missingOf(needs, others) !== undefined ? others : []
}

function noAction(at: Instant): Action {
  return { at, via: 'system' }
}
