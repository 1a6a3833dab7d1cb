import { DAY_MS } from '../contracts/milliseconds.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { swapKey } from './keys.ts'
import { held, stateIn, statesIn } from './shape.ts'

/** Wall-clock times of a schedule, `YYYY-MM-DD HH:MM`. */
export interface Turn {
  from: string
  to: string
}

/** That somebody has asked another to take a turn of theirs, and takes one of the other's for it. */
export interface Swap {
  id: string
  schedule: string
  /** Contacts. */
  by: string
  to: string
  /** What `to` is to take. */
  mine: Turn
  /** What `by` takes for it. Absent: nothing. */
  yours?: Turn
  note?: string
  at: Instant
  /** It can be accepted until then. */
  until: Instant
  /** Who is on call in both turns as it was asked: who accepts is to get what they were shown. */
  shifts: string
  state: 'asked' | 'accepted' | 'declined' | 'withdrawn'
  answered?: { at: Instant; by: string }
  /**
   * Somebody has begun to accept it: its overrides may be made, all or some, though it is still asked. `isStopped`: what is left of them cannot be
   * made any more, somebody has begun to take them back, or may have in the region where it was accepted.
   */
  accepting?: { at: Instant; by: string; letter: string; isStopped?: true }
  /** Of all letters that were put on their way to say so, the one that does. */
  letter?: string
  /** Somebody answers it at this moment: nobody else does until then. */
  busyUntil?: Instant
}

/** The version, and form, in which it is kept. */
export const swapShape: Shape<Swap> = { current: 1 }

/** Looked up for so long after it could be accepted, ms. */
const KEPT_MS = 30 * DAY_MS

/** Others may answer at the same moment. */
const ATTEMPTS = 5

/** Whether a swap waits for an answer. One that was half accepted does however late it is: it is to be accepted, or taken back, in full. */
export function isAnswerable({ state, until, accepting }: Swap, now: Instant): boolean {
  return state === 'asked' && (until > now || accepting !== undefined)
}

/** Whether somebody has accepted it, and died of it, or was not answered: nobody is at it any more. */
export function isLeftHalf({ state, accepting, busyUntil = 0 }: Swap, now: Instant): boolean {
  return state === 'asked' && accepting !== undefined && busyUntil <= now
}

/** Whether whoever looks at a swap finishes it. What was stopped waits for a press. */
export function isToFinish(swap: Swap, now: Instant): boolean {
  return isLeftHalf(swap, now) && swap.accepting?.isStopped !== true
}

/** The ask of an id; undefined for none, or one that is forgotten. */
export async function readSwap(id: string, { incidents }: Pick<StoreIo, 'incidents'>): Promise<Swap | undefined> {
  return stateIn(await incidents.get(swapKey(id)), swapShape, incidents)
}

/** Every ask that is not forgotten, the newest first. One that cannot be read is left out, and the log says so. */
export async function readSwaps(io: Pick<StoreIo, 'incidents' | 'log'>): Promise<Swap[]> {
  const rows = await io.incidents.query(swapKey('').pk, '')
  return statesIn(rows, swapShape, io.incidents, io.log)
    .map(({ state }) => state)
    .toSorted((one, other) => other.at - one.at)
}

/**
 * Makes, or changes, the ask of an id; `change` gets it as it is now, and gives undefined to leave it. Resolves with whether it was
 * changed. Rejects if others always come first.
 */
export async function changeSwap(
  id: string,
  change: (swap: Swap | undefined) => Swap | undefined,
  { incidents }: Pick<StoreIo, 'incidents'>,
): Promise<boolean> {
  const key = swapKey(id)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await incidents.get(key)
    const swap = change(stateIn(row, swapShape, incidents))
    if (swap === undefined) return false
    const version = row?.version ?? 0
    const expiresAt = Math.floor((swap.until + KEPT_MS) / 1000)
    const written = { ...key, ...held(swap, swapShape), version: version + 1, expiresAt }
    if (await incidents.putIfVersion(written, version)) return true
  }
  throw new Error(`Others keep changing swap ${id}`)
}
