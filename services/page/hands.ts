import type {
  Call,
  Channel,
  ChannelIo,
  Delivery,
  Message,
  Placed,
  Target,
  VoiceRoute,
} from '../../shared/channels/channel.ts'
import { resolveReferences, routeFor } from '../../shared/channels/references.ts'
import type { CompiledChannel, CompiledRoute } from '../../shared/config/compiled.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { DeskEffect, DeskEvent } from '../../shared/escalation/desk.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../../shared/incidents/incident.ts'
import type { Recipient } from '../../shared/incidents/notice.ts'
import { noticeOf } from '../../shared/incidents/notices.ts'
import { formatReference, parseReference } from '../../shared/incidents/reference.ts'
import { sayPage } from '../../shared/messages/voice.ts'
import type { Contact, Directory } from '../../shared/oncall/plan.ts'
import { directoryOf, type Planning } from '../../shared/oncall/plans.ts'
import { readIncident } from '../../shared/path/incidents.ts'
import type { Hands, PathIo } from '../../shared/path/io.ts'
import type { Delivered, Entry } from '../../shared/state/machine.ts'

/** What `page` needs to speak to vendors. */
export interface HandsDeps extends Planning {
  channels: Record<string, Channel<unknown>>
  voiceRoutes: Record<string, VoiceRoute<unknown>>
  env: Record<string, string | undefined>
  fetch: typeof fetch
  secret: string
  /** Base of acknowledge links, without a slash at its end. */
  linkBase: string | undefined
}

/** A vendor has so long to answer to a message. */
const MESSAGE_MS = 5_000

/** A call is asked for again with the same token within this, and never after. */
const CALL_MS = 10_000

/** After a lost answer a message is repeated once, marked as possibly a repeat. */
const REPEAT_AFTER_MS = 3_000

/** A refused message is tried again for so long: DingTalk's own lock-out lasts ten minutes. */
const KEEP_TRYING_MS = 15 * 60_000

/** Connect places 2 calls a second (Amazon Connect service quotas, StartOutboundVoiceContact). */
const CALLS_PER_SECOND = 2

const STOP_TRIES = 3

/** The hands of the path: what it decides is carried out here, by the channels and voice routes that are configured. */
export function pageHands(deps: HandsDeps): (io: PathIo) => Hands {
  return (io) => ({
    notice: (effect, entry, incident) => sendNotice(effect, entry, incident, deps, io),
    dial: (effect, uncertain) => dial(effect, uncertain, deps, io),
    stop: (effect, tries) => stop(effect, tries, deps, io),
  })
}

async function sendNotice(
  effect: NoticeEffect,
  entry: Entry<NoticeEffect>,
  incident: Incident,
  deps: HandsDeps,
  io: PathIo,
): Promise<Delivered<IncidentEvent>> {
  if (isMoot(effect, incident)) return { status: 'done' }
  // Two tries ended without an answer: one repeat is all that people are asked to bear.
  if (entry.uncertain > 1) return delivered(effect, 'unknown', 'the answer was lost twice')
  const delivery = await deliverNotice(effect, incident, entry.uncertain > 0, deps, io)
  io.log({ event: 'notice', incident: effect.incident, what: effect.kind, delivery })
  switch (delivery.status) {
    case 'sent':
      return delivered(effect, 'sent')
    case 'unknown':
      if (entry.uncertain > 0) return delivered(effect, 'unknown', delivery.reason)
      return { status: 'later', afterMs: REPEAT_AFTER_MS, uncertain: true }
    case 'retry':
      if (io.now() + delivery.afterMs - entry.decidedAt > KEEP_TRYING_MS)
        return delivered(effect, 'failed', delivery.reason)
      return { status: 'later', afterMs: delivery.afterMs }
    case 'shrink':
    case 'failed':
      return delivered(effect, 'failed', delivery.reason)
  }
}

/** Who is called and until when is news only while the incident is open; that it began or was taken is none once it is over. */
function isMoot({ kind, incident: of }: NoticeEffect, incident: Incident): boolean {
  if (of !== formatReference(incident)) return true
  if (kind === 'resolved') return false
  if (kind === 'opened' || kind === 'acknowledged' || kind === 'flapping') return incident.status === 'resolved'
  return incident.status !== 'open'
}

async function deliverNotice(
  { kind, at, extras, to }: NoticeEffect,
  incident: Incident,
  repeat: boolean,
  deps: HandsDeps,
  io: PathIo,
): Promise<Delivery> {
  const { config } = deps
  const directory = await directoryOf(incident.project, deps.config, deps.directory)
  const target: Target = { people: directory.contacts }
  if ('contact' in to) {
    const contact = directory.contacts[to.contact]
    if (contact === undefined) return { status: 'failed', reason: `no contact is named ${to.contact}` }
    Object.assign(target, addresses(contact))
  }
  const found = channelFor(to, target, config.channels)
  if ('reason' in found) return { status: 'failed', reason: found.reason }
  const channel = deps.channels[found.type]
  if (channel === undefined) return { status: 'failed', reason: `there is no channel of type ${found.type}` }

  const { settings, unset } = resolved(found.settings, deps)
  if (unset !== undefined) return { status: 'failed', reason: unset }
  const { perMinute } = channel.limits
  if (perMinute !== undefined) {
    const wait = await waitForTurn(`${found.type}#${channel.rateKey(settings)}`, perMinute, 60_000, io)
    if (wait > 0) return { status: 'retry', afterMs: wait, reason: `${perMinute} messages a minute` }
  }
  const message: Message = {
    notice: noticeOf(incident, kind, at, extras),
    language: 'contact' in to ? (to.language ?? config.language) : config.language,
    timezone: config.timezone,
    links: linksFor(formatReference(incident), to, deps, io),
    repeat,
  }
  return channel.send(message, target, settings, channelIo(deps, io, MESSAGE_MS))
}

function channelFor(
  to: Recipient,
  target: Target,
  configured: Record<string, CompiledChannel>,
): { type: string; settings: unknown } | { reason: string } {
  const name = 'chat' in to ? to.chat : to.channel
  const channel = configured[name]
  if (channel === undefined) return { reason: `no channel ${name} is configured` }
  if (name !== 'sms') return channel
  const route = routeFor((channel.settings as { routes: CompiledRoute[] }).routes, target.phone ?? '')[0]
  return route ?? { reason: 'no sms route takes this number' }
}

function linksFor(incident: string, to: Recipient, deps: HandsDeps, io: PathIo): Message['links'] {
  if (deps.linkBase === undefined) return {}
  const link = { incident, expiresAt: io.now() + LINK_MS, ...('contact' in to ? { contact: to.contact } : {}) }
  return { acknowledge: `${deps.linkBase}/ack?t=${signLink(link, deps.secret)}` }
}

async function dial(
  effect: Extract<DeskEffect, { type: 'dial' }>,
  uncertain: boolean,
  deps: HandsDeps,
  io: PathIo,
): Promise<Delivered<DeskEvent>> {
  const { person, seq } = effect
  // Whoever was dialling has crashed: it may be ringing, so nobody dials for this intent again.
  if (uncertain) return called({ type: 'lost', seq, reason: 'the caller crashed while dialling' })
  const [open, callee, wait] = await Promise.all([
    openIncidents(effect.incidents, io),
    findPerson(person, effect.incidents, deps),
    waitForTurn('calls', CALLS_PER_SECOND, 1_000, io),
  ])
  if (open.length === 0) return called({ type: 'withdrawn', seq })
  if (callee === undefined) return called({ type: 'refused', seq, reason: 'the person is no contact any more' })

  const routes = routeFor(phoneRoutes(deps), callee.phone)
  if (routes.length === 0) return called({ type: 'refused', seq, reason: 'no phone route takes this number' })
  if (wait > 0) return called({ type: 'throttled', seq, afterMs: wait, reason: 'our own limit on calls' })

  const language = callee.language ?? deps.config.language
  const notices = open.map((incident) => noticeOf(incident, 'page', io.now()))
  const message = sayPage(notices, language, io.now())
  const call = { phone: callee.phone, token: `desk:${person}:${seq}`, language, person, seq, message }
  const placed = await placeOnFirst(routes, call, deps, io)
  io.log({
    event: 'dial',
    person,
    seq,
    status: placed.status,
    ...('reason' in placed ? { reason: placed.reason } : {}),
  })
  switch (placed.status) {
    case 'placed':
      return called({ type: 'dialled', seq, contactId: placed.contactId, route: placed.route })
    case 'retry':
      return called({ type: 'throttled', seq, afterMs: placed.afterMs, reason: placed.reason })
    case 'refused':
      return called({ type: 'refused', seq, reason: placed.reason })
    case 'unknown':
      return called({ type: 'lost', seq, reason: placed.reason })
  }
}

/** The next route is tried only after a definite refusal, never after an unknown result. */
async function placeOnFirst(
  routes: CompiledRoute[],
  call: Call,
  deps: HandsDeps,
  io: PathIo,
): Promise<Exclude<Placed, { status: 'placed' }> | { status: 'placed'; contactId: string; route: number }> {
  const reasons: string[] = []
  const all = phoneRoutes(deps)
  for (const route of routes) {
    const voice = deps.voiceRoutes[route.type]
    if (voice === undefined) continue
    const { settings, unset } = resolved(route.settings, deps)
    const placed: Placed =
      unset === undefined
        ? await voice.place(call, settings, channelIo(deps, io, CALL_MS))
        : { status: 'refused', reason: unset }
    if (placed.status === 'placed') return { ...placed, route: all.indexOf(route) }
    if (placed.status !== 'refused') return placed
    reasons.push(placed.reason)
  }
  return { status: 'refused', reason: reasons.join('; ') || 'no phone route of a known type' }
}

async function stop(
  { seq, contactId, route: index }: Extract<DeskEffect, { type: 'stop' }>,
  tries: number,
  deps: HandsDeps,
  io: PathIo,
): Promise<Delivered<DeskEvent>> {
  const route = phoneRoutes(deps)[index]
  const voice = deps.voiceRoutes[route?.type ?? '']
  const { settings } = resolved(route?.settings, deps)
  const isOver = voice !== undefined && (await voice.stop(contactId, settings, channelIo(deps, io, MESSAGE_MS)))
  if (!isOver && tries + 1 < STOP_TRIES) return { status: 'later', afterMs: 1_000 }
  // Unconfirmed after three tries it may still ring: the desk waits until Connect itself must have ended it.
  return isOver ? called({ type: 'stopped', seq }) : { status: 'done' }
}

async function openIncidents(references: string[], io: PathIo): Promise<Incident[]> {
  const incidents = await Promise.all(
    references.map(async (reference) => {
      const { generation, ...of } = parseReference(reference)
      const incident = await readIncident(of, io.incidents)
      return incident?.generation === generation && incident.status === 'open' ? [incident] : []
    }),
  )
  return incidents.flat()
}

/** The person's number, from the directory of any project that wants the call. */
async function findPerson(
  person: string,
  incidents: string[],
  deps: HandsDeps,
): Promise<{ phone: string; language?: Language } | undefined> {
  for (const project of new Set(incidents.map((reference) => parseReference(reference).project))) {
    const directory: Directory = await directoryOf(project, deps.config, deps.directory)
    const contact = Object.values(directory.contacts).find(
      ({ phone }) => phone !== undefined && deps.personOf(phone) === person,
    )
    if (contact?.phone !== undefined)
      return { phone: contact.phone, ...(contact.language === undefined ? {} : { language: contact.language }) }
  }
  return undefined
}

function phoneRoutes(deps: HandsDeps): CompiledRoute[] {
  return (deps.config.channels.phone?.settings as { routes: CompiledRoute[] } | undefined)?.routes ?? []
}

/** A counter per window, in the table that all instances share. Gives how long to wait, ms; 0 is now. */
async function waitForTurn(what: string, limit: number, windowMs: number, io: PathIo): Promise<number> {
  const now = io.now()
  const window = Math.floor(now / windowMs)
  const expiresAt = Math.ceil(((window + 2) * windowMs) / 1000) + 60
  const turn = await io.incidents.count({ pk: `rate#${what}`, sk: String(window) }, { limit, expiresAt })
  return turn === undefined ? (window + 1) * windowMs - now : 0
}

/** A channel's settings with the environment's values, or what to say of variables that are not set. */
function resolved(settings: unknown, deps: HandsDeps): { settings: unknown; unset?: string } {
  try {
    return { settings: resolveReferences(settings, deps.env) }
  } catch (error) {
    return { settings, unset: error instanceof Error ? error.message : String(error) }
  }
}

function channelIo(deps: HandsDeps, io: PathIo, timeMs: number): ChannelIo {
  return { now: io.now, fetch: deps.fetch, env: deps.env, signal: AbortSignal.timeout(timeMs) }
}

function addresses({ phone, email }: Contact): { phone?: string; email?: string } {
  return { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) }
}

function delivered(
  effect: NoticeEffect,
  status: 'sent' | 'failed' | 'unknown',
  reason?: string,
): Delivered<IncidentEvent> {
  const event = { type: 'delivered', effect, status, ...(reason === undefined ? {} : { reason }) } as const
  return { status: 'done', events: [event] }
}

function called(event: DeskEvent): Delivered<DeskEvent> {
  return { status: 'done', events: [event] }
}
