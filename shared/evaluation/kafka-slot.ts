import { type CommitHistory, kafkaStatuses } from './kafka-rules.ts'
import { type Mark, partitionKey, type Slot } from './kafka-window.ts'

/** A mark as it is stored: times are ms before the slot's, a history without its names. */
type Stored = [
  partition: number,
  offset: number,
  end: number | null,
  isCommit: 0 | 1,
  unreadForMs?: number | null,
  history?: [commits: number, silentMs: number, spanMs: number, trend: number],
]

interface StoredSlot {
  seq: number
  at: number
  topics: [topic: string, marks: Stored[]][]
}

/** A slot as short JSON: a table's item is written and paid for by the kilobyte. */
export function packSlot({ seq, at, marks }: Slot): string {
  const topics = new Map<string, Stored[]>()
  for (const [key, mark] of marks) {
    const slash = key.indexOf('/')
    const topic = key.slice(slash + 1)
    const stored = store(Number(key.slice(0, slash)), mark, at)
    topics.set(topic, [...(topics.get(topic) ?? []), stored])
  }
  return JSON.stringify({ seq, at, topics: [...topics] } satisfies StoredSlot)
}

/** Reads what `packSlot` wrote. */
export function unpackSlot(packed: string): Slot {
  const { seq, at, topics } = JSON.parse(packed) as StoredSlot
  const marks = topics.flatMap(([topic, all]) =>
    all.map((stored): [string, Mark] => [partitionKey(topic, stored[0]), restore(stored, at)]),
  )
  return { seq, at, marks: new Map(marks) }
}

function store(partition: number, { offset, end, isCommit, unreadSince, history }: Mark, at: number): Stored {
  const stored: Stored = [partition, offset, end ?? null, isCommit ? 1 : 0]
  if (unreadSince !== undefined) stored[4] = at - unreadSince
  if (history === undefined) return stored
  stored[4] ??= null
  stored[5] = [history.commits, at - history.lastAt, history.spanMs, kafkaStatuses.indexOf(history.trend)]
  return stored
}

function restore([, offset, end, isCommit, unreadForMs, history]: Stored, at: number): Mark {
  const mark: Mark = { offset, isCommit: isCommit === 1 }
  if (end !== null) mark.end = end
  if (typeof unreadForMs === 'number') mark.unreadSince = at - unreadForMs
  if (history !== undefined) mark.history = restoreHistory(history, at)
  return mark
}

function restoreHistory([commits, silentMs, spanMs, trend]: NonNullable<Stored[5]>, at: number): CommitHistory {
  const status = kafkaStatuses[trend] as CommitHistory['trend']
  return { commits, lastAt: at - silentMs, spanMs, trend: status }
}
