import { type KeyEvent, phoneKeys } from './phone-keys.ts'

type Row = (typeof phoneKeys)[number]

/** A key that decides something: the phone line is told of it. */
export type DecidingKey = Extract<Row, { event: 'acknowledge' | 'pass' }>['key']
export const decidingKeys = keysOf('acknowledge', 'pass') as DecidingKey[]

/** A key of which the acknowledge function is told. */
export type AskedKey = Exclude<Row, { event: 'repeat' }>['key']
export const askedKeys = keysOf('acknowledge', 'pass', 'list') as AskedKey[]

/** The key that takes an incident. */
export const ACKNOWLEDGE_KEY = keysOf('acknowledge')[0]

/** What a key does; undefined for one that this version doesn't have. */
export function keyEventOf(key: AskedKey): KeyEvent | undefined {
  return phoneKeys.find((row) => row.key === key)?.event
}

function keysOf(...events: KeyEvent[]): string[] {
  return phoneKeys.filter(({ event }) => events.includes(event)).map(({ key }) => key)
}
