import type { Failure } from '../../contracts/failure.ts'
import type { Decision, Machine } from '../../contracts/machine.ts'
import type { Shape } from '../../contracts/versions.ts'
import type { Instant } from '../../contracts/words.ts'
import type { NoticeEffect } from '../../incidents/incident.ts'
import type { DeliveryStatus } from '../../incidents/notice.ts'
import type { Pace } from './pace.ts'
import { isSameWindow, nextWindowAt } from './rate-window.ts'

/** A notice that waits for its turn. */
export interface WaitingNotice extends NoticeEffect {
  /** Its robot took no message of several incidents: it is told by one of its own. */
  alone?: true
  /** Its incident has heard that its vendor refuses it for now. */
  waits?: true
}

/**
 * What waits for its turn at one recipient: a group's robot, or a person's texts. A notice is posted around it while nothing waits and a
 * turn is free.
 */
export interface RecipientQueue {
  /** Type of the channel and its rate key; of a person also the number's HMAC. */
  recipient: string
  pace: Pace
  /** Counts the turns. */
  seq: number
  /** When the next turn comes, or began. */
  turnAt: Instant
  /** In the order in which it came. */
  waiting: WaitingNotice[]
  /** What each message of the turn under way tells; the first one is being posted. */
  posting: WaitingNotice[][]
  /** What was told lately: who handed it on and crashed before noting that hands it on again. */
  recent: { of: string; at: Instant }[]
  /** Since when the vendor takes nothing. */
  refusedSince?: Instant
}

/** The version, and form, in which a recipient's queue is kept. */
export const recipientQueueShape: Shape<RecipientQueue> = { current: 1 }

/** What became of a notice. */
export interface NoticeOutcome {
  effect: NoticeEffect
  status: DeliveryStatus
  failure?: Failure
}

export type RecipientQueueEvent =
  /** `afterMs`: when the recipient may be posted to; 0 is now. */
  | { type: 'notices'; of: NoticeEffect[]; pace: Pace; afterMs: number }
  /** What each message of this turn is to tell, and what waits in vain because it is overtaken. */
  | { type: 'turn'; seq: number; messages: WaitingNotice[][]; over: NoticeEffect[] }
  /** A turn that is over or has not come. */
  | { type: 'stale' }
  | ({ type: 'posted' } & Posted)

/** What became of a message. What it was to tell and is overtaken is in none of these. */
export type Posted =
  | { outcomes: NoticeOutcome[] }
  /** The vendor wants to hear nothing for now; one that does for longer than `patienceMs` is not asked again for this. */
  | { refused: Failure; afterMs: number; patienceMs: number }
  /** It may have been posted. */
  | { unsure: Failure }
  /** The vendor takes no message of these notices together: each is to be posted alone. */
  | { apart: Failure }
  /** Nothing was posted: the turn is over. */
  | { late: true }

export type RecipientQueueEffect =
  /** Keeps the turns of that time for the queue, and comes back for them. */
  | { type: 'turn'; recipient: string; pace: Pace; seq: number; at: Instant }
  /** Posts the first message of the turn under way. */
  | { type: 'post'; recipient: string }
  | ({ type: 'outcome' } & NoticeOutcome)

/**
 * An item holds 400 KB (DynamoDB), and a notice that waits about 150 bytes, so about a thousand of them wait here. Beyond these they
 * wait with their incidents, which hand them on again. In characters of JSON.
 */
const WAITING_LENGTH = 150_000

/** What was told lately takes at most so much of the item; what is forgotten too early is told again, marked. */
const RECENT = 500

/** A crash is made good within an invocation's time and the queue's patience. */
const REMEMBERED_MS = 10 * 60_000

/** A turn whose message has not come so long after its time is looked for. */
const LOST_TURN_MS = 30_000

/** A message of the queue may come so early when two machines' clocks differ. */
const CLOCK_DIFFERENCE_MS = 1_000

/** So long after its beginning a turn posts no further message: each may take five seconds of an invocation's fifteen. */
const POSTING_MS = 5_000

const DAY_SECONDS = 86_400

type Decided = Decision<
  RecipientQueue,
  RecipientQueueEffect,
  'waits' | 'waits already' | 'next turn' | 'posts' | 'nothing waits' | 'no such turn'
>

/** The state machine of one recipient's queue. Pure. */
export function recipientQueueMachine(
  recipient: string,
): Machine<RecipientQueue, RecipientQueueEvent, RecipientQueueEffect> {
  return {
    shape: recipientQueueShape,
    transition: (queue, event, now) => {
      if (event.type === 'notices') return take(queue ?? empty(recipient, event.pace), event, now)
      if (queue === undefined) return { state: queue, outbox: [], reason: 'nothing waits' }
      if (event.type === 'stale') return { state: queue, outbox: [], reason: 'no such turn' }
      return event.type === 'turn' ? begin(queue, event, now) : posted(queue, event, now)
    },
    dueAt: ({ waiting, posting, turnAt }) => (waiting.length + posting.length > 0 ? turnAt + LOST_TURN_MS : undefined),
    expiresAt: ({ turnAt }) => Math.floor(turnAt / 1000) + DAY_SECONDS,
  }
}

/** Whether a queue has its turn `seq` now: no message is under way, and something waits. */
export function hasTurn(queue: RecipientQueue | undefined, seq: number, now: Instant): queue is RecipientQueue {
  if (queue === undefined || seq !== queue.seq || now < queue.turnAt - CLOCK_DIFFERENCE_MS) return false
  return queue.posting.length === 0 && queue.waiting.length > 0
}

/** Whether messages of the turn under way may still be posted: its places in the rate limit are over with its window. */
export function isInTurn({ pace, turnAt }: RecipientQueue, now: Instant): boolean {
  return now - turnAt <= POSTING_MS && isSameWindow(pace, now, turnAt)
}

function empty(recipient: string, pace: Pace): RecipientQueue {
  return { recipient, pace, seq: 0, turnAt: 0, waiting: [], posting: [], recent: [] }
}

function take(queue: RecipientQueue, event: Extract<RecipientQueueEvent, { type: 'notices' }>, now: Instant): Decided {
  const { pace, afterMs } = event
  const known = [...queue.waiting, ...queue.posting.flat()]
  const names = new Set([...known.map(nameOf), ...queue.recent.map(({ of }) => of)])
  const fresh = event.of.filter((effect) => !names.has(nameOf(effect))).map(withoutExtras)
  if (fresh.length === 0) return { state: queue, outbox: [], reason: 'waits already' }
  const waiting = [...queue.waiting, ...fresh]
  if (known.length > 0 && JSON.stringify([waiting, queue.posting]).length > WAITING_LENGTH)
    throw new Error(`${known.length} notices wait for one recipient: these come again`)
  const next = { ...queue, pace, waiting }
  if (known.length > 0) return { state: next, outbox: [], reason: 'waits' }
  return nextTurn(next, now + afterMs, [])
}

function begin(queue: RecipientQueue, event: Extract<RecipientQueueEvent, { type: 'turn' }>, now: Instant): Decided {
  const { messages, over, seq } = event
  if (!hasTurn(queue, seq, now)) return { state: queue, outbox: [], reason: 'no such turn' }
  const gone = new Set([...messages.flat(), ...over].map(nameOf))
  const waiting = queue.waiting.filter((effect) => !gone.has(nameOf(effect)))
  const next: RecipientQueue = { ...queue, turnAt: now, waiting, posting: messages }
  return goOn(next, outcomesOf(over), now)
}

function posted(queue: RecipientQueue, event: Posted, now: Instant): Decided {
  const [message = [], ...others] = queue.posting
  if ('outcomes' in event) {
    const { refusedSince: _, ...rest } = queue
    const posted = new Set(event.outcomes.map(({ effect }) => nameOf(effect)))
    const over = message.filter((effect) => !posted.has(nameOf(effect)))
    return goOn({ ...rest, posting: others }, [...event.outcomes, ...outcomesOf(over)], now)
  }
  const later = (first: WaitingNotice[]): RecipientQueue => ({
    ...queue,
    posting: [],
    waiting: [...first, ...others.flat(), ...queue.waiting],
  })
  if ('late' in event) return goOn(later(message), [], now)
  if ('apart' in event) {
    const { refusedSince: _, ...rest } = later(message.map((effect): WaitingNotice => ({ ...effect, alone: true })))
    return goOn(rest, [], now)
  }
  if ('unsure' in event) {
    // One repeat is all that people are asked to bear.
    const given = message.filter(({ repeat }) => repeat)
    const again = message.filter(({ repeat }) => !repeat).map((effect): WaitingNotice => ({ ...effect, repeat: true }))
    return goOn(
      later(again),
      given.map((effect) => ({ effect, status: 'unknown', failure: event.unsure })),
      now,
    )
  }
  const { refused, afterMs, patienceMs } = event
  const { refusedSince = now } = queue
  if (now + afterMs - refusedSince > patienceMs)
    return goOn(
      { ...later([]), refusedSince },
      message.map((effect) => ({ effect, status: 'failed', failure: refused })),
      now,
      afterMs,
    )
  const pages = message.filter(({ kind, to, waits }) => kind === 'page' && 'contact' in to && !waits)
  const known = message.map((effect): WaitingNotice => (pages.includes(effect) ? { ...effect, waits: true } : effect))
  const told = goOn({ ...later(known), refusedSince }, [], now, afterMs)
  // Whoever pages by this message has to turn to another channel meanwhile: it hears of that once.
  const waiting = pages.map((effect) => ({ type: 'outcome', effect, status: 'waiting', failure: refused }) as const)
  return { ...told, outbox: [...waiting, ...told.outbox] }
}

/** The next message of this turn, or the next turn while anything waits. */
function goOn(queue: RecipientQueue, outcomes: NoticeOutcome[], now: Instant, afterMs = 0): Decided {
  const { recipient, pace, posting, waiting } = queue
  const outbox = outcomes.map((one): RecipientQueueEffect => ({ type: 'outcome', ...one }))
  const recent = [...outcomes.map(({ effect }) => ({ of: nameOf(effect), at: now })), ...queue.recent]
  const next = { ...queue, recent: recent.filter(({ at }) => now - at < REMEMBERED_MS).slice(0, RECENT) }
  if (posting.length > 0) return { state: next, outbox: [...outbox, { type: 'post', recipient }], reason: 'posts' }
  if (waiting.length > 0) return nextTurn(next, nextWindowAt(pace, now, afterMs), outbox)
  return { state: next, outbox, reason: 'nothing waits' }
}

function nextTurn(queue: RecipientQueue, turnAt: Instant, before: RecipientQueueEffect[]): Decided {
  const { recipient, pace } = queue
  const seq = queue.seq + 1
  return {
    state: { ...queue, seq, turnAt },
    outbox: [...before, { type: 'turn', recipient, pace, seq, at: turnAt }],
    reason: 'next turn',
  }
}

/** What was overtaken before it was told is nobody's loss; what may have been told is known of, and told of the end. */
function outcomesOf(over: NoticeEffect[]): NoticeOutcome[] {
  return over
    .filter(({ repeat }) => repeat)
    .map((effect) => ({ effect, status: 'unknown', failure: { class: 'crashed' } }))
}

/**
 * Who is called, until when, and what is muted is told as it is then: only what the incident doesn't know is kept, and of a page the end
 * of its layer, by which its receipt finds that.
 */
function withoutExtras(effect: NoticeEffect): NoticeEffect {
  const { kind, extras } = effect
  if (kind === 'exhausted') {
    const { muted: _, ...said } = extras
    return { ...effect, extras: said }
  }
  return { ...effect, extras: kind === 'page' && extras.until !== undefined ? { until: extras.until } : {} }
}

function nameOf({ kind, at, incident, to }: NoticeEffect): string {
  return `${kind} ${at} ${incident} ${'chat' in to ? to.chat : to.contact}`
}
