import type { Instant } from '../contracts/words.ts'
import { WINDOW_COMMITS } from './kafka-rules.ts'

/** How a partition gets on in its own time, which may be longer than ten samples. */
export interface Rhythm {
  /** Since when more is unread than is allowed, and nothing of it was read. */
  stuckSince?: Instant
  /** Since when the same commit is beyond the end of the log. */
  beyondSince?: Instant
  /** It was seen to move. */
  hasMoved?: boolean
  /** When it was last stuck for longer than a window and went on by itself: how long, ms, and when that ended. */
  waits?: [ms: number, endedAt: Instant][]
}

/** So long a wait counts for what is usual. */
const REMEMBERED_MS = 86_400_000

/** A single wait of so many windows is believed to be usual; a longer one may have been an outage, and has to come twice. */
const MOST_ONCE = 2

/** The last waits by which is told what is usual. */
const WAITS = 2

/** The rhythm after a further sample. `isBehind` says whether more is unread than is allowed; undefined where that is not known. */
export function rhythmAt(
  last: (Rhythm & { at: Instant; offset: number }) | undefined,
  now: { at: Instant; offset: number; end?: number },
  isBehind: boolean | undefined,
  intervalMs: number,
): Rhythm {
  const isMoved = last !== undefined && last.offset !== now.offset
  const stays = last !== undefined && !isMoved
  const rhythm: Rhythm = {}
  if (isMoved || last?.hasMoved) rhythm.hasMoved = true
  if (isBehind === undefined && stays && last.stuckSince !== undefined) rhythm.stuckSince = last.stuckSince
  if (isBehind) rhythm.stuckSince = (stays ? last.stuckSince : undefined) ?? now.at
  if (now.end !== undefined && now.end < now.offset)
    rhythm.beyondSince = (stays ? last.beyondSince : undefined) ?? now.at
  const waits = [...(last?.waits ?? []), ...endedWait(last, now, isMoved, intervalMs)].slice(-WAITS)
  if (waits.length > 0) rhythm.waits = waits
  return rhythm
}

/** A wait that nobody saw end may have ended long before. */
function endedWait(
  last: (Rhythm & { at: Instant }) | undefined,
  { at }: { at: Instant },
  isMoved: boolean,
  intervalMs: number,
): [ms: number, endedAt: Instant][] {
  if (last?.stuckSince === undefined || !isMoved || at - last.at > 2 * intervalMs) return []
  const ms = at - last.stuckSince
  return ms >= WINDOW_COMMITS * intervalMs ? [[ms, at]] : []
}

/** What is usual by the waits that have ended lately; nothing if none was longer than a window. */
export function usualWait(waits: Rhythm['waits'] = [], now: Instant, intervalMs: number): { rhythmMs?: number } {
  const lately = waits.filter(([, endedAt]) => now - endedAt <= REMEMBERED_MS).map(([ms]) => ms)
  const [one, other] = lately
  if (one === undefined) return {}
  if (other !== undefined) return { rhythmMs: Math.min(one, other) }
  return one <= MOST_ONCE * WINDOW_COMMITS * intervalMs ? { rhythmMs: one } : {}
}
