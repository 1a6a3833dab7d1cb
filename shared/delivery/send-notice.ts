import { ANSWER_MS, type Delivery } from '../channels/channel.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Delivered, Entry } from '../contracts/machine.ts'
import { isFirstUrgentText } from '../incidents/first-page.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import type { DeliveryStatus } from '../incidents/notice.ts'
import { isOfHeld, type NoticeKind, ofKind } from '../incidents/notice-kinds.ts'
import { noticeOf } from '../incidents/notices.ts'
import { parseReference } from '../incidents/reference.ts'
import type { Message } from '../messages/message.ts'
import { isLongRefused } from '../phoneline/waiting.ts'
import type { StoreIo } from '../store/io.ts'
import { rememberText } from '../store/sent-texts.ts'
import { type Accounts, accountsIfPossible, noteIfPossible, refusalOf } from './accounts.ts'
import { type Addressed, addressed } from './addressed.ts'
import type { Gateway, Waits } from './gateway.ts'
import { linksFor } from './links.ts'
import { deliveryLevels } from './log-levels.ts'
import { isMoot } from './moot.ts'
import { overOwn, takeBackOwn } from './own-throttle.ts'
import { keepTryingMs, waitForRateLimit } from './rate-limit.ts'
import type { Pace } from './recipient-queue/pace.ts'
import { closeWindows, giveBackOfDay, takeOfDay } from './recipient-queue/rate-window.ts'
import { channelIo, type GatewayDeps } from './vendors.ts'

/** After a lost answer a message is repeated once, marked as possibly a repeat. */
const REPEAT_AFTER_MS = 3_000

/** Short pauses double from try to try up to this; longer ones are the vendor's own. */
const LONGEST_PAUSE_MS = 60_000

/** What was held is gathered for so long, ms. */
const HELD_MS = 5_000

/** Of a recipient that takes whatever comes: what was held is one message there, too. */
const HELD_PACE: Pace = { posts: 1, windowMs: 10_000 }

/**
 * Makes the part of the gateway that sends messages. The rate limit of a robot is asked already while the decision to tell it is
 * being written.
 */
export function notices(deps: GatewayDeps, io: StoreIo): Pick<Gateway, 'notice' | 'prefetch'> {
  const prefetched: Prefetched = new WeakMap()
  return {
    notice: (effect, entry, incident) => sendNotice(effect, entry, incident, prefetched, deps, io),
    prefetch(effect) {
      if (!('chat' in effect.to)) return
      const { project } = parseReference(effect.incident)
      const turn = addressed(effect.to, project, deps).then((post) => ('failure' in post ? 0 : turnOf(post, io)))
      // Whoever delivers the notice meets the failure again.
      turn.catch(() => {})
      prefetched.set(effect, turn)
    },
  }
}

/** How long the rate limits that were asked in advance want each notice to wait, ms. */
type Prefetched = WeakMap<NoticeEffect, Promise<number>>

async function sendNotice(
  effect: NoticeEffect,
  entry: Entry<NoticeEffect>,
  incident: Incident,
  prefetched: Prefetched,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<IncidentEvent> | Waits> {
  if (isMoot(effect, incident)) {
    // Whoever sent it has perhaps crashed after that: then it is known of, and told of the end.
    return entry.uncertain > 0 ? delivered(effect, 'unknown', { class: 'crashed' }) : { status: 'done' }
  }
  const delivery = await deliverNotice(effect, entry, incident, prefetched, deps, io)
  const { incident: reference, kind, to } = effect
  const level = deliveryLevels[delivery.status]
  io.log({ level, event: 'notice', incident: reference, kind, incidents: 1, to, delivery })
  switch (delivery.status) {
    case 'sent':
      return delivered(effect, 'sent')
    case 'unknown':
      if (entry.uncertain > 0) return delivered(effect, 'unknown', delivery.failure)
      return { status: 'later', afterMs: REPEAT_AFTER_MS, uncertain: true }
    case 'waits':
      return delivery
    case 'retry': {
      const { afterMs, failure } = delivery
      const isNews = isLongRefused({ askedAt: entry.decidedAt }, io.now() + afterMs)
      return { status: 'later', afterMs, ...(isNews && { events: [deliveredAs(effect, 'waiting', failure)] }) }
    }
    case 'shrink':
    case 'failed':
      return delivered(effect, 'failed', delivery.failure)
  }
}

async function deliverNotice(
  effect: NoticeEffect,
  entry: Entry<NoticeEffect>,
  incident: Incident,
  prefetched: Prefetched,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivery | Waits> {
  const { kind, at, extras, to } = effect
  const { uncertain, tries, decidedAt } = entry
  const repeat = uncertain > 0
  const post = await addressed(to, incident.project, deps)
  if ('failure' in post) return unpostable(post.failure, io.now() - decidedAt)
  const { recipient, pace } = post
  // One message tells of all that was held: their steps come within a moment.
  if (isOfHeld(kind)) return { status: 'waits', recipient, pace: pace ?? HELD_PACE, afterMs: HELD_MS, repeat }
  // Nobody but its queue knows what a recipient has been handed: an earlier try may have handed this on before it failed.
  if (pace && (repeat || tries > 0)) return { status: 'waits', recipient, pace, afterMs: 0, repeat }
  // Two tries ended without an answer: one repeat is all that people are asked to bear.
  if (uncertain > 1) return { status: 'unknown', failure: { class: 'lost-answer', tries: 2 } }
  const wait = await (prefetched.get(effect) ?? turnOf(post, io))
  if (pace && wait > 0) return { status: 'waits', recipient, pace, afterMs: wait, repeat }
  const { language, timezone } = deps.config
  const message = (): Message => ({
    notice: noticeOf(incident, kind, at, extras),
    language: 'contact' in to ? (to.language ?? language) : language,
    timezone,
    links: linksFor(incident, to, deps, io),
    repeat,
  })
  const isUrgent = isFirstUrgentText(incident, effect)
  const delivery = await send(post, { kind, effects: [effect], isUrgent }, message, deps, io)
  const isInDoubt = delivery.status === 'unknown'
  // From now on all that it is to be told goes through its queue, in order.
  if (pace && (isInDoubt || delivery.status === 'retry')) {
    const waits = { status: 'waits', recipient, pace, repeat: repeat || isInDoubt } as const
    return isInDoubt
      ? { ...waits, afterMs: REPEAT_AFTER_MS }
      : { ...waits, afterMs: delivery.afterMs, refused: delivery.failure }
  }
  if (delivery.status !== 'retry') return delivery
  const afterMs = laterAndLater(delivery.afterMs, tries)
  const isOver = io.now() + afterMs - decidedAt > keepTryingMs(post.channel.limits)
  return isOver ? { status: 'failed', failure: delivery.failure } : { ...delivery, afterMs }
}

/** A vendor that is busy is not asked every two seconds for a quarter of an hour. */
function laterAndLater(afterMs: number, tries: number): number {
  return Math.max(afterMs, Math.min(afterMs * 2 ** tries, LONGEST_PAUSE_MS))
}

/** What a message tells to one recipient, and the kind of the notice that stands for it all. */
interface Content {
  kind: NoticeKind
  effects: NoticeEffect[]
  /** It is the first page of what never waits: no limit of its recipient's own holds it up. */
  isUrgent?: boolean
}

/**
 * Sends by a channel; where a route refuses for good, by the next one. What may have been sent is not sent by another, and who refuses
 * for now is asked again. A route of texts whose account refuses everything is passed over while there is another one.
 */
export async function send(
  post: Addressed,
  content: Content,
  message: () => Message,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivery> {
  const unwanted = await overOwn(post.throttle, content, io)
  if (unwanted !== undefined) return { status: 'failed', failure: unwanted }
  const delivery = await sendByRoutes(post, content, message, deps, io)
  const isOut = delivery.status === 'sent' || delivery.status === 'unknown'
  if (post.throttle && !isOut) await takeBackOwn(post.throttle.key, io)
  return delivery
}

async function sendByRoutes(
  post: Addressed,
  content: Content,
  message: () => Message,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivery> {
  const refusals: Failure[] = []
  const ways = [post, ...(post.others ?? [])]
  const before = ways.length > 1 ? await accountsIfPossible(io) : undefined
  for (const way of ways) {
    const barred = way === ways.at(-1) ? undefined : refusalOf(before?.[way.account], io.now())
    const delivery: Delivery =
      barred === undefined
        ? await noted(way, content, await sendBy(way, content.kind, message, deps, io), io)
        : { status: 'failed', failure: barred }
    if (barred === undefined && isOfTexts(content)) await heard(way, delivery, before, io)
    if (delivery.status !== 'failed') return delivery
    io.log({ level: 'warn', event: 'route refused', channel: way.channel.type, delivery })
    refusals.push(delivery.failure)
  }
  const [first, ...others] = refusals
  if (first === undefined) throw new Error('There is no way to send by')
  return { status: 'failed', failure: others.length === 0 ? first : { class: 'routes-refused', each: refusals } }
}

/** What the answer tells of the account counts for the texts to come. */
async function heard({ account, channel }: Addressed, delivery: Delivery, before: Accounts | undefined, io: StoreIo) {
  if (delivery.status !== 'sent' && delivery.status !== 'failed') return
  const known = (before ?? (await accountsIfPossible(io)))[account]
  await noteIfPossible(account, channel.type, 'failure' in delivery ? delivery.failure : undefined, known, io)
}

function isOfTexts({ effects }: Content): boolean {
  return effects.some(({ to }) => 'channel' in to && to.channel === 'sms')
}

/**
 * Remembers a text by its vendor's id of it, for what its carrier will say; one that the carrier has refused already was not sent. Should
 * the table not take it, the text is out all the same.
 */
async function noted({ channel }: Addressed, content: Content, delivery: Delivery, io: StoreIo): Promise<Delivery> {
  const { effects } = content
  if (delivery.status !== 'sent' || !delivery.receipt || !isOfTexts(content)) return delivery
  const text = { vendor: channel.type, id: delivery.receipt }
  const end = await rememberText(text, effects, channel.receiptOf !== undefined, io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'text not remembered', channel: channel.type, error: String(error) })
    return undefined
  })
  return end?.failure === undefined ? delivery : { status: 'failed', failure: end.failure }
}

/**
 * Sends by one of them, if the recipient may get one more message today: else the vendor is not asked, and another channel takes over. What
 * the vendor refuses counts for nothing. An error of ours on the way is a failure like a vendor's: trying it again would end alike.
 */
async function sendBy(
  post: Addressed,
  kind: NoticeKind,
  message: () => Message,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivery> {
  const { recipient, pace: { perDay } = {} } = post
  if (perDay === undefined) return askVendor(post, message, deps, io)
  if (!(await takeOfDay(recipient, perDay, ofKind(kind).leaves === 'over', io)))
    return { status: 'failed', failure: { class: 'day-used-up', perDay } }
  const delivery = await askVendor(post, message, deps, io)
  const isRefused = delivery.status !== 'sent' && delivery.status !== 'unknown'
  if (isRefused) await giveBackOfDay(recipient, io).catch((error: unknown) => logged(post, error, io))
  return delivery
}

async function askVendor(post: Addressed, message: () => Message, deps: GatewayDeps, io: StoreIo): Promise<Delivery> {
  const { channel, settings, target } = post
  try {
    const timeMs = channel.limits.answerMs ?? ANSWER_MS
    const delivery = await channel.send(message(), target, settings, channelIo(channel.type, deps, io, timeMs))
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

function turnOf({ recipient, pace }: Addressed, io: StoreIo): number | Promise<number> {
  return pace === undefined ? 0 : waitForRateLimit(recipient, pace.posts, pace.windowMs, io)
}

/** The refusal is known whether or not the others can be told of it. */
async function pause(post: Addressed, pauseMs: number, io: StoreIo): Promise<void> {
  const { recipient, pace } = post
  if (pace === undefined) return
  await closeWindows(recipient, pace, pauseMs, io).catch((error: unknown) => logged(post, error, io))
}

function logged({ channel }: Addressed, error: unknown, io: StoreIo): void {
  io.log({ level: 'warn', event: 'rate limit not written', channel: channel.type, error: String(error) })
}

function delivered(
  effect: NoticeEffect,
  status: 'sent' | 'failed' | 'unknown',
  failure?: Failure,
): Delivered<IncidentEvent> {
  return { status: 'done', events: [deliveredAs(effect, status, failure)] }
}

function deliveredAs(effect: NoticeEffect, status: DeliveryStatus, failure?: Failure): IncidentEvent {
  return { type: 'delivered', effect, status, ...(failure === undefined ? {} : { failure }) }
}
