import type { Proof } from '../../contracts/reach.ts'
import type { Language } from '../../contracts/words.ts'

/** What the page of who is on call says by itself. */
export interface OnCallWords {
  none: string
  now: string
  next: string
  nobody: string
  nobodyElse: string
  until: (time: string) => string
  calendar: string
  weekdays: string[]
  gaps: (count: number) => string
  gap: (from: string, to: string) => string
  noGaps: string
  load: string
  hours: (hours: number, percent: number) => string
  overrides: string
  noOverrides: string
  how: string
  made: (by: string) => string
  written: string
  subscribe: string
  reach: string
  reachAbout: string
  person: string
  never: string
  proofs: Record<Proof, string>
  without: string
  ownTimes: (zone: string) => string
}

const zh: OnCallWords = {
  none: '没有排班：在 oncall.yml 里写 schedules，再执行 bin/fenghuo.js apply。',
  now: '现在',
  next: '下一位',
  nobody: '无人值班',
  nobodyElse: '没有别人',
  until: (time) => `至 ${time}`,
  calendar: '未来四周',
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  gaps: (count) => `四周内有 ${count} 处无人值班`,
  gap: (from, to) => `${from} 至 ${to}`,
  noGaps: '四周内一直有人值班。',
  load: '四周内各人的值班时间',
  hours: (hours, percent) => `${hours} 小时，${percent}%`,
  overrides: '替班',
  noOverrides: '没有替班。',
  how: '这里显示的就是呼叫时用的；bin/fenghuo.js override 也能安排替班、换班和休假。',
  made: (by) => `由 ${by} 安排`,
  written: '写在 oncall.yml',
  subscribe: '订阅日历（iCalendar）',
  reach: '能否找到人',
  reachAbout: '最近 90 天每个人的每个渠道最后一次确实有效的时间，从告警单的记录看出。',
  person: '联系人',
  never: '从未',
  proofs: { key: '按了键', answered: '接了电话', arrived: '已送达', sent: '厂商已受理' },
  without: '无',
  ownTimes: (zone) => `排班按 ${zone} 交接。`,
}

const en: OnCallWords = {
  none: 'No schedules: write schedules in oncall.yml and run bin/fenghuo.js apply.',
  now: 'Now',
  next: 'Next',
  nobody: 'nobody',
  nobodyElse: 'nobody else',
  until: (time) => `until ${time}`,
  calendar: 'Four weeks ahead',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  gaps: (count) => `Nobody is on call ${count === 1 ? 'once' : `${count} times`} in the next four weeks`,
  gap: (from, to) => `${from} to ${to}`,
  noGaps: 'Somebody is on call all of the next four weeks.',
  load: 'On call in the next four weeks',
  hours: (hours, percent) => `${hours} h, ${percent}%`,
  overrides: 'Overrides',
  noOverrides: 'No overrides.',
  how: 'What is shown here is what pages go by; bin/fenghuo.js override makes stand-ins, swaps and leave, too.',
  made: (by) => `made by ${by}`,
  written: 'in oncall.yml',
  subscribe: 'Subscribe (iCalendar)',
  reach: 'Who can be reached',
  reachAbout:
    'When each channel of each person last proved to work in the last 90 days, by what incidents have recorded.',
  person: 'contact',
  never: 'never',
  proofs: { key: 'pressed a key', answered: 'answered', arrived: 'delivered', sent: 'taken by the vendor' },
  without: 'none',
  ownTimes: (zone) => `It hands over by ${zone}.`,
}

export const onCallWords: Record<Language, OnCallWords> = { zh, en }
