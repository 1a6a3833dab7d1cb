import type { Instant } from '../../contracts/words.ts'
import type { PlanNote } from '../../oncall/notes.ts'
import type { Plan, PlannedLayer, PlannedTarget } from '../../oncall/plan.ts'
import type { ReasonedChange } from '../decision-reason.ts'
import { unmuted } from '../duty/duty.ts'
import { type Change, type Escalation, EVERYBODY, type Incident, type IncidentEffect } from '../incident.ts'
import type { LayerEnd } from '../layer-end.ts'
import { callOff, LOST_STEP_MS, resolve, stepAt } from '../life.ts'
import type { Recipient } from '../notice.ts'
import { tell } from '../notices.ts'
import { raiseBy } from '../raise.ts'
import { attemptsFor, callEffect, onePerPhone, peopleOf, personal, triedWith } from './attempts.ts'
import { everybody } from './everybody.ts'
import { followers } from './followers.ts'
import { hasRung, lostCalls, rangNobody } from './mute.ts'
import { newsFor, robotsAt } from './robots.ts'
import { ackTimeoutOf, ruleOf, tries } from './rules.ts'
import { tellChat, tellOnce } from './tell-chat.ts'

/** While someone listens a layer's deadline waits for the call's end, at most so long. */
const LISTENING_MS = 120_000

/** A proof that has been held up for longer could ring at night: it is given up, ms. */
const PROOF_MS = 30 * 60_000

/** A deadline's message may come so early when two machines' clocks differ. */
export const CLOCK_DIFFERENCE_MS = 1_000

/**
 * Decides on a step message: begins the layer it is for, or ends one whose time is up and begins the next.
 * The step is known to be the incident's current one.
 */
export function takeStep(incident: Incident, plan: Plan, now: Instant): ReasonedChange {
  const { phase, deadlineAt, round, layer } = incident.escalation
  if (phase === 'over') return { incident, effects: [], reason: 'nothing to do: over' }
  if (phase === 'starting') return { ...begin(incident, plan, 0, firstOf(incident, plan), now), reason: 'first layer' }
  if (phase === 'next') return { ...goOn(incident, plan, now), reason: 'next layer' }
  if (phase === 'guarded') return { ...begin(incident, plan, round, layer, now, takenOver), reason: 'taken over' }
  if (now < deadlineAt - CLOCK_DIFFERENCE_MS) return { incident, effects: [], reason: 'early' }
  if (phase === 'notified') {
    const comes = plan.later?.[layer] !== undefined
    return { ...begin(incident, plan, 0, comes ? layer + 1 : layer, now), reason: comes ? 'next layer' : 'reminder' }
  }
  if (phase === 'exhausted')
    return { ...begin(incident, plan, incident.escalation.round, EVERYBODY, now), reason: 'everybody again' }

  const heardUntil = listenedUntil(incident, now)
  if (heardUntil !== undefined) return { ...waitUntil(incident, heardUntil), reason: 'someone is listening' }
  const ended = endLayer(incident, { code: 'ack-timeout', args: {} }, now)
  const next = goOn(ended.incident, plan, now)
  return { incident: next.incident, effects: [...ended.effects, ...next.effects], reason: 'layer timed out' }
}

/**
 * Ends the current layer: what still rings is called off, and how it went is kept. The caller goes on with the next layer,
 * or sends the step that will.
 */
export function endLayer(incident: Incident, why: LayerEnd, now: Instant): Change {
  const { escalation } = incident
  const { isUnrung: _, lost: __, ...before } = escalation
  const lost = lostCalls(escalation)
  const known = hasRung(escalation.attempts) ? unmuted(incident) : incident
  const next: Incident = { ...known, step: incident.step + 1 }
  next.escalation = {
    ...before,
    phase: 'next',
    deadlineAt: now + LOST_STEP_MS,
    attempts: [],
    tried: triedWith(escalation.tried, escalation.attempts),
    ...(rangNobody(escalation.attempts) && { isUnrung: true as const }),
    ...(lost !== undefined && { lost }),
  }
  return {
    incident: next,
    effects: [
      ...callOff(incident),
      {
        type: 'timeline',
        entry: {
          at: now,
          generation: incident.generation,
          kind: 'layer-ended',
          round: escalation.round,
          layer: escalation.layer,
          why,
          ...ackTimeoutOf(escalation),
        },
      },
    ],
  }
}

function goOn(incident: Incident, plan: Plan, now: Instant): Change {
  const { round, layer } = incident.escalation
  if (layer === EVERYBODY) return exhaust(incident, plan, now)
  if (layer + 1 < plan.layers.length) return begin(incident, plan, round, layer + 1, now)
  const missed = missedLayer(incident, plan)
  if (missed !== undefined) return begin(incident, plan, round, missed, now)
  if (round + 1 < plan.rounds) return begin(incident, plan, round + 1, 0, now)
  return exhaust(incident, plan, now)
}

/** A project that has moved to a policy of fewer layers meanwhile: the first that has somebody whom this round has not reached. */
function missedLayer({ escalation }: Incident, plan: Plan): number | undefined {
  const { reached = [], layers = 0 } = escalation
  if (plan.layers.length >= layers) return undefined
  const known = new Set(reached.flat())
  const index = plan.layers.findIndex(({ targets }) =>
    targets.some(({ contact, channels }) => channels.length > 0 && !known.has(contact)),
  )
  return index < 0 ? undefined : index
}

/** The layer that somebody asked for, or the last that there is. */
function firstOf({ escalation: { beginsAt = 0 } }: Incident, plan: Plan): number {
  return Math.max(0, Math.min(beginsAt, plan.layers.length - 1))
}

/** How often each phone of a layer is called. */
type CallsOf = (planned: PlannedLayer, incident: Incident) => number

const asPlanned: CallsOf = ({ calls }) => calls

/** Another region had begun this layer: whoever it has called already is called once more, and nobody twice over. */
const takenOver: CallsOf = ({ calls }, { escalation: { layer, reached = [] } }) =>
  reached[layer] === undefined ? calls : Math.min(calls, 1)

function begin(
  incident: Incident,
  plan: Plan,
  round: number,
  layer: number,
  now: Instant,
  callsOf = asPlanned,
): Change {
  if (incident.once) return tellOnce(incident, plan, now)
  if (incident.proof && (!plan.pages || now - incident.openedAt > PROOF_MS)) return exhaust(incident, plan, now)
  if (!plan.pages) return tellChat(incident, plan, Math.max(0, layer), now)
  const planned = layer === EVERYBODY ? everybody(plan) : plan.layers[layer]
  const targets = (planned?.targets ?? []).filter((target) => target.channels.length > 0)
  const robots = robotsAt(plan, round, layer)
  const tells = planned?.tellsOnly === true && robots.length > 0
  if (planned === undefined || (targets.length === 0 && !tells))
    return skip(incident, plan, round, layer, planned?.notes ?? [], now)

  const step = incident.step + 1
  const deadlineAt = now + planned.ackTimeoutMs
  const attempts = onePerPhone(targets.flatMap((target) => attemptsFor(target, step, now)))
  const next: Incident = { ...incident, step }
  const { passedBy, beginsAt: _, needs: __, ...escalation } = incident.escalation
  next.escalation = {
    ...escalation,
    phase: 'layer',
    round,
    layer,
    deadlineAt,
    attempts,
    reached: reachedWith(escalation, layer, targets),
    layers: plan.layers.length,
    ...(plan.policy && { policy: plan.policy }),
    calls: callsOf(planned, incident),
    acknowledgeOn: planned.acknowledgeOn ?? plan.acknowledgeOn,
    ...(plan.ackExpiresMs === undefined ? {} : { ackExpiresMs: plan.ackExpiresMs }),
    ...(plan.needs && { needs: plan.needs }),
    ...raiseBy(incident, plan, now),
    people: { ...escalation.people, ...peopleOf(attempts) },
    next: followers(plan, round, layer),
    pending: robots,
  }

  const names = targets.map(({ contact, name }) => ({ contact, name }))
  const extras = {
    calling: names,
    until: deadlineAt,
    next: next.escalation.next,
    rounds: plan.rounds,
    layers: plan.layers.length,
  }
  const { news, known } = newsFor(robots, incident)
  const own = planned.tellsOnly ? robots : planned.chat
  return {
    incident: next,
    effects: [
      ...attempts.flatMap((attempt) => callEffect(attempt, next)),
      stepAt(next, deadlineAt),
      ...attempts.flatMap((attempt) => personal(attempt)).flatMap((to) => tell(next, 'page', now, [to], extras)),
      ...tell(next, 'opened', now, news, extras),
      ...tell(next, passedBy ? 'passed' : 'escalated', now, known, extras),
      {
        type: 'timeline',
        entry: {
          at: now,
          generation: next.generation,
          kind: 'layer',
          round,
          layer,
          names: names.map(({ name }) => name),
          ...(own !== undefined && { chat: own }),
          notes: planned.notes,
          ...ruleOf(plan, layer),
        },
      },
    ],
  }
}

/** Whom the layers of a round were for, with one more layer: the first one begins the round. */
function reachedWith({ reached = [] }: Escalation, layer: number, targets: PlannedTarget[]): string[][] {
  if (layer === EVERYBODY) return reached
  const before = Array.from({ length: layer }, (_, index) => reached[index] ?? [])
  return [...before, targets.map(({ contact }) => contact)]
}

/** Nobody of a layer can be reached: said in the timeline, and the next layer begins. */
function skip(incident: Incident, plan: Plan, round: number, layer: number, notes: PlanNote[], now: Instant): Change {
  const note: IncidentEffect = {
    type: 'timeline',
    entry: {
      at: now,
      generation: incident.generation,
      kind: 'layer',
      round,
      layer,
      names: [],
      notes,
      ...ruleOf(plan, layer),
    },
  }
  const reachable = plan.layers.some((one) => one.targets.some((target) => target.channels.length > 0))
  const passed: Incident = { ...incident }
  passed.escalation = { ...incident.escalation, round, layer, reached: reachedWith(incident.escalation, layer, []) }
  const next = reachable ? goOn(passed, plan, now) : exhaust(passed, plan, now)
  return { incident: next.incident, effects: [note, ...next.effects] }
}

/** Nobody answered: loud, on every text channel of everybody, and everybody is called again later. */
function exhaust(incident: Incident, plan: Plan, now: Instant): Change {
  if (incident.proof) {
    // Whoever passes it on has been reached.
    const isProven = incident.escalation.tried.some(({ outcome }) => outcome === 'passed')
    return resolve(incident, { at: now, via: isProven ? 'system' : 'unproven' }, now)
  }
  const repeatAt = now + plan.repeatEveryMs
  const round = incident.escalation.round + 1
  const next: Incident = { ...incident, step: incident.step + 1 }
  const { policy: _, ...before } = incident.escalation
  next.escalation = {
    ...before,
    phase: 'exhausted',
    round,
    layer: EVERYBODY,
    deadlineAt: repeatAt,
    exhaustedAt: now,
    attempts: [],
  }
  const extras = { rounds: plan.rounds, layers: plan.layers.length, repeatAt }
  const people = everybody(plan).targets.flatMap(({ contact, name, language, channels, fallback }) =>
    [...channels, ...fallback].flatMap((channel): Recipient[] =>
      channel === 'phone' ? [] : [{ contact, name, channel, language }],
    ),
  )
  const robots = robotsAt(plan, round, EVERYBODY).map((chat) => ({ chat }))
  return {
    incident: next,
    effects: [
      stepAt(next, repeatAt),
      ...tell(next, 'exhausted', now, [...robots, ...people], extras),
      {
        type: 'timeline',
        entry: { at: now, generation: next.generation, kind: 'exhausted', ...tries(plan), repeatAt },
      },
    ],
  }
}

function waitUntil(incident: Incident, deadlineAt: Instant): Change {
  const next: Incident = { ...incident, step: incident.step + 1 }
  next.escalation = { ...incident.escalation, deadlineAt }
  return { incident: next, effects: [stepAt(next, deadlineAt)] }
}

/** When the last of those who listen now has heard enough, UTC ms; undefined: nobody listens. */
export function listenedUntil(incident: Incident, now: Instant): Instant | undefined {
  const ends = incident.escalation.attempts
    .filter((attempt) => attempt.status === 'listening')
    .map((attempt) => attempt.since + LISTENING_MS)
    .filter((end) => end > now)
  return ends.length > 0 ? Math.max(...ends) : undefined
}
