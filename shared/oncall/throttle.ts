import { parseDuration } from '../contracts/duration.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import type { Contact } from './plan.ts'

/** At most so many calls, or messages, in any so many ms. */
export interface Throttle {
  calls: number
  ms: number
}

const pattern = /^([1-9]\d{0,2})\/(\d+(?:\.\d+)?(?:m|h|d))$/

const LEAST_MS = 60_000
const MOST_MS = 86_400_000

/** Reads `4/1h`; undefined for what is none, or for less than a minute or more than a day. */
export function throttleIn(text: string): Throttle | undefined {
  const [, calls, time = ''] = pattern.exec(text) ?? []
  const ms = parseDuration(time)
  return ms === undefined || ms < LEAST_MS || ms > MOST_MS ? undefined : { calls: Number(calls), ms }
}

/** How often somebody wants to be reached by a channel at most; undefined: as often as need be. */
export function throttleOf({ atMost }: Contact, reach: PersonalReach): Throttle | undefined {
  const text = atMost?.[reach]
  return text === undefined ? undefined : throttleIn(text)
}
