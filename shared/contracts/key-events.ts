import { type KeyEvent, type KeyOutcome, phoneKeys } from './phone-keys.ts'

type Row = (typeof phoneKeys)[number]

/** A key that decides something: the phone line is told of it. */
export type DecidingKey = Exclude<Row, { outcome: 'undecided' }>['key']
export const decidingKeys = keysWhere(({ outcome }) => outcome !== 'undecided') as DecidingKey[]

/** A key of which the acknowledge function is told. */
export type AskedKey = Exclude<Row, { event: 'repeat' }>['key']
export const askedKeys = keysWhere(({ event }) => event !== 'repeat') as AskedKey[]

/** The key that takes an incident. */
export const ACKNOWLEDGE_KEY = keysWhere(({ event }) => event === 'acknowledge')[0]

/** What a key does; undefined for one that this version doesn't have. */
export function keyEventOf(key: AskedKey): KeyEvent | undefined {
  return phoneKeys.find((row) => row.key === key)?.event
}

/** What a key decides for the incidents of its call; a key that nothing is known of decides nothing. */
export function keyOutcomeOf(key: DecidingKey): KeyOutcome {
  return phoneKeys.find((row) => row.key === key)?.outcome ?? 'undecided'
}

function keysWhere(is: (row: Row) => boolean): string[] {
  return phoneKeys.filter(is).map(({ key }) => key)
}
