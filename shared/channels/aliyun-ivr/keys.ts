import type { PhoneKeys } from '../../contracts/phone-keys.ts'

/** The keys that an IVR call takes: one may be pressed, and its words end the call. The opening text repeats by itself. */
export const ivrKeys: PhoneKeys = [
  {
    key: '1',
    event: 'acknowledge',
    outcome: 'acknowledged',
    menu: { zh: '认领', en: 'take it' },
    menuOfAll: { zh: '全部认领', en: 'take all' },
    offered: ['one', 'count'],
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
    offered: ['one', 'count'],
  },
]
