import type { PhoneKeys } from '../../contracts/phone-keys.ts'
import { passKey, snoozeKey, takeKey } from '../voice/decision-keys.ts'

/** The keys of calls by Amazon Connect: the contact flow's menus take and name them. */
export const connectKeys: PhoneKeys = [
  { ...takeKey, offered: ['one', 'count', 'list'] },
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
  { ...snoozeKey, offered: [] },
  { ...passKey, offered: ['one', 'list'] },
]
