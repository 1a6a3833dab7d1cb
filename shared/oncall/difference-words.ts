import type { Language } from '../contracts/words.ts'

/** A list and never a function: an object that has it is no promise. */
export const FALLBACKS = 'then'

/** The keys of oncall.yml as they are written in it, but where a key's own name says too little. */
const enKeys = {
  name: 'name',
  phone: 'phone',
  otherPhones: 'otherPhones',
  email: 'email',
  language: 'language',
  channels: 'channels',
  atMost: 'atMost',
  quiet: 'quiet',
  timezone: 'timezone',
  holidays: 'holidays',
  rotation: 'rotation',
  handoff: 'handoff',
  start: 'start',
  during: 'during',
  from: 'from',
  until: 'until',
  [FALLBACKS]: 'if nobody',
  atHandoff: 'at hand-off',
  keep: 'until the shift ends',
  note: 'note',
  made: 'by',
  off: 'off',
  working: 'working',
}

const en = {
  contact: 'contact',
  schedule: 'schedule',
  override: 'override',
  calendar: 'calendar',
  none: '(none)',
  another: (shown: string) => `another ${shown}`,
  layer: (number: number) => `layer ${number}`,
  colon: ': ',
  comma: ', ',
  keys: enKeys,
}

const zh: typeof en = {
  contact: '联系人',
  schedule: '排班',
  override: '替班',
  calendar: '日历',
  none: '（无）',
  another: (shown) => `另一个 ${shown}`,
  layer: (number) => `第 ${number} 层`,
  colon: '：',
  comma: '，',
  keys: {
    name: '姓名',
    phone: '电话',
    otherPhones: '其他电话',
    email: '邮箱',
    language: '语言',
    channels: '渠道',
    atMost: '至多',
    quiet: '免打扰',
    timezone: '时区',
    holidays: '节假日',
    rotation: '轮换',
    handoff: '交接',
    start: '开始',
    during: '时段',
    from: '自',
    until: '到',
    [FALLBACKS]: '无人时',
    atHandoff: '交接时',
    keep: '值完这一班',
    note: '备注',
    made: '由',
    off: '休',
    working: '班',
  },
}

export type DifferenceWords = typeof en

/** The words of a difference in people. */
export const differenceWords: Record<Language, DifferenceWords> = { en, zh }
