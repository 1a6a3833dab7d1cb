import type { Instant } from '../contracts/words.ts'
import { type Rhythm, rhythmAt, usualWait } from './kafka-rhythm.ts'
import { type Commit, type CommitHistory, historyOf, WINDOW_COMMITS } from './kafka-rules.ts'
import type { GroupOffsets, PartitionOffsets } from './kafka-sample.ts'

/**
 * One sample of a group as it is stored for the next ones. Sources give offsets only, so a sample counts as a commit of a partition where
 * its offset moved, or where the group is stable with a member on it; elsewhere nobody committed.
 */
export interface Slot {
  /** Counts the slots of a group. */
  seq: number
  at: Instant
  /** By `partitionKey`. */
  marks: Map<string, Mark>
}

export interface Mark extends Rhythm {
  offset: number
  /** The end of the log; absent if it could not be read. */
  end?: number
  isCommit: boolean
  /** Where nobody committed: what the commits before came to. */
  history?: CommitHistory
  /** When the oldest unread message was there at the latest; absent if no more is unread than is allowed. */
  unreadSince?: Instant
  /** Where the log begins, if what was committed is deleted from it already. */
  start?: number
}

/** A partition after a further sample. */
export interface PartitionView {
  topic: string
  partition: number
  offset: number
  /** Absent if the end of the log could not be read. */
  lag?: number
  /** The ends of the log in the window, oldest first. */
  ends: number[]
  history?: CommitHistory
  unreadSince?: Instant
  stuckSince?: Instant
  beyondSince?: Instant
  /** The time between two commits that is usual here though it is longer than a window, ms. */
  rhythmMs?: number
  /** Whether it was ever seen to move. */
  hasMoved: boolean
  isHeld: boolean
}

/** The slots of a group that are kept. */
export const SLOTS = WINDOW_COMMITS

/**
 * Adds a sample to the slots before it (oldest first): gives the slot to store, and each partition as it stands with the sample;
 * partitions without a committed offset are left out. `intervalMs` is the time between samples, `allowed` the lag in messages that is
 * fine for a topic's partitions.
 */
export function addSample(
  slots: Slot[],
  sample: GroupOffsets,
  intervalMs: number,
  allowed: (topic: string) => number,
): { slot: Slot; partitions: PartitionView[] } {
  const past = withQuietTimes(slots, sample.at, intervalMs)
  const marks = new Map<string, Mark>()
  const partitions: PartitionView[] = []
  for (const { topic, partitions: read } of sample.topics) {
    for (const one of read) {
      const seen = see(past, topic, one, sample.at, intervalMs, allowed(topic))
      if (seen === undefined) continue
      marks.set(partitionKey(topic, one[0]), seen.mark)
      partitions.push(seen.view)
    }
  }
  return { slot: { seq: (slots.at(-1)?.seq ?? -1) + 1, at: sample.at, marks }, partitions }
}

function see(
  past: Slot[],
  topic: string,
  [partition, offset, readEnd, isHeld, start = 0]: PartitionOffsets,
  at: Instant,
  intervalMs: number,
  allowed: number,
): { mark: Mark; view: PartitionView } | undefined {
  if (typeof offset !== 'number') return undefined
  const before = past.flatMap(({ at, marks }): Dated[] => {
    const mark = marks.get(partitionKey(topic, partition))
    return mark === undefined ? [] : [{ at, ...mark }]
  })
  const last = before.at(-1)
  const mark: Mark = { offset, isCommit: isHeld || (last !== undefined && last.offset !== offset) }
  if (readEnd !== null) mark.end = readEnd
  if (start > offset) mark.start = start
  const lag = readEnd === null ? undefined : lagOf(mark, readEnd)
  const since = lag === undefined || lag <= allowed ? undefined : unreadSince(before, { ...mark, at })
  if (since !== undefined) mark.unreadSince = since
  Object.assign(mark, rhythmAt(last, { ...mark, at }, lag === undefined ? undefined : lag > allowed, intervalMs))
  const history = mark.isCommit
    ? commitsUntil([...before, { ...mark, at }], intervalMs, allowed)
    : lastHistory(before, intervalMs, allowed)
  if (!mark.isCommit && history !== undefined) mark.history = history
  const ends = [...windowUntil(before, at, intervalMs), mark].slice(-WINDOW_COMMITS).flatMap(({ end }) => end ?? [])
  return {
    mark,
    view: {
      topic,
      partition,
      offset,
      ends,
      ...(lag === undefined ? {} : { lag }),
      ...(history === undefined ? {} : { history }),
      ...(since === undefined ? {} : { unreadSince: since }),
      ...(mark.stuckSince === undefined ? {} : { stuckSince: mark.stuckSince }),
      ...(mark.beyondSince === undefined ? {} : { beyondSince: mark.beyondSince }),
      ...usualWait(mark.waits, at, intervalMs),
      hasMoved: mark.hasMoved === true,
      isHeld,
    },
  }
}

type Dated = Mark & { at: Instant }

/** The summary of the commits as of the last commit. */
function lastHistory(before: Dated[], intervalMs: number, allowed: number): CommitHistory | undefined {
  const last = before.at(-1)
  if (last === undefined) return undefined
  return last.isCommit ? commitsUntil(before, intervalMs, allowed) : last.history
}

function commitsUntil(marks: Dated[], intervalMs: number, allowed: number): CommitHistory | undefined {
  const until = marks.at(-1)?.at ?? 0
  const commits = windowUntil(marks, until, intervalMs)
    .slice(-WINDOW_COMMITS)
    .filter(({ isCommit }) => isCommit)
    .map(
      (mark): Commit => ({
        at: mark.at,
        offset: mark.offset,
        ...(mark.end === undefined ? {} : { lag: lagOf(mark, mark.end) }),
      }),
    )
  return historyOf(commits, allowed)
}

/** The marks of one window's time; after a gap in the samples a window begins anew. */
function windowUntil(marks: Dated[], until: Instant, intervalMs: number): Dated[] {
  return marks.filter(({ at }) => at > until - WINDOW_COMMITS * intervalMs)
}

/** Messages from the committed offset to the end of the log. Those that retention has deleted before they were read do not count. */
function lagOf({ offset, start = 0 }: Pick<Mark, 'offset' | 'start'>, end: number): number {
  return Math.max(0, end - Math.max(offset, start))
}

/**
 * When the oldest unread message was written, from the ends of the log over time: between the samples before and after its offset
 * was passed, evenly. What was unread when the group was first seen is at least as old as that sample.
 */
function unreadSince(before: Dated[], { start = 0, ...read }: Dated): Instant | undefined {
  const now = { ...read, offset: Math.max(read.offset, start) }
  if (now.end === undefined || now.end <= now.offset) return undefined
  const last = before.at(-1)
  const known = last?.unreadSince
  if (last !== undefined && known !== undefined && last.offset === now.offset) return known
  const points = [...before, now].flatMap(({ at, end }) => (end === undefined ? [] : [{ at, offset: end }]))
  const passed = points.findIndex(({ offset }) => offset > now.offset)
  const after = points[passed]
  if (after === undefined) return now.at
  // Beyond the window, all that is known is when the message at the last offset was written.
  const anchor = last !== undefined && known !== undefined ? { at: known, offset: last.offset } : undefined
  const from = points[passed - 1] ?? anchor
  if (from === undefined || from.at >= after.at) return after.at
  if (from.offset > now.offset) return from.at
  const share = (now.offset - from.offset) / (after.offset - from.offset)
  return Math.round(from.at + share * (after.at - from.at))
}

/**
 * A group without lag in which nothing changes takes no slot. After such a slot the samples that are missing are put back, so that
 * an idle group's window is as whole as a busy one's; a gap after lag is one in what is known.
 */
function withQuietTimes(slots: Slot[], until: Instant, intervalMs: number): Slot[] {
  return slots.flatMap((slot, index) => {
    const next = slots[index + 1]?.at ?? until
    const missing = Math.round((next - slot.at) / intervalMs) - 1
    if (!isQuiet(slot) || missing < 1) return [slot]
    const copies = Array.from({ length: Math.min(missing, SLOTS) }, (_, back) => ({
      ...slot,
      at: next - (back + 1) * intervalMs,
    }))
    return [slot, ...copies.reverse()]
  })
}

/** Whether the group is known to have read everything: no partition's end is past its commit. */
export function isQuiet({ marks }: Slot): boolean {
  return [...marks.values()].every(({ offset, end }) => end !== undefined && end <= offset)
}

/** Whether a sample is the same as the one before: partitions, offsets, ends and commits. */
export function isSame(slot: Slot, before: Slot): boolean {
  if (slot.marks.size !== before.marks.size) return false
  return [...slot.marks].every(([key, { offset, end, isCommit }]) => {
    const old = before.marks.get(key)
    return old !== undefined && old.offset === offset && old.end === end && old.isCommit === isCommit
  })
}

/** A partition's name among a group's. */
export function partitionKey(topic: string, partition: number): string {
  return `${partition}/${topic}`
}
