import type { Delivery } from '../channels/channel.ts'
import { HOUR_MS, MINUTE_MS } from '../contracts/milliseconds.ts'
import type { Instant } from '../contracts/words.ts'
import type { Trouble } from '../messages/last-resort.ts'

/** A trouble that goes on is told to the same recipient again this often; who can't be told at all is tried this often. */
const AGAIN_MS = HOUR_MS

/** The first pause after a refusal for good; each further one is twice as long, up to the hour. */
const FIRST_PAUSE_MS = MINUTE_MS

/** Runs of a timer that fires each minute are not exactly a minute apart. */
const LEEWAY_MS = 5_000

/** What is remembered of one recipient. */
export interface LastResortEntry {
  /** By check. A message whose answer was lost counts: nobody is told twice. */
  notifiedAt: Readonly<Record<string, Instant>>
  /** No try before: a recipient is told once a minute at most. */
  notBefore: Instant
  /** Refusals for good, one after the other. */
  failures: number
}

/** By recipient, as long as the function's instance lives. */
export type LastResortLog = Map<string, LastResortEntry>

export const emptyEntry: LastResortEntry = { notifiedAt: {}, notBefore: Number.NEGATIVE_INFINITY, failures: 0 }

/** Filters `troubles` for those that the recipient is to be told at `at`: not told within the hour, and no pause runs. */
export function notYetNotified(
  { notifiedAt, notBefore }: LastResortEntry,
  troubles: Trouble[],
  at: Instant,
): Trouble[] {
  if (at < notBefore) return []
  return troubles.filter(({ check }) => at - (notifiedAt[check] ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS)
}

/** The entry of a recipient while a notice is being sent at `at`: no further try for a minute, so that runs beside this one wait. */
export const begun = (before: LastResortEntry, at: Instant): LastResortEntry => ({
  ...before,
  notBefore: at + FIRST_PAUSE_MS - LEEWAY_MS,
})

/** The entry of a recipient after a notice of `troubles`, sent at `at`, has ended as `delivery` says; the vendor answered at `now`. */
export function ended(
  before: LastResortEntry,
  troubles: Trouble[],
  at: Instant,
  delivery: Delivery,
  now: Instant,
): LastResortEntry {
  const { notBefore } = begun(before, at)
  if (delivery.status === 'retry') return { ...before, notBefore: Math.max(notBefore, now + delivery.afterMs) }
  if (delivery.status === 'failed' || delivery.status === 'shrink') {
    // Who was not tried for more than an hour has another trouble now, which starts anew.
    const failures = at - before.notBefore > AGAIN_MS ? 1 : before.failures + 1
    return { ...before, notBefore: at + pauseMs(failures) - LEEWAY_MS, failures }
  }
  const told = Object.fromEntries(troubles.map(({ check }) => [check, at]))
  return { notifiedAt: { ...before.notifiedAt, ...told }, notBefore, failures: 0 }
}

/** How long a recipient is left alone after so many failures: 1, 2, 4 … minutes, an hour at most. */
export function pauseMs(failures: number): number {
  return Math.min(AGAIN_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))
}
