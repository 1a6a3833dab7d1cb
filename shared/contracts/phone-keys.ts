import type { Language } from './words.ts'

/**
 * What pressing a key does: `acknowledge` takes all that the call is about, `pass` hands it to the next layer at once, `list` tells
 * each of several incidents, `repeat` says again what was said.
 */
export type KeyEvent = 'acknowledge' | 'pass' | 'list' | 'repeat'

/** What is decided for all incidents of a call when a key is pressed; `undecided`: nothing yet, the call goes on. */
export type KeyOutcome = 'acknowledged' | 'passed' | 'undecided'

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

/** The keys of a call, in the order in which menus name them. */
export const phoneKeys = [
  {
    key: '1',
    event: 'acknowledge',
    outcome: 'acknowledged',
    menu: { zh: '认领', en: 'take it' },
    menuOfAll: { zh: '全部认领', en: 'take all' },
    offered: ['one', 'count', 'list'],
  },
  {
    key: '2',
    event: 'repeat',
    outcome: 'undecided',
    menu: { zh: '重听', en: 'repeat' },
    offered: ['one', 'list'],
  },
  {
    key: '3',
    event: 'list',
    outcome: 'undecided',
    menu: { zh: '逐个收听', en: 'hear each' },
    offered: ['count'],
  },
  {
    key: '9',
    event: 'pass',
    outcome: 'passed',
    menu: { zh: '转给下一位', en: 'pass it on' },
    menuOfAll: { zh: '转给下一位', en: 'pass them on' },
    offered: ['one', 'list'],
  },
] as const satisfies readonly PhoneKey[]
