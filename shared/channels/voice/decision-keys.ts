import type { PhoneKey } from '../../contracts/phone-keys.ts'

type Decision = Omit<PhoneKey, 'offered'>

/** What a call may decide: by the same key and in the same words, whichever route places it. */

export const takeKey: Decision = {
  key: '1',
  event: 'acknowledge',
  outcome: 'acknowledged',
  menu: { zh: '认领', en: 'take it' },
  menuOfAll: { zh: '全部认领', en: 'take all' },
}

export const snoozeKey: Decision = {
  key: '4',
  event: 'snooze',
  outcome: 'snoozed',
  menu: { zh: '认领一小时', en: 'take it for an hour' },
}

export const passKey: Decision = {
  key: '9',
  event: 'pass',
  outcome: 'passed',
  menu: { zh: '转给下一位', en: 'pass it on' },
  menuOfAll: { zh: '转给下一位', en: 'pass them on' },
}
