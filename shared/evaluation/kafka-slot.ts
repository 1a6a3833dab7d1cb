import { kafkaStatuses } from '../contracts/kafka-status.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { CommitHistory } from './kafka-rules.ts'
import { type Mark, partitionKey, type Slot } from './kafka-window.ts'

/** A mark as it is stored: times are ms before the slot's, a history without its names. */
type Stored = [
  partition: number,
  offset: number,
  end: number | null,
  isCommit: 0 | 1,
  unreadForMs?: number | null,
  history?: [commits: number, silentMs: number, spanMs: number, trend: number] | null,
  rest?: { stuck?: number; beyond?: number; moved?: 1; start?: number; waits?: [ms: number, agoMs: number][] },
]

interface StoredSlot {
  seq: number
  at: number
  topics: [topic: string, marks: Stored[]][]
}

/** A slot is short JSON: a table's item is written and paid for by the kilobyte. */
export const slotShape = { current: 1, packing: { pack: packSlot, unpack: unpackSlot } } satisfies Shape<Slot>

function packSlot({ seq, at, marks }: Slot): string {
  const topics = new Map<string, Stored[]>()
  for (const [key, mark] of marks) {
    const slash = key.indexOf('/')
    const topic = key.slice(slash + 1)
    const stored = store(Number(key.slice(0, slash)), mark, at)
    topics.set(topic, [...(topics.get(topic) ?? []), stored])
  }
  return JSON.stringify({ seq, at, topics: [...topics] } satisfies StoredSlot)
}

function unpackSlot(packed: string): Slot {
  const { seq, at, topics } = JSON.parse(packed) as StoredSlot
  const marks = topics.flatMap(([topic, all]) =>
    all.map((stored): [string, Mark] => [partitionKey(topic, stored[0]), restore(stored, at)]),
  )
  return { seq, at, marks: new Map(marks) }
}

function store(partition: number, mark: Mark, at: number): Stored {
  const { offset, end, isCommit, unreadSince, history } = mark
  const stored: Stored = [partition, offset, end ?? null, isCommit ? 1 : 0]
  const rest = storeRest(mark, at)
  const isMore = Object.keys(rest).length > 0
  if (unreadSince !== undefined || history !== undefined || isMore)
    stored[4] = unreadSince === undefined ? null : at - unreadSince
  if (history !== undefined)
    stored[5] = [history.commits, at - history.lastAt, history.spanMs, kafkaStatuses.indexOf(history.trend)]
  if (!isMore) return stored
  stored[5] ??= null
  stored[6] = rest
  return stored
}

function storeRest({ stuckSince, beyondSince, hasMoved, start, waits }: Mark, at: number): NonNullable<Stored[6]> {
  return {
    ...(stuckSince === undefined ? {} : { stuck: at - stuckSince }),
    ...(beyondSince === undefined ? {} : { beyond: at - beyondSince }),
    ...(hasMoved && { moved: 1 }),
    ...(start === undefined ? {} : { start }),
    ...(waits && { waits: waits.map(([ms, endedAt]): [number, number] => [ms, at - endedAt]) }),
  }
}

function restore([, offset, end, isCommit, unreadForMs, history, rest = {}]: Stored, at: number): Mark {
  const mark: Mark = { offset, isCommit: isCommit === 1 }
  if (end !== null) mark.end = end
  if (typeof unreadForMs === 'number') mark.unreadSince = at - unreadForMs
  if (history) mark.history = restoreHistory(history, at)
  if (rest.stuck !== undefined) mark.stuckSince = at - rest.stuck
  if (rest.beyond !== undefined) mark.beyondSince = at - rest.beyond
  if (rest.moved) mark.hasMoved = true
  if (rest.start !== undefined) mark.start = rest.start
  if (rest.waits) mark.waits = rest.waits.map(([ms, agoMs]): [number, Instant] => [ms, at - agoMs])
  return mark
}

function restoreHistory([commits, silentMs, spanMs, trend]: NonNullable<Stored[5]>, at: number): CommitHistory {
  const status = kafkaStatuses[trend] as CommitHistory['trend']
  return { commits, lastAt: at - silentMs, spanMs, trend: status }
}
