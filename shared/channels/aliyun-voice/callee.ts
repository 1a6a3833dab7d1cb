import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { CalleeLimits, CallWindow } from '../channel.ts'

/**
 * What the vendor takes of calls to one number unless a ticket has raised it. The rule is written for notices; that of IVR calls is
 * nowhere stated, so the same is kept within. Two requests for one callee within a second block both: twice as long is kept off.
 */
export const perCallee: CalleeLimits = {
  of: 'aliyun-voice',
  windows: [
    { calls: 1, ms: MINUTE_MS },
    { calls: 5, ms: HOUR_MS },
    { calls: 20, ms: DAY_MS },
  ],
  gapMs: 2_000,
}

/** What a configuration says of calls and of the key, whichever the kind of call. */
export interface CalledSettings {
  perCallee?: { minute: number; hour: number; day: number } | undefined
  keyId: string
  keySecret: string
}

/** How often one number may be called, as the settings have it. */
export function calleeWindows({ perCallee: raised }: CalledSettings): CallWindow[] {
  if (raised === undefined) return perCallee.windows
  return [
    { calls: raised.minute, ms: MINUTE_MS },
    { calls: raised.hour, ms: HOUR_MS },
    { calls: raised.day, ms: DAY_MS },
  ]
}

/** The vendor takes 11 digits for a mobile, and 0 with an area code for a landline. */
export function mainlandNumber(phone: string): string {
  const local = phone.replace(/^\+86/, '')
  return /^1\d{10}$/.test(local) ? local : `0${local}`
}
