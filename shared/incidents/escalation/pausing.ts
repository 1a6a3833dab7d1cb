import type { Instant } from '../../contracts/words.ts'
import type { Plan } from '../../oncall/plan.ts'
import type { ReasonedChange } from '../decision-reason.ts'
import { unmuted } from '../duty/duty.ts'
import type { Change, Escalation, Incident } from '../incident.ts'
import { begunAnew, callOff, chatsOf, resolve, stepAt } from '../life.ts'
import { tell } from '../notices.ts'
import { endOf, type Pause } from '../pause/pause.ts'

/** The chat hears so long before its end that something still burns, so that whoever paused it can still do something about it. */
const WARNING_MS = 600_000

type Decided = ReasonedChange

/**
 * What a step does to an incident that is not to page now: its calls are called off, those who know of it hear why, and it waits for the
 * pause's end. One that is paused already only follows the pause, be it longer or shorter than it was.
 */
export function takePause(incident: Incident, pause: Pause, plan: Plan, now: Instant): Decided {
  const { phase, pause: known } = incident.escalation
  if (phase !== 'paused' || known === undefined) return begin(incident, pause, plan, now)
  const warning = warnsAt(pause, known.since)
  const isDue = !known.warned && warning !== undefined && warning <= now
  if (!isDue && isSame(pause, known) && incident.escalation.deadlineAt > now)
    return { incident, effects: [], reason: 'still paused' }
  const kept = { ...pause, since: known.since, ...(known.warned || isDue ? { warned: true as const } : {}) }
  const next = waiting(incident, kept, now)
  const robots = plan.chat.map((chat) => ({ chat }))
  return {
    incident: next,
    effects: [
      stepAt(next, next.escalation.deadlineAt),
      ...(isDue ? tell(next, 'pause-ends', now, robots) : []),
      ...(isSame(pause, known) ? [] : [line(next, pause, now)]),
    ],
    reason: isDue ? 'its pause ends soon' : 'its pause has changed',
  }
}

/** An incident whose pause is over, as if it had just been opened: its first layer begins with the step that found it so. */
export function resumed(incident: Incident, now: Instant): Change {
  if (incident.escalation.phase !== 'paused') return { incident, effects: [] }
  const { pending } = incident.escalation
  const next: Incident = { ...unmuted(incident) }
  next.escalation = { ...begunAnew(incident, now), ...(pending && { pending }) }
  return {
    incident: next,
    effects: [{ type: 'timeline', entry: { at: now, generation: incident.generation, kind: 'resumed' } }],
  }
}

function begin(incident: Incident, pause: Pause, { needs }: Plan, now: Instant): Decided {
  // What does not go on has nothing to page for at the end.
  if (incident.once) {
    const over = resolve({ ...incident, ...heldBy(pause) }, { at: now, via: 'once' }, now)
    return { ...over, effects: [line(incident, pause, now), ...over.effects], reason: 'paused' }
  }
  const next = waiting(incident, { ...pause, since: now }, now)
  // Who takes it meanwhile may not be enough.
  if (needs) next.escalation = { ...next.escalation, needs }
  return {
    incident: next,
    effects: [
      ...callOff(incident),
      stepAt(next, next.escalation.deadlineAt),
      ...tell(next, 'paused', now, chatsOf(incident)),
      line(next, pause, now),
    ],
    reason: 'paused',
  }
}

function waiting(incident: Incident, pause: NonNullable<Escalation['pause']>, now: Instant): Incident {
  const { policy: _, ...before } = incident.escalation
  const warning = warnsAt(pause, pause.since)
  const deadlineAt = !pause.warned && warning !== undefined && warning > now ? warning : pause.until
  return {
    ...incident,
    ...heldBy(pause),
    step: incident.step + 1,
    escalation: { ...before, phase: 'paused', pause, deadlineAt, attempts: [] },
  }
}

function heldBy({ cause, until }: Pause): Pick<Incident, 'heldUntil'> {
  return cause.code === 'held' ? { heldUntil: until } : {}
}

/**
 * A pause that is short is over before anybody could do more about it than they do already; what a policy holds is told of at its end, in
 * one message.
 */
function warnsAt(pause: Pause, since: Instant): Instant | undefined {
  const end = pause.cause.code === 'held' ? undefined : endOf(pause)
  return end !== undefined && end - since > 2 * WARNING_MS ? end - WARNING_MS : undefined
}

function isSame(one: Pause, other: Pause): boolean {
  return endOf(one) === endOf(other) && JSON.stringify(one.cause) === JSON.stringify(other.cause)
}

function line(incident: Incident, { cause, until }: Pause, now: Instant) {
  const entry = { at: now, generation: incident.generation, kind: 'paused' as const, cause, until }
  return { type: 'timeline' as const, entry }
}
