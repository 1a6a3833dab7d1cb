import type { Language } from '../../contracts/words.ts'
import type { phaseNames } from '../../evaluation/history.ts'
import { maintenanceWord } from './maintenance.ts'

/** What the pages of checks say by themselves. */
export interface ChecksWords {
  none: string
  all: (count: number) => string
  verdicts: (counts: { down: number; degraded: number; unknown: number; up: number }) => string
  uptime: (countsMaintenance: boolean) => string
  days: (days: number) => string
  /** How much of it is known: less than it is called. */
  judged: (count: number, unit: 'hours' | 'days') => string
  judgedSince: (day: string) => string
  certificate: (left: string, day: string) => string
  certificateOver: (ago: string, day: string) => string
  certificateSoon: string
  usual: (median: string, p95: string) => string
  hours: (up: number, known: number) => string
  hour: (time: string, share: string, runs: number) => string
  since: (time: string) => string
  nobody: string
  span: string
  spans: Record<'day' | 'week' | 'month', string>
  byVantage: string
  around: string
  phase: Record<(typeof phaseNames)[number] | 'whole', string>
  phases: string
  scale: (highest: string) => string
  band: string
  window: string
  trouble: string
  p95: string
  nothing: string
  reading: string
  zoom: string
  looks: Record<'closer' | 'earlier' | 'later' | 'whole', string>
  time: string
  share: (share: string) => string
  now: string
  matrix: string
  city: string
  incidents: string
  noIncidents: string
  silent: (ago: string) => string
  more: (count: number) => string
}

const zh: ChecksWords = {
  none: '没有检查：在 fenghuo.yml 的 projects 下写上要观测的。',
  all: (count) => `${count} 项检查`,
  verdicts: ({ down, degraded, unknown, up }) =>
    [
      down > 0 && `${down} 项不可用`,
      degraded > 0 && `${degraded} 项变慢`,
      unknown > 0 && `${unknown} 项未知`,
      up > 0 && `${up} 项正常`,
    ]
      .filter(Boolean)
      .join('，'),
  uptime: (countsMaintenance) => (countsMaintenance ? '可用率（计入维护时段）' : '可用率（不计维护时段）'),
  days: (days) => (days === 1 ? '24 小时' : `${days} 天`),
  judged: (count, unit) => `${count} ${unit === 'hours' ? '小时' : '天'}内`,
  judgedSince: (day) => `自 ${day} 起有数据。`,
  certificate: (left, day) => `证书还有 ${left}到期（${day}）`,
  certificateOver: (ago, day) => `证书已过期 ${ago}（${day}）`,
  certificateSoon: '临近到期',
  usual: (median, p95) => `p50 ${median}，p95 ${p95}`,
  hours: (up, known) => `最近 24 小时中有数据的 ${known} 小时，${up} 小时完全正常`,
  hour: (time, share, runs) => `${time}：${share}，${runs} 次`,
  since: (time) => `自 ${time}`,
  nobody: '没有探针运行它：任务自己上报。',
  span: '时间范围',
  spans: { day: '24 小时', week: '7 天', month: '30 天' },
  byVantage: '各观测点的耗时',
  around: '前后各观测点的耗时',
  phase: { dns: '域名解析', connect: '建立连接', tls: 'TLS', firstByte: '首字节', download: '下载', whole: '全部' },
  phases: '阶段',
  scale: (highest) => `纵轴至 ${highest}`,
  band: '平常范围',
  window: maintenanceWord.zh,
  trouble: '告警单',
  p95: 'p95',
  nothing: '这段时间没有数据。',
  reading: '各观测点以往所见还在读取，本页自动更新后即有。',
  zoom: '拖选一段即可放大，双击还原。',
  looks: { closer: '放大', earlier: '往前', later: '往后', whole: '看全部' },
  time: '时间',
  share: (share) => `可用 ${share}`,
  now: '此刻所见',
  matrix: '城市与运营商',
  city: '城市',
  incidents: '这段时间的告警单',
  noIncidents: '没有告警单。',
  silent: (ago) => `${ago}前`,
  more: (count) => `另有 ${count} 个观测点，见上文`,
}

const en: ChecksWords = {
  none: 'No checks: write below projects in fenghuo.yml what is to be observed.',
  all: (count) => `${count} ${count === 1 ? 'check' : 'checks'}`,
  verdicts: ({ down, degraded, unknown, up }) =>
    [
      down > 0 && `${down} down`,
      degraded > 0 && `${degraded} degraded`,
      unknown > 0 && `${unknown} unknown`,
      up > 0 && `${up} OK`,
    ]
      .filter(Boolean)
      .join(', '),
  uptime: (countsMaintenance) => (countsMaintenance ? 'Uptime, maintenance included' : 'Uptime, maintenance left out'),
  days: (days) => (days === 1 ? '24 h' : `${days} days`),
  judged: (count, unit) => `in ${count} ${unit === 'hours' ? 'h' : count === 1 ? 'day' : 'days'}`,
  judgedSince: (day) => `Known since ${day}.`,
  certificate: (left, day) => `certificate expires in ${left} (${day})`,
  certificateOver: (ago, day) => `certificate expired ${ago} ago (${day})`,
  certificateSoon: 'EXPIRES SOON',
  usual: (median, p95) => `p50 ${median}, p95 ${p95}`,
  hours: (up, known) => `${up} of the ${known} hours of the last 24 that have data were all OK`,
  hour: (time, share, runs) => `${time}: ${share}, ${runs} runs`,
  since: (time) => `since ${time}`,
  nobody: 'No probe runs it: its job reports by itself.',
  span: 'Time span',
  spans: { day: '24 hours', week: '7 days', month: '30 days' },
  byVantage: 'Latency from each vantage',
  around: 'Latency around it, from each vantage',
  phase: { dns: 'DNS', connect: 'connect', tls: 'TLS', firstByte: 'first byte', download: 'download', whole: 'all' },
  phases: 'phase',
  scale: (highest) => `Scale up to ${highest}`,
  band: 'what is usual',
  window: maintenanceWord.en,
  trouble: 'incident',
  p95: 'p95',
  nothing: 'There is no data of this time.',
  reading: 'What the vantages have seen until now is still being read: it is there once this page renews itself.',
  zoom: 'Drag over a stretch to look closer, double-click for the whole.',
  looks: { closer: 'Closer', earlier: 'Earlier', later: 'Later', whole: 'Show the whole' },
  time: 'time',
  share: (share) => `up ${share}`,
  now: 'Seen now',
  matrix: 'City by carrier',
  city: 'city',
  incidents: 'Incidents in this time',
  noIncidents: 'None.',
  silent: (ago) => `${ago} ago`,
  more: (count) => `${count} more ${count === 1 ? 'vantage' : 'vantages'}, see above`,
}

export const checksWords: Record<Language, ChecksWords> = { zh, en }
