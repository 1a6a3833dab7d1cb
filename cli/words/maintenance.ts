import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Planned work: what matches pages nobody, and is left out of uptime and hatched in charts',
  add: 'Plan work, or begin it: once. What comes again each week stands in fenghuo.yml',
  ls: 'The windows that count, now or later: those of fenghuo.yml, and those that were added',
  end: 'End one that was added: what still burns pages at once',
  check: 'pay/web, or web with --project pay; again for further ones',
  project: 'all that is of this project, or that of which --check is',
  dependents: 'also each check that depends on one of those, however far',
  from: '`18:00` and `Sat 18:00` are the next one; or "2026-12-05 18:00" (default: now)',
  to: 'likewise',
  comment: 'what is done, for whoever finds it',
  notes:
    'Probes go on, and what they see is kept. Ten minutes before the end of a long one the group hears what still burns; at its end that pages.',
  sample: 'database upgrade',
  head: ['ID', 'MATCHES', 'FROM', 'UNTIL', 'BY', 'COMMENT'],
  now: 'now',
  none: 'No maintenance is planned.',
  made: (id: string, from: string, until: string, matches: string) => `${id} from ${from} until ${until}: ${matches}`,
  ended: (id: string) => `${id} is over. What still burns pages now.`,
  configUnread: (why: string) => `windows of fenghuo.yml are not listed: ${why}`,
}

const zh: typeof en = {
  about: '计划内的维护：匹配的不呼叫任何人，不计入可用率，图上画斜线',
  add: '安排一次维护，或立即开始；每周重复的写在 fenghuo.yml 里',
  ls: '现在或以后生效的维护时段：fenghuo.yml 里的，以及添加的',
  end: '立即结束一个添加的维护：仍未恢复的马上呼叫',
  check: 'pay/web，或 web 加 --project pay；可写多次',
  project: '这个项目的一切，或 --check 所属的项目',
  dependents: '也包括依赖这些检查的检查，不论隔几层',
  from: '`18:00`、`Sat 18:00` 指最近的一个；或 "2026-12-05 18:00"（默认：现在）',
  to: '写法同上',
  comment: '做什么，写给看到它的人',
  notes: '探测照常进行，所见照常保存。较长的维护结束前 10 分钟，群里会收到仍未恢复的告警；结束时开始呼叫。',
  sample: '数据库升级',
  head: ['ID', '匹配', '从', '到', '由', '说明'],
  now: '现在',
  none: '没有安排维护。',
  made: (id, from, until, matches) => `${id}，从 ${from} 到 ${until}：${matches}`,
  ended: (id) => `${id} 已结束，仍未恢复的现在开始呼叫。`,
  configUnread: (why) => `没有列出 fenghuo.yml 里的时段：${why}`,
}

export const maintenanceWords: Record<Language, typeof en> = { en, zh }
