import type { Delivery, Sender, Target } from '../channels/channel.ts'
import { routeFor } from '../channels/references.ts'
import type { CompiledChannel, CompiledRoute } from '../contracts/compiled-config.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Delivered, Entry } from '../contracts/machine.ts'
import { LINK_MS, signLink } from '../incidents/acknowledge-link.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import type { Recipient } from '../incidents/notice.ts'
import { noticeOf } from '../incidents/notices.ts'
import { formatReference } from '../incidents/reference.ts'
import type { Message } from '../messages/message.ts'
import type { Contact } from '../oncall/plan.ts'
import { directoryOf } from '../oncall/plans.ts'
import type { StoreIo } from '../store/io.ts'
import type { Gateway, Waits } from './gateway.ts'
import { isMoot } from './moot.ts'
import { keepTryingMs } from './rate-limit.ts'
import { pausePosts, waitForPost } from './robot/turns.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/** A vendor has so long to answer to a message, unless its channel says otherwise. */
const MESSAGE_MS = 5_000

/** After a lost answer a message is repeated once, marked as possibly a repeat. */
const REPEAT_AFTER_MS = 3_000

/** Short pauses double from try to try up to this; longer ones are the vendor's own. */
const LONGEST_PAUSE_MS = 60_000

/** Tells people by message. A robot's rate limit is already asked while the decision to tell the group is being written. */
export function notices(deps: GatewayDeps, io: StoreIo): Pick<Gateway, 'notice' | 'prefetch'> {
  const turns: Turns = new WeakMap()
  return {
    notice: (effect, entry, incident) => sendNotice(effect, entry, incident, turns, deps, io),
    prefetch(effect) {
      if (!('chat' in effect.to)) return
      const post = prepare(effect.to, {}, deps)
      if ('failure' in post) return
      const turn = turnOf(post, io)
      // Whoever delivers the notice meets the failure again.
      turn.catch(() => {})
      turns.set(effect, turn)
    },
  }
}

/** How long to wait for turns that were asked for in advance, ms. */
type Turns = WeakMap<NoticeEffect, Promise<number>>

async function sendNotice(
  effect: NoticeEffect,
  entry: Entry<NoticeEffect>,
  incident: Incident,
  turns: Turns,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<IncidentEvent> | Waits> {
  if (isMoot(effect, incident)) {
    // Whoever sent it has perhaps crashed after that: then it is known of, and told of the end.
    return entry.uncertain > 0 ? delivered(effect, 'unknown', { class: 'crashed' }) : { status: 'done' }
  }
  const delivery = await deliverNotice(effect, entry, incident, turns, deps, io)
  io.log({ event: 'notice', incident: effect.incident, what: effect.kind, delivery })
  switch (delivery.status) {
    case 'sent':
      return delivered(effect, 'sent')
    case 'unknown':
      if (entry.uncertain > 0) return delivered(effect, 'unknown', delivery.failure)
      return { status: 'later', afterMs: REPEAT_AFTER_MS, uncertain: true }
    case 'waits':
      return delivery
    case 'retry':
      return { status: 'later', afterMs: delivery.afterMs }
    case 'shrink':
    case 'failed':
      return delivered(effect, 'failed', delivery.failure)
  }
}

/** A vendor that is busy is not asked every two seconds for a quarter of an hour. */
function laterAndLater(afterMs: number, tries: number): number {
  return Math.max(afterMs, Math.min(afterMs * 2 ** tries, LONGEST_PAUSE_MS))
}

async function deliverNotice(
  effect: NoticeEffect,
  { uncertain, tries, decidedAt }: Entry<NoticeEffect>,
  incident: Incident,
  turns: Turns,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivery | Waits> {
  const { kind, at, extras, to } = effect
  const repeat = uncertain > 0
  const directory = await directoryOf(incident.project, deps.config, deps.directory)
  const target: Target = { people: directory.contacts }
  if ('contact' in to) {
    const contact = directory.contacts[to.contact]
    if (contact === undefined) return { status: 'failed', failure: { class: 'no-contact', contact: to.contact } }
    Object.assign(target, addresses(contact))
  }
  const post = prepare(to, target, deps)
  if ('failure' in post) return unpostable(post.failure, io.now() - decidedAt)
  const { perMinute } = post.channel.limits
  const robot = 'chat' in to && perMinute !== undefined ? { perMinute, robot: robotOf(post) } : undefined
  // Nobody but its queue knows what a robot has been handed: an earlier try may have handed this on before it failed.
  if (robot && (repeat || tries > 0)) return { status: 'waits', ...robot, afterMs: 0, repeat }
  // Two tries ended without an answer: one repeat is all that people are asked to bear.
  if (uncertain > 1) return { status: 'unknown', failure: { class: 'lost-answer', tries: 2 } }
  const wait = await (turns.get(effect) ?? turnOf(post, io))
  if (robot && wait > 0) return { status: 'waits', ...robot, afterMs: wait, repeat }
  const { language, timezone } = deps.config
  const message = (): Message => ({
    notice: noticeOf(incident, kind, at, extras),
    language: 'contact' in to ? (to.language ?? language) : language,
    timezone,
    links: linksFor(formatReference(incident), to, deps, io),
    repeat,
  })
  const delivery = await send(post, message, target, deps, io)
  // From now on all that it is to be told goes through its queue, in order.
  if (robot && delivery.status === 'retry') return { status: 'waits', ...robot, afterMs: delivery.afterMs, repeat }
  if (robot && delivery.status === 'unknown')
    return { status: 'waits', ...robot, afterMs: REPEAT_AFTER_MS, repeat: true }
  if (delivery.status !== 'retry') return delivery
  const afterMs = laterAndLater(delivery.afterMs, tries)
  const isOver = io.now() + afterMs - decidedAt > keepTryingMs(post.channel.limits)
  return isOver ? { status: 'failed', failure: delivery.failure } : { ...delivery, afterMs }
}

/** Sends by a channel. An error of ours on the way is a failure like a vendor's: trying it again would end alike. */
export async function send(
  post: Post,
  message: () => Message,
  target: Target,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivery> {
  const { channel, settings } = post
  try {
    const timeMs = channel.limits.answerMs ?? MESSAGE_MS
    const delivery = await channel.send(message(), target, settings, channelIo(deps, io, timeMs))
    if (delivery.status === 'retry') await pause(post, delivery.afterMs, io)
    return delivery
  } catch (error) {
    io.log({ level: 'error', event: 'send', channel: channel.type, error: String(error) })
    return { status: 'failed', failure: { class: 'own-error', vendor: channel.type } }
  }
}

/** A store that does not answer now is asked again by the next invocation. */
export const UNREAD_MS = 5_000

/** What becomes of a message without its channel's settings, so long after it was decided. */
function unpostable(failure: Failure, ageMs: number): Delivery {
  const isYetToCome = failure.class === 'not-read' && ageMs < keepTryingMs({})
  return isYetToCome ? { status: 'retry', afterMs: UNREAD_MS, failure } : { status: 'failed', failure }
}

/** A channel, with the settings that it needs for one recipient. */
export interface Post {
  channel: Sender
  settings: unknown
}

export function prepare(to: Recipient, target: Pick<Target, 'phone'>, deps: GatewayDeps): Post | { failure: Failure } {
  const found = channelFor(to, target, deps.config.channels)
  if ('failure' in found) return found
  const channel = deps.channels[found.type]
  if (channel === undefined) return { failure: { class: 'no-such-type', type: found.type } }
  const { settings, unset } = resolved(found.settings, deps)
  return unset === undefined ? { channel, settings } : { failure: unset }
}

function channelFor(
  to: Recipient,
  target: Pick<Target, 'phone'>,
  configured: Record<string, CompiledChannel>,
): { type: string; settings: unknown } | { failure: Failure } {
  const name = 'chat' in to ? to.chat : to.channel
  const channel = configured[name]
  if (channel === undefined) return { failure: { class: 'no-channel', name } }
  if (name !== 'sms') return channel
  const route = routeFor((channel.settings as { routes: CompiledRoute[] }).routes, target.phone ?? '')[0]
  return route ?? { failure: { class: 'no-route' } }
}

async function turnOf(post: Post, io: StoreIo): Promise<number> {
  const { perMinute } = post.channel.limits
  return perMinute === undefined ? 0 : waitForPost(robotOf(post), perMinute, io)
}

/** The refusal is known whether or not the others can be told of it. */
async function pause(post: Post, pauseMs: number, io: StoreIo): Promise<void> {
  const { perMinute } = post.channel.limits
  if (perMinute === undefined) return
  await pausePosts(robotOf(post), perMinute, pauseMs, io).catch((error: unknown) =>
    io.log({ event: 'pause', channel: post.channel.type, error: String(error) }),
  )
}

/** Two names of one robot share its rate limit. */
function robotOf({ channel, settings }: Post): string {
  return `${channel.type}#${channel.rateKey(settings)}`
}

export function linksFor(incident: string, to: Recipient, deps: GatewayDeps, io: StoreIo): Message['links'] {
  if (deps.linkBase === undefined) return {}
  const link = { incident, expiresAt: io.now() + LINK_MS, ...('contact' in to ? { contact: to.contact } : {}) }
  return { acknowledge: `${deps.linkBase}/ack?t=${signLink(link, deps.secret)}` }
}

function addresses({ phone, email }: Contact): { phone?: string; email?: string } {
  return { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) }
}

function delivered(
  effect: NoticeEffect,
  status: 'sent' | 'failed' | 'unknown',
  failure?: Failure,
): Delivered<IncidentEvent> {
  const event = { type: 'delivered', effect, status, ...(failure === undefined ? {} : { failure }) } as const
  return { status: 'done', events: [event] }
}
