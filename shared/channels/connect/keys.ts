import type { PhoneKeys } from '../../contracts/phone-keys.ts'

/** The keys of calls by Amazon Connect: the contact flow's menus take and name them. */
export const connectKeys: PhoneKeys = [
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
    key: '4',
    event: 'snooze',
    outcome: 'snoozed',
    menu: { zh: '认领一小时', en: 'take it for an hour' },
    offered: [],
  },
  {
    key: '9',
    event: 'pass',
    outcome: 'passed',
    menu: { zh: '转给下一位', en: 'pass it on' },
    menuOfAll: { zh: '转给下一位', en: 'pass them on' },
    offered: ['one', 'list'],
  },
]
