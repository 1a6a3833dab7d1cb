import type { Instant } from '../../contracts/words.ts'
import type { PlanNote } from '../../oncall/notes.ts'
import type { Plan, PlannedLayer, PlannedTarget } from '../../oncall/plan.ts'
import {
  type Attempt,
  type Change,
  type Escalation,
  EVERYBODY,
  type Incident,
  type IncidentEffect,
} from '../incident.ts'
import type { LayerEnd } from '../layer-end.ts'
import { callOff, isUnderWay, isUnplaced, LOST_STEP_MS } from '../life.ts'
import type { PersonName, Recipient, TriedPerson } from '../notice.ts'
import { tell } from '../notices.ts'
import { formatReference } from '../reference.ts'

/** While someone listens a layer's deadline waits for the call's end, at most so long. */
const LISTENING_MS = 120_000

/** A deadline's message may come so early when two machines' clocks differ. */
const CLOCK_DIFFERENCE_MS = 1_000

/**
 * What a step message does: begins the layer it is for, or ends one whose time is up and begins the next.
 * The step is known to be the incident's current one.
 */
export function takeStep(incident: Incident, plan: Plan, now: Instant): Change & { reason: string } {
  const { phase, deadlineAt } = incident.escalation
  if (phase === 'over' || phase === 'told') return { incident, effects: [], reason: `nothing to do: ${phase}` }
  if (phase === 'starting') return { ...begin(incident, plan, 0, 0, now), reason: 'first layer' }
  if (phase === 'next') return { ...goOn(incident, plan, now), reason: 'next layer' }
  if (now < deadlineAt - CLOCK_DIFFERENCE_MS) return { incident, effects: [], reason: 'early' }
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
  const next: Incident = { ...incident, step: incident.step + 1 }
  next.escalation = {
    ...escalation,
    phase: 'next',
    deadlineAt: now + LOST_STEP_MS,
    attempts: [],
    tried: triedWith(escalation.tried, escalation.attempts),
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
        },
      },
    ],
  }
}

/** The message that makes `page` begin the next layer. */
export function stepEffect(incident: Incident, at: Instant): IncidentEffect {
  return { type: 'step', incident: formatReference(incident), step: incident.step, at }
}

function goOn(incident: Incident, plan: Plan, now: Instant): Change {
  const { round, layer } = incident.escalation
  if (layer === EVERYBODY) return exhaust(incident, plan, now)
  if (layer + 1 < plan.layers.length) return begin(incident, plan, round, layer + 1, now)
  if (round + 1 < plan.rounds) return begin(incident, plan, round + 1, 0, now)
  return exhaust(incident, plan, now)
}

function begin(incident: Incident, plan: Plan, round: number, layer: number, now: Instant): Change {
  if (!plan.pages) return tellChat(incident, plan, now)
  const planned = layer === EVERYBODY ? everybody(plan) : plan.layers[layer]
  const targets = (planned?.targets ?? []).filter((target) => target.channels.length > 0)
  if (planned === undefined || targets.length === 0)
    return skip(incident, plan, round, layer, planned?.notes ?? [], now)

  const step = incident.step + 1
  const deadlineAt = now + planned.ackTimeoutMs
  const attempts = onePerPhone(targets.flatMap((target) => attemptsFor(target, step, now)))
  const next: Incident = { ...incident, step }
  const { passedBy, ...escalation } = incident.escalation
  next.escalation = {
    ...escalation,
    phase: 'layer',
    round,
    layer,
    deadlineAt,
    attempts,
    reached: reachedWith(escalation, layer, targets),
    calls: planned.calls,
    acknowledgeOn: plan.acknowledgeOn,
    people: { ...escalation.people, ...peopleOf(attempts) },
    next: followers(plan, round, layer),
    pending: plan.chat,
  }

  const names = targets.map(({ contact, name }) => ({ contact, name }))
  const extras = {
    calling: names,
    until: deadlineAt,
    next: next.escalation.next,
    rounds: plan.rounds,
    layers: plan.layers.length,
  }
  const { news, known } = chats(incident, plan)
  const reference = formatReference(next)
  return {
    incident: next,
    effects: [
      ...attempts.flatMap((attempt) => callEffect(attempt, reference)),
      stepEffect(next, deadlineAt),
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
          notes: planned.notes,
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
    entry: { at: now, generation: incident.generation, kind: 'layer', round, layer, names: [], notes },
  }
  const reachable = plan.layers.some((one) => one.targets.some((target) => target.channels.length > 0))
  const passed: Incident = { ...incident }
  passed.escalation = { ...incident.escalation, round, layer, reached: reachedWith(incident.escalation, layer, []) }
  const next = reachable ? goOn(passed, plan, now) : exhaust(passed, plan, now)
  return { incident: next.incident, effects: [note, ...next.effects] }
}

/** This severity wakes nobody: the robots are told, once. */
function tellChat(incident: Incident, plan: Plan, now: Instant): Change {
  const next: Incident = { ...incident, step: incident.step + 1 }
  next.escalation = { ...incident.escalation, phase: 'told', pending: plan.chat }
  return { incident: next, effects: tell(next, 'opened', now, chats(incident, plan).news) }
}

/** Nobody answered: loud, on every text channel of everybody, and everybody is called again later. */
function exhaust(incident: Incident, plan: Plan, now: Instant): Change {
  const repeatAt = now + plan.repeatEveryMs
  const round = incident.escalation.round + 1
  const next: Incident = { ...incident, step: incident.step + 1 }
  next.escalation = {
    ...incident.escalation,
    phase: 'exhausted',
    round,
    layer: EVERYBODY,
    deadlineAt: repeatAt,
    exhaustedAt: now,
    attempts: [],
  }
  const extras = { rounds: plan.rounds, layers: plan.layers.length, repeatAt }
  const people = everybody(plan).targets.flatMap((target) =>
    [...target.channels, ...target.fallback].flatMap((channel): Recipient[] =>
      channel === 'phone' ? [] : [{ contact: target.contact, channel, language: target.language }],
    ),
  )
  const robots = plan.chat.map((chat) => ({ chat }))
  return {
    incident: next,
    effects: [
      stepEffect(next, repeatAt),
      ...tell(next, 'exhausted', now, [...robots, ...people], extras),
      {
        type: 'timeline',
        entry: { at: now, generation: next.generation, kind: 'exhausted', rounds: plan.rounds, repeatAt },
      },
    ],
  }
}

function waitUntil(incident: Incident, deadlineAt: Instant): Change {
  const next: Incident = { ...incident, step: incident.step + 1 }
  next.escalation = { ...incident.escalation, deadlineAt }
  return { incident: next, effects: [stepEffect(next, deadlineAt)] }
}

function listenedUntil(incident: Incident, now: Instant): Instant | undefined {
  const ends = incident.escalation.attempts
    .filter((attempt) => attempt.status === 'listening')
    .map((attempt) => attempt.since + LISTENING_MS)
    .filter((end) => end > now)
  return ends.length > 0 ? Math.max(...ends) : undefined
}

function attemptsFor(target: PlannedTarget, step: number, now: Instant): Attempt[] {
  return target.channels.map((channel) => ({
    contact: target.contact,
    name: target.name,
    language: target.language,
    channel,
    ...(channel === 'phone' && target.phoneHash !== undefined ? { phoneHash: target.phoneHash } : {}),
    step,
    call: 1,
    status: 'requested' as const,
    since: now,
    fallback: target.fallback,
  }))
}

/** Two contacts with one number are one phone. */
function onePerPhone(attempts: Attempt[]): Attempt[] {
  return attempts.filter(
    ({ phoneHash }, index) =>
      phoneHash === undefined || attempts.findIndex((attempt) => attempt.phoneHash === phoneHash) === index,
  )
}

function peopleOf(attempts: Attempt[]): Record<string, PersonName> {
  return Object.fromEntries(
    attempts.flatMap(({ phoneHash, contact, name }) =>
      phoneHash === undefined ? [] : [[phoneHash, { contact, name }]],
    ),
  )
}

export function callEffect(attempt: Attempt, incident: string): IncidentEffect[] {
  if (attempt.channel !== 'phone' || attempt.phoneHash === undefined) return []
  return [{ type: 'call', phoneHash: attempt.phoneHash, incident, step: attempt.step }]
}

export function personal(attempt: Attempt): Recipient[] {
  if (attempt.channel === 'phone') return []
  return [{ contact: attempt.contact, channel: attempt.channel, language: attempt.language }]
}

function everybody(plan: Plan): PlannedLayer {
  const seen = new Map<string, PlannedTarget>()
  for (const layer of plan.layers)
    for (const target of layer.targets) if (!seen.has(target.contact)) seen.set(target.contact, target)
  return {
    targets: [...seen.values()],
    calls: Math.max(1, ...plan.layers.map((layer) => layer.calls)),
    ackTimeoutMs: Math.max(60_000, ...plan.layers.map((layer) => layer.ackTimeoutMs)),
    notes: [],
  }
}

/** Robots that have not been asked to tell of this incident yet, and those that have: their answer may still be under way. */
function chats(incident: Incident, plan: Plan): { news: Recipient[]; known: Recipient[] } {
  const told = incident.notified.flatMap((recipient) => ('chat' in recipient ? [recipient.chat] : []))
  const heard = new Set([...told, ...(incident.escalation.pending ?? [])])
  return {
    news: plan.chat.filter((chat) => !heard.has(chat)).map((chat) => ({ chat })),
    known: plan.chat.filter((chat) => heard.has(chat)).map((chat) => ({ chat })),
  }
}

function followers(plan: Plan, round: number, layer: number): { contact: string; name: string }[] {
  if (layer === EVERYBODY) return []
  const next =
    layer + 1 < plan.layers.length ? plan.layers[layer + 1] : round + 1 < plan.rounds ? plan.layers[0] : undefined
  return next?.targets.map(({ contact, name }) => ({ contact, name })) ?? []
}

function triedWith(tried: TriedPerson[], attempts: Attempt[]): TriedPerson[] {
  const byContact = new Map(tried.map((person) => [person.contact, person]))
  for (const attempt of attempts) {
    if (attempt.channel !== 'phone') continue
    const before = byContact.get(attempt.contact)?.calls ?? 0
    const rang = attempt.status !== 'failed' && !isUnplaced(attempt.status)
    // How the calls went that rang says more than one which never did.
    if (before > 0 && !rang) continue
    byContact.set(attempt.contact, {
      contact: attempt.contact,
      name: attempt.name,
      calls: before + (rang ? 1 : 0),
      outcome: triedOutcome(attempt.status),
    })
  }
  return [...byContact.values()]
}

function triedOutcome(status: Attempt['status']): TriedPerson['outcome'] {
  if (status === 'busy' || status === 'no-key' || status === 'failed' || status === 'passed' || status === 'unknown')
    return status
  if (isUnplaced(status)) return 'not-placed'
  return isUnderWay(status) || status === 'unanswered' ? 'unanswered' : 'failed'
}
