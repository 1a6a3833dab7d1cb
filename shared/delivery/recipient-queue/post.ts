import type { Delivery } from '../../channels/channel.ts'
import type { Failure, FailureClass } from '../../contracts/failure.ts'
import type { Delivered } from '../../contracts/machine.ts'
import { isFirstUrgentText } from '../../incidents/first-page.ts'
import { incidentShape } from '../../incidents/incident.ts'
import { isOfHeld } from '../../incidents/notice-kinds.ts'
import { mutedBeside, noticeNow } from '../../incidents/notices.ts'
import type { Muted } from '../../incidents/pause/pause.ts'
import { parseReference } from '../../incidents/reference.ts'
import { digestBytes, digestRoom } from '../../messages/digest.ts'
import type { Message } from '../../messages/message.ts'
import type { StoreIo } from '../../store/io.ts'
import { incidentKey } from '../../store/keys.ts'
import { statesIn } from '../../store/shape.ts'
import { addressed } from '../addressed.ts'
import { linksFor } from '../links.ts'
import { deliveryLevels } from '../log-levels.ts'
import { readMutedNow } from '../muted-now.ts'
import { keepTryingMs } from '../rate-limit.ts'
import { send, UNREAD_MS } from '../send-notice.ts'
import type { GatewayDeps } from '../vendors.ts'
import { type News, newsOf, type Sorted, sentencesOf } from './news.ts'
import { planDigests, planMessages } from './plan.ts'
import {
  hasTurn,
  isInTurn,
  type Posted,
  type RecipientQueue,
  type RecipientQueueEvent,
  type WaitingNotice,
} from './queue.ts'
import { giveBackPosts, takePosts } from './rate-window.ts'

/** What a vendor says of a message's content: one notice of a digest may be to blame for all of it. */
const OF_CONTENT: FailureClass[] = ['bad-request', 'content-refused', 'own-error', 'refused', 'too-long']

/** What is muted in each project. */
type MutedIn = ReadonlyMap<string, Muted[]>

/** Texts have no room to name it, and no line of a digest does. */
const NOTHING_MUTED: MutedIn = new Map()

/** What waits is told as it is then, so that it outlasts a second lock-out: others may post to the same recipient. */
const LOCK_OUTS = 2

/**
 * What a recipient is told at its turn `seq`, as a function of its queue: it is asked again when somebody else writes the queue
 * meanwhile, and what the rate limit lets it post is taken once.
 */
export function turnOf(seq: number, deps: GatewayDeps, io: StoreIo) {
  let taken: ReturnType<typeof takePosts> | undefined
  return async (queue: RecipientQueue | undefined): Promise<RecipientQueueEvent> => {
    if (!hasTurn(queue, seq, io.now())) return { type: 'stale' }
    const { recipient, pace, waiting } = queue
    taken ??= takePosts(recipient, pace, waiting.length, io)
    const [{ posts, reserved }, { news, over }] = await Promise.all([taken, readNews(waiting, io)])
    const messages = await messagesOf(news, posts, deps, io)
    const isAll = news.length === messages.reduce((sum, { length }) => sum + length, 0)
    if (reserved && isAll) await giveBackPosts(recipient, pace, messages.length, io)
    const counts = { messages: messages.length, incidents: news.length, overtaken: over.length }
    io.log({ level: 'info', event: 'turn', seq, posts, ...counts })
    return { type: 'turn', seq, messages: messages.map((each) => each.flatMap(({ effects }) => effects)), over }
  }
}

/** Posts the first message of a recipient's turn, with its incidents as they are now. */
export async function postFirst(
  queue: RecipientQueue,
  uncertain: boolean,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<RecipientQueueEvent>> {
  const posted = (result: Posted): Delivered<RecipientQueueEvent> => ({
    status: 'done',
    events: [{ type: 'posted', ...result }],
  })
  if (uncertain) return posted({ unsure: { class: 'crashed' } })
  if (!isInTurn(queue, io.now())) return posted({ late: true })
  const [waited = []] = queue.posting
  const [{ news }, muted] = await Promise.all([readNews(waited, io), mutedBesides(waited, deps, io)])
  const [first] = news
  if (first === undefined) return posted({ outcomes: [] })
  const effects = news.flatMap((one) => one.effects)
  const failed = (failure: Failure): Posted => ({
    outcomes: effects.map((effect) => ({ effect, status: 'failed', failure })),
  })
  const { notice, incident } = first
  const post = await addressed(notice.to, incident.project, deps)
  if ('failure' in post) {
    const { failure } = post
    return posted(
      failure.class === 'not-read'
        ? { refused: failure, afterMs: UNREAD_MS, patienceMs: keepTryingMs({}) }
        : failed(failure),
    )
  }

  const isUrgent = news.some((one) => isFirstUrgentText(one.incident, one.notice))
  const told = { kind: notice.kind, effects, isUrgent }
  const delivery = await send(post, told, () => messageOf(news, muted, waitingBehind(queue), deps, io), deps, io)
  const { incident: reference, kind, to } = notice
  const level = deliveryLevels[delivery.status]
  io.log({ level, event: 'post', seq: queue.seq, incident: reference, kind, incidents: news.length, to, delivery })
  if (delivery.status === 'sent') return posted({ outcomes: effects.map((effect) => ({ effect, status: 'sent' })) })
  if (delivery.status === 'unknown') return posted({ unsure: delivery.failure })
  if (delivery.status === 'retry') {
    const { afterMs, failure } = delivery
    return posted({ refused: failure, afterMs, patienceMs: LOCK_OUTS * keepTryingMs(post.channel.limits) })
  }
  return posted(news.length > 1 && isOfContent(delivery) ? { apart: delivery.failure } : failed(delivery.failure))
}

function isOfContent({ failure }: Extract<Delivery, { failure: unknown }>): boolean {
  return OF_CONTENT.includes(failure.class)
}

async function messagesOf(news: News[], turns: number, deps: GatewayDeps, io: StoreIo): Promise<News[][]> {
  const [first] = news
  if (first && 'contact' in first.notice.to) return sentencesOf(news).slice(0, turns)
  const post = first && (await addressed(first.notice.to, first.incident.project, deps))
  // Nothing can be posted: what is posted says so.
  const room =
    post === undefined || 'failure' in post ? Number.POSITIVE_INFINITY : digestRoom(post.channel.limits.maxBytes)
  const size = (one: News) => sizeOf(one, deps, io)
  const isHeld = ({ notice }: News) => isOfHeld(notice.kind)
  const others = news.filter((one) => !isHeld(one))
  const held = planDigests(news.filter(isHeld), size, others.length > 0 ? turns - 1 : turns, room)
  return [...planMessages(others, size, turns - held.length, room), ...held]
}

/** Bytes of a digest; what can't be told together with others has none that is large enough. */
function sizeOf(one: News, deps: GatewayDeps, io: StoreIo): number {
  if (one.effects.some(({ alone }) => alone)) return Number.POSITIVE_INFINITY
  try {
    return digestBytes(single(one, NOTHING_MUTED, deps, io))
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** How many incidents wait for a later turn, as far as this message is the last of its own. */
function waitingBehind({ posting, waiting }: RecipientQueue): number {
  return posting.length > 1 ? 0 : new Set(waiting.map(({ incident }) => incident)).size
}

function messageOf(news: News[], muted: MutedIn, more: number, deps: GatewayDeps, io: StoreIo): Message {
  const [first, ...others] = news
  if (first === undefined) throw new Error('There is no news to post')
  const message = single(first, muted, deps, io)
  if (others.length === 0) return { ...message, links: linksFor(first.incident, first.notice.to, deps, io) }
  const of = news.map((one) => {
    const { notice, repeat } = single(one, muted, deps, io)
    return { notice, repeat }
  })
  const isAllHeld = news.every(({ notice }) => isOfHeld(notice.kind))
  const { consoleUrl: detail } = deps
  return {
    ...message,
    ...(detail !== undefined && { links: { detail } }),
    repeat: false,
    digest: { of, more, ...(isAllHeld && { held: true as const }) },
  }
}

function single({ incident, notice }: News, muted: MutedIn, deps: GatewayDeps, io: StoreIo): Message {
  const { timezone } = deps.config
  const { kind, at } = notice
  const extras = { ...notice.extras, ...mutedBeside(kind, muted.get(incident.project) ?? []) }
  const language = ('contact' in notice.to ? notice.to.language : undefined) ?? deps.config.language
  return {
    notice: noticeNow(incident, kind, at, extras, io.now()),
    language,
    timezone,
    links: {},
    repeat: notice.repeat ?? false,
  }
}

async function mutedBesides(of: WaitingNotice[], deps: GatewayDeps, io: StoreIo): Promise<MutedIn> {
  const ofRobots = of.filter(({ to }) => 'chat' in to)
  if (ofRobots.length === 0) return NOTHING_MUTED
  return readMutedNow(
    ofRobots.map(({ incident }) => parseReference(incident).project),
    deps,
    io,
  )
}

async function readNews(of: WaitingNotice[], io: StoreIo): Promise<Sorted> {
  const keys = new Map(of.map(({ incident }) => [incident, incidentKey(parseReference(incident))]))
  const rows = await io.incidents.getMany([...new Map([...keys.values()].map((key) => [key.pk, key])).values()])
  const incidents = statesIn(rows, incidentShape, io.incidents, io.log).map(({ state }) => state)
  return newsOf(of, incidents)
}
