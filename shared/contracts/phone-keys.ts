import type { Language } from './words.ts'

/**
 * What pressing a key does: `acknowledge` takes all that the call is about, `snooze` for `KEY_SNOOZE_MS`, `pass` hands it to the next
 * layer at once, `list` tells each of several incidents, `repeat` says again what was said.
 */
export type KeyEvent = 'acknowledge' | 'snooze' | 'pass' | 'list' | 'repeat'

/** For how long a key snoozes, ms. */
export const KEY_SNOOZE_MS = 3_600_000

/** What a key may decide for all incidents of a call. */
export const decisions = ['acknowledged', 'snoozed', 'passed'] as const

/** What is decided when a key is pressed; `undecided`: nothing yet, the call goes on. */
export type KeyOutcome = (typeof decisions)[number] | 'undecided'

/** The menus of a call: about its one incident, about how many there are, and after each of those was told. */
export type KeyMenu = 'one' | 'count' | 'list'

/** A key of a call. It may be pressed in every menu, also in those that do not offer it. */
export interface PhoneKey {
  /** One of 0–9, * and #. */
  key: string
  event: KeyEvent
  outcome: KeyOutcome
  /** `Press 1 to …`, `…请按1`. */
  menu: Record<Language, string>
  /** The same of several incidents, where that is said in another way. */
  menuOfAll?: Record<Language, string>
  offered: readonly KeyMenu[]
}

/** The keys that the calls of one kind of voice route take, in the order in which menus name them. */
export type PhoneKeys = readonly PhoneKey[]

/** What somebody decided by a key of their call; `none`: its menus ended without one. */
export type KeyDecision = Exclude<KeyOutcome, 'undecided'> | 'none'

/** The key that does something in the calls of a route, for texts that name it. Throws if none does. */
export function keyOf(keys: PhoneKeys, event: KeyEvent): string {
  const row = keys.find((one) => one.event === event)
  if (row === undefined) throw new Error(`no key does ${event}`)
  return row.key
}

/** What a key means in the calls of a route; undefined: they don't take it. */
export function keyIn(keys: PhoneKeys, key: string): PhoneKey | undefined {
  return keys.find((row) => row.key === key)
}
