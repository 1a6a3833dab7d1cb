import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Availability, addUp, dayOf } from '../../evaluation/history.ts'

/** The stretches, in days, over which availability is told; the first is the last 24 hours, the others are days by UTC, today's included. */
export const uptimeDays = [1, 7, 30, 90] as const

/** What is known of an hour, or of a day, that began at a time. */
export type Part = Availability & { at: Instant }

/** How available something was, and over how much: of 90 days that are asked for only one may have been looked at. */
export interface Uptime {
  share: number
  /** When the first hour, or day, began of which something is known. */
  since: Instant
  /** Of how many hours (of the last 24) or days something is known. */
  judged: number
}

/** Over some hours, or days, seen from one vantage or several; undefined where nothing is known. */
export function uptimeOver(parts: Part[]): Uptime | undefined {
  const share = shareOf(parts)
  if (share === undefined) return undefined
  const begins = new Set(parts.filter(({ knownMs }) => knownMs > 0).map(({ at }) => at))
  return { share, since: Math.min(...begins), judged: begins.size }
}

/** The day since which something is known, where that is less than the longest stretch; `uptime` by `uptimeDays`. */
export function knownSince(uptime: (Uptime | undefined)[], now: Instant): Instant | undefined {
  const { since } = uptime.at(-1) ?? {}
  const longest = Math.max(...uptimeDays)
  return since !== undefined && since > dayOf(now) - (longest - 1) * DAY_MS ? since : undefined
}

/** Which share of the time something answered; undefined where nothing is known. */
export function shareOf(parts: Availability[]): number | undefined {
  const [sum] = addUp([parts.map(({ upMs, knownMs }) => ({ key: 0, upMs, knownMs }))])
  return sum === undefined || sum.knownMs === 0 ? undefined : sum.upMs / sum.knownMs
}
