import type { RunResult } from '../kind.ts'
import type { CheckFault } from '../words.ts'

/** How long what ends one day, such as a certificate, must go on, or the target is degraded, or down; ms. */
export interface Remaining {
  degradedMs?: number
  downMs?: number
}

/** What comes of the milliseconds that are left. `ends` tells them, with the limit that they are below. */
export function outcomeByRemaining(
  { downMs = 0, degradedMs = 0 }: Remaining,
  inMs: number,
  ends: (limitMs?: number) => CheckFault,
): RunResult {
  if (inMs < downMs) return { outcome: 'down', fault: ends(downMs) }
  if (inMs < degradedMs) return { outcome: 'degraded', fault: ends(degradedMs) }
  return { outcome: 'up', fault: ends() }
}
