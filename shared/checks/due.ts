import type { CompiledCheck } from '../config/compiled.ts'
import type { Instant } from '../contracts/words.ts'

const MINUTE_MS = 60_000
const SLOT_MS = 10_000

/** Checks that start together, `afterMs` milliseconds after the run's start. */
export interface SubRun {
  afterMs: number
  checks: CompiledCheck[]
}

/** Whether checks can run at this interval: whole minutes, or 10, 20 or 30 seconds. */
export function isInterval(ms: number): boolean {
  return ms > 0 && (ms < MINUTE_MS ? ms % SLOT_MS === 0 && MINUTE_MS % ms === 0 : ms % MINUTE_MS === 0)
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

function isDue({ id, intervalMs }: CompiledCheck, minute: number, afterMs: number): boolean {
  if (intervalMs < MINUTE_MS) return afterMs % intervalMs === (hash(id) % (intervalMs / SLOT_MS)) * SLOT_MS
  const minutes = Math.floor(intervalMs / MINUTE_MS)
  return afterMs === 0 && minute % minutes === hash(id) % minutes
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}
