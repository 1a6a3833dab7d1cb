import type { Instant } from '../../contracts/words.ts'
import { unmuted } from '../duty/duty.ts'
import type { EscalationAsked } from '../escalation-asked.ts'
import type { Change, Incident } from '../incident.ts'
import { begunAnew, callOff, stepAt } from '../life.ts'
import type { Action } from '../notice.ts'
import { handOver } from './handed.ts'
import { reopened } from './lapse.ts'
import { endLayer } from './layer.ts'

/** Whoever has an acknowledged incident gives it back: it pages again at once. */
export function giveBack(incident: Incident, action: Action, now: Instant): Change {
  return atOnce(reopened(incident, { why: 'given-back', by: action }, now), now)
}

type Pressed = Pick<EscalationAsked, 'once'>

/** A vendor brings a press that was answered too late again within this. */
const REPEATED_MS = 3_600_000

/** Only the latest are remembered: an incident of which a program notes something each second must fit its row of 400 kB. */
const MOST_PRESSES = 100

/**
 * Whether this press of a button, or text, has had its way already: it goes on to the next layer, or is given back, once, however often the
 * vendor brings it. Somebody else may have taken it since.
 */
export function isPressedAlready({ presses = [] }: Incident, { once }: Pressed, now: Instant): boolean {
  return presses.some((press) => press.once === once && now - press.at < REPEATED_MS)
}

/** Goes on to the next layer now, or begins where somebody asks, be it acknowledged by then. */
export function escalateNow(incident: Incident, asked: EscalationAsked, action: Action, now: Instant): Change {
  const { layer, to, policy } = asked
  const line = {
    at: now,
    generation: incident.generation,
    kind: 'escalated' as const,
    action,
    ...(layer === undefined ? {} : { layer }),
    ...(to === undefined ? {} : { to }),
    ...(policy === undefined ? {} : { policy }),
  }
  const told = { type: 'timeline' as const, entry: line }
  const { phase } = incident.escalation
  const isNext = layer === undefined && to === undefined && policy === undefined
  if (incident.status === 'open' && phase === 'layer' && isNext) {
    const { incident: next, effects } = endLayer(
      incident,
      { code: 'passed-on', args: { name: action.by?.name ?? '' } },
      now,
    )
    return { incident: next, effects: [told, ...effects, stepAt(next, now)] }
  }
  const open =
    incident.status === 'open'
      ? { incident: unmuted(incident), effects: callOff(incident) }
      : reopened(incident, { why: 'escalated', by: action }, now)
  const next: Incident = handOver({ ...open.incident }, asked)
  const { pending } = incident.escalation
  next.escalation = {
    ...begunAnew(incident, now),
    ...(pending && { pending }),
    ...(layer === undefined ? {} : { beginsAt: layer }),
  }
  return atOnce({ incident: next, effects: [told, ...open.effects] }, now)
}

/** Remembers a press that has its way now. */
export function withPress(incident: Incident, { once }: Pressed, now: Instant): Incident {
  if (once === undefined) return incident
  const latest = (incident.presses ?? []).filter(({ at }) => now - at < REPEATED_MS)
  return { ...incident, presses: [...latest, { once, at: now }].slice(-MOST_PRESSES) }
}

function atOnce({ incident, effects }: Change, now: Instant): Change {
  const next = { ...incident, step: incident.step + 1 }
  return { incident: next, effects: [...effects, stepAt(next, now)] }
}
