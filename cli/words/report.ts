import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'What a time on call was like: pages, nights, times to answer, what was noisy, and what is ahead',
  since: 'since when: 7d, 12h, or a date',
  project: 'of this project alone',
  notes: `Nights are 22:00 to 08:00 by the clock of whoever was paged. Evenness is Jain's index of the night pages: 100 % when everybody had as
many, 1/n when always the same of n. What is over for more than 180 days is forgotten.`,
  notWhole: 'there are more incidents than are looked through: ask for a shorter time',
  title: (from: string, to: string, zone: string) => `From ${from} to ${to} (${zone})`,
  incidents: (bySeverity: string, open: number) => `Incidents: ${bySeverity || 'none'}; not over: ${open}`,
  pages: (pages: number, calls: number, exhausted: number) =>
    `Pages: ${pages}, calls that rang: ${calls}; incidents that nobody answered: ${exhausted}`,
  acknowledged: (times: string) => `Time to acknowledge: ${times}`,
  resolved: (times: string) => `Time to resolve: ${times}`,
  times: (count: number, mean: string, median: string) => `mean ${mean}, median ${median} (of ${count})`,
  none: 'none',
  peopleHead: ['WHO', 'PAGES', 'AT NIGHT', 'CALLS', 'TAKEN'],
  evenness: (percent: number) => `Evenness of the nights: ${percent} %`,
  noisyHead: ['PROJECT', 'NOISIEST', 'INCIDENTS', 'PAGES', 'AT NIGHT'],
  silence: (id: string, matches: string, by: string, comment: string, until: string) =>
    `Silence ${id} until ${until}: ${matches} (${by}: ${comment})`,
  gap: (schedule: string, from: string, to: string, zone: string) =>
    `Nobody is on call in ${schedule} from ${from} to ${to} (${zone})`,
  nothingAhead: 'Ahead: no silence, and no gap within four weeks.',
}

const zh: typeof en = {
  about: '一段时间的值班情况：呼叫、夜间、响应时长、谁最吵，以及今后要注意的',
  since: '从何时起：7d、12h，或日期',
  project: '只看这个项目',
  notes: `夜间指被呼叫者当地 22:00 到 08:00。均衡度是夜间呼叫的 Jain 指数：人人相同为 100 %，n 人中总是同一人为 1/n。
结束超过 180 天的已不再保存。`,
  notWhole: '告警单太多，没有全部看完：请缩短时间',
  title: (from, to, zone) => `${from} 到 ${to}（${zone}）`,
  incidents: (bySeverity, open) => `告警单：${bySeverity || '没有'}；未结束：${open}`,
  pages: (pages, calls, exhausted) => `呼叫：${pages} 次，响铃 ${calls} 通；无人认领的告警单：${exhausted}`,
  acknowledged: (times) => `认领用时：${times}`,
  resolved: (times) => `结束用时：${times}`,
  times: (count, mean, median) => `平均 ${mean}，中位 ${median}（共 ${count}）`,
  none: '没有',
  peopleHead: ['谁', '呼叫', '夜间', '响铃', '认领'],
  evenness: (percent) => `夜间均衡度：${percent} %`,
  noisyHead: ['项目', '最吵的', '告警单', '呼叫', '夜间'],
  silence: (id, matches, by, comment, until) => `静默 ${id} 到 ${until}：${matches}（${by}：${comment}）`,
  gap: (schedule, from, to, zone) => `${schedule} 从 ${from} 到 ${to} 无人值班（${zone}）`,
  nothingAhead: '今后四周没有空档，也没有静默。',
}

/** The words of `report`. */
export const reportWords: Record<Language, typeof en> = { en, zh }
