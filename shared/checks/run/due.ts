import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'

const SLOT_MS = 10_000

/** Checks that start together, `afterMs` milliseconds after the run's start. */
export interface SubRun {
  afterMs: number
  checks: CompiledCheck[]
}

/** Whether checks can run at this interval: a multiple of 10 seconds. */
export function isInterval(ms: number): boolean {
  return ms > 0 && ms % SLOT_MS === 0
}

/**
 * What to run in the minute of `at`. The first sub-run is at once, even without any check: its report is the probe's
 * heartbeat. Checks of one interval are spread over it by a hash of their ids, the same in every run.
 */
export function dueSubRuns(checks: CompiledCheck[], at: Instant): SubRun[] {
  const minute = Math.floor(at / MINUTE_MS)
  const subRuns: SubRun[] = []
  for (let afterMs = 0; afterMs < MINUTE_MS; afterMs += SLOT_MS) {
    const due = checks.filter((check) => isDue(check, minute, afterMs))
    if (afterMs === 0 || due.length > 0) subRuns.push({ afterMs, checks: due })
  }
  return subRuns
}

/** A check of whole minutes starts with its run; others may keep the function awake until their slot comes. */
function isDue({ id, intervalMs }: CompiledCheck, minute: number, afterMs: number): boolean {
  const isWholeMinutes = intervalMs % MINUTE_MS === 0
  if (isWholeMinutes && afterMs > 0) return false
  const slotMs = isWholeMinutes ? MINUTE_MS : SLOT_MS
  const slot = (minute * MINUTE_MS + afterMs) / slotMs
  const slots = intervalMs / slotMs
  return slot % slots === hash(id) % slots
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}
