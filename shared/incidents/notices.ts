import type { Instant } from '../contracts/words.ts'
import type { Attempt } from './attempt.ts'
import type { Incident, IncidentEffect, NoticeEffect } from './incident.ts'
import { missingOf } from './needed.ts'
import type { Notice, NoticeExtras, PersonName, Recipient } from './notice.ts'
import { isOfHeld, type NoticeKind, ofKind } from './notice-kinds.ts'
import type { Muted } from './pause/pause.ts'
import { formatReference } from './reference.ts'

/** The facts of an incident at a state change, for whoever is told of it. */
export function noticeOf(incident: Incident, kind: NoticeKind, at: Instant, decided: NoticeExtras = {}): Notice {
  const extras = callingNow(incident, decided)
  const notice: Notice = {
    kind: asItIs(kind, incident),
    incident: formatReference(incident),
    number: incident.number,
    project: incident.project,
    projectTitle: incident.projectTitle,
    title: incident.title,
    summary: incident.summary,
    severity: incident.severity,
    source: incident.source,
    openedAt: incident.openedAt,
    at,
    sightings: incident.sightings,
    links: incident.links,
    calling: extras.calling ?? [],
    next: extras.next ?? [],
    ...unplacedOf(incident),
    tried: incident.escalation.tried,
    rounds: extras.rounds ?? 0,
    layers: extras.layers ?? 0,
    calls: incident.calls,
    texts: incident.texts,
  }
  if (isWithoutPhone(incident)) notice.withoutPhone = true
  if (incident.fact) notice.fact = incident.fact
  if (incident.state) notice.state = incident.state
  if (incident.flapping) notice.flapping = incident.flapping
  if (incident.mute && incident.mute.length > 0) notice.mute = incident.mute
  if (incident.neverBack) notice.neverBack = incident.neverBack
  if (incident.runbook) notice.runbook = incident.runbook
  if (incident.acknowledged) notice.acknowledged = incident.acknowledged
  if (incident.resolved) notice.resolved = incident.resolved
  if (incident.worst) notice.worst = incident.worst
  if (incident.raised) notice.raised = incident.raised
  if (incident.lapse) notice.lapse = incident.lapse
  if (kind === 'acknowledged' || kind === 'ack-ends') withAckEnd(notice, incident)
  withNeeded(notice, incident)
  if (incident.outgrown) notice.outgrown = incident.outgrown
  if (incident.closedTooSoon) notice.closedTooSoon = incident.closedTooSoon
  if (extras.until !== undefined) notice.until = extras.until
  if (kind === 'sender-silent' && incident.until !== undefined) notice.until = incident.until
  if (kind === 'paused' || kind === 'pause-ends') withPause(notice, incident)
  if (extras.muted !== undefined) notice.muted = extras.muted
  if (extras.repeatAt !== undefined) notice.repeatAt = extras.repeatAt
  if (extras.joined !== undefined) notice.joined = extras.joined
  return notice
}

/** What was held is told of as it is when the message is made. */
function asItIs(kind: NoticeKind, { once, status }: Incident): NoticeKind {
  if (!isOfHeld(kind)) return kind
  if (once) return 'once'
  return status === 'resolved' ? 'held-over' : status === 'acknowledged' ? 'held-taken' : 'held'
}

/** Why and until when it is paused now: a message that was delayed tells of the pause as it has become. */
function withPause(notice: Notice, { escalation: { pause } }: Incident): void {
  if (pause === undefined) return
  notice.pause = pause.cause
  notice.until = pause.until
}

/** Who has to take it, for as long as somebody is missing, and who all has it then. */
function withNeeded(notice: Notice, { escalation: { needs }, takers = [] }: Incident): void {
  if (needs === undefined) return
  const missing = missingOf(needs, takers)
  notice.needed = { needs, takers, ...(missing && { missing }) }
}

function withAckEnd(notice: Notice, { ackEnd }: Incident): void {
  if (ackEnd !== undefined) notice.ackEndsAt = ackEnd.at
}

/** Nobody's phone rings in this layer: its severity uses none, or nobody has a number. */
function isWithoutPhone({ escalation: { phase, attempts } }: Incident): boolean {
  return phase === 'layer' && attempts.length > 0 && attempts.every(({ channel }) => channel !== 'phone')
}

/** Who is called is told as it is when the message goes out: one that was delayed may be of a layer that is over. */
function callingNow(incident: Incident, decided: NoticeExtras): NoticeExtras {
  const { escalation } = incident
  const { calling, until, next, ...rest } = decided
  if (calling === undefined) return decided
  if (escalation.phase !== 'layer') return rest
  const called = peopleCalled(incident)
  if (calling.every(({ contact }) => called.some((one) => one.contact === contact))) return decided
  return { ...rest, calling: called, until: escalation.deadlineAt, next: escalation.next }
}

/** The facts of an incident at a state change, with who is being called as of `now`: for a message that has waited. */
export function noticeNow(
  incident: Incident,
  kind: NoticeKind,
  at: Instant,
  decided: NoticeExtras,
  now: Instant,
): Notice {
  const { muted, joined } = decided
  if (kind !== 'exhausted') {
    const said = { ...(muted && { muted }), ...(joined !== undefined && { joined }) }
    return noticeOf(incident, kind, at, { ...callingAt(incident, now), ...said })
  }
  const { repeatAt, ...rest } = decided
  return noticeOf(incident, kind, at, repeatAt !== undefined && repeatAt > now ? decided : rest)
}

function callingAt(incident: Incident, now: Instant): NoticeExtras {
  const { phase, deadlineAt, next } = incident.escalation
  const isOfLayer = phase === 'layer' && deadlineAt > now
  return { calling: peopleCalled(incident), ...(isOfLayer ? { until: deadlineAt, next } : {}) }
}

/** Whose call waits for its vendor, and the texts that have taken over. */
function unplacedOf({ escalation: { phase, attempts } }: Incident): Pick<Notice, 'unplaced' | 'meanwhile'> {
  const waiting = phase === 'layer' ? attempts.filter(isRefusedForNow) : []
  const contacts = new Set(waiting.map(({ contact }) => contact))
  const texts = attempts.filter(
    ({ contact, channel, status }) =>
      channel !== 'phone' && contacts.has(contact) && status !== 'failed' && status !== 'waiting',
  )
  return {
    unplaced: waiting.map(({ contact, name }) => ({ contact, name })),
    meanwhile: [...new Set(texts.map(({ channel }) => channel))],
  }
}

/** Whether a phone's vendor refuses its call for now; who is in another call is being called all the same. */
export function isRefusedForNow({ channel, status, failure }: Attempt): boolean {
  return channel === 'phone' && status === 'waiting' && failure?.class !== 'in-another-call'
}

function peopleCalled({ escalation }: Incident): PersonName[] {
  return [...new Map(escalation.attempts.map(({ contact, name }) => [contact, { contact, name }])).values()]
}

/** Makes the effects that send one notice to each of several recipients. */
export function tell(
  incident: Incident,
  kind: NoticeKind,
  at: Instant,
  recipients: Recipient[],
  extras: NoticeExtras = {},
): NoticeEffect[] {
  const reference = formatReference(incident)
  return recipients.map((to) => ({ type: 'notice', kind, incident: reference, at, extras, to }))
}

/** What a message of this kind names as muted beside the page that it tells of. */
export function mutedBeside(kind: NoticeKind, muted: Muted[]): Pick<NoticeExtras, 'muted'> {
  return muted.length > 0 && ofKind(kind).tellsPage ? { muted } : {}
}

/** The same effects, with messages that page, or tell of a page, naming what is muted beside it. */
export function withMuted(effects: IncidentEffect[], muted: Muted[]): IncidentEffect[] {
  return effects.map((effect) =>
    effect.type === 'notice' ? { ...effect, extras: { ...effect.extras, ...mutedBeside(effect.kind, muted) } } : effect,
  )
}

/** The same effects, with what robots hear of a page told as what was held. */
export function asHeld(effects: IncidentEffect[]): IncidentEffect[] {
  return effects.map((effect) => {
    if (effect.type !== 'notice' || !('chat' in effect.to)) return effect
    return effect.kind === 'opened' || effect.kind === 'escalated' ? { ...effect, kind: 'held' } : effect
  })
}

/** Whether two recipients are the same robot, or the same person by the same channel. */
export function sameRecipient(a: Recipient, b: Recipient): boolean {
  if ('chat' in a || 'chat' in b) return 'chat' in a && 'chat' in b && a.chat === b.chat
  return a.contact === b.contact && a.channel === b.channel
}
