import type { Language } from '../../contracts/words.ts'
import { type ConsoleResultWords, consoleResultWords } from './results.ts'

/** All that the pages of the console say by themselves; what happened is said by the words of messages and timelines. */
export interface ConsoleWords {
  other: string
  skip: string
  pages: Record<'now' | 'checks' | 'oncall' | 'silences' | 'inbound' | 'system' | 'demo' | 'phones', string>
  /** The pages about Fenghuo itself. */
  system: Record<'queues' | 'regions' | 'subscribers' | 'audit', string>
  /** The line at the foot of each page: in which zone its times are, and who looks at it. */
  times: (zone: string, offset: string) => string
  you: (name: string) => string
  notYou: string
  lost: string
  /** A table did not answer: what is shown is of a time. */
  old: (time: string) => string
  calm: string
  open: (count: number) => string
  /** Too much burns to be looked through, in all projects together, and nothing of it is theirs who looks. */
  unsure: string
  more: (count: number) => string
  next: string
  previous: string
  recent: string
  proof: string
  heard: (ago: string) => string
  neverHeard: string
  proven: string
  toldBy: (channel: string) => string
  heardFrom: (format: string, project: string) => string
  up: (up: number, all: number) => string
  since: (time: string, lasted: string) => string
  began: (time: string) => string
  details: string
  acknowledge: string
  acknowledgeAs: (name: string) => string
  /** Everything else that one may do, behind a line. */
  others: string
  snooze: (time: string) => string
  escalate: string
  handOver: string
  handOverTo: string
  silence: string
  endSilence: string
  resolve: string
  resolveAnyway: string
  giveBack: string
  note: string
  noteLabel: string
  takeAll: (count: number) => string
  tookSome: (taken: number, all: number) => string
  undo: string
  past: string
  changes: string
  exports: string
  outsiders: string
  history: string
  together: (count: number) => string
  left: (count: number) => string
  burning: string
  seenFrom: (up: number, all: number) => string
  timeline: string
  why: string
  facts: string
  source: string
  runbook: string
  links: string
  before: (number: number) => string
  after: (number: number) => string
  who: string
  whoAsked: string
  back: string
  notFound: string
  noSuchIncident: (number: string) => string
  noSuchCheck: (id: string) => string
  failed: string
  tooLong: (characters: number) => string
  notForeign: string
  expiredForm: string
  result: ConsoleResultWords
  late: (standing: string) => string
  changed: (standing: string) => string
  over: (standing: string) => string
  unmoved: (standing: string) => string
  stillBurning: (check: string, seen: string, since: string) => string
  silences: {
    none: string
    how: string
    state: Record<'now' | 'coming' | 'over', string>
    by: (name: string) => string
    quiet: string
    isOver: string
    everything: string
  }
}

const zh: ConsoleWords = {
  other: 'English',
  skip: '跳到正文',
  pages: {
    now: '现在',
    checks: '检查',
    oncall: '值班',
    silences: '静默',
    inbound: '接入',
    system: '系统',
    demo: '演示',
    phones: '电话',
  },
  system: { queues: '队列', regions: '地域', subscribers: '订阅者', audit: '审计' },
  times: (zone, offset) => `时间：${zone}（${offset}）`,
  you: (name) => `您是 ${name}`,
  notYou: '换人',
  lost: '连接已断开，显示的是之前的内容；恢复后自动更新。',
  old: (time) => `存储暂时没有应答，显示的是 ${time} 的内容。`,
  calm: '没有未恢复的告警单',
  open: (count) => `${count} 张告警单未恢复`,
  unsure: '最新的告警单中没有您的项目的',
  more: (count) =>
    `未恢复的太多，只看了所有项目最新的 ${count} 张，按严重程度排列；更早的没有列出，其中可能有您的项目的。`,
  next: '下一页',
  previous: '上一页',
  recent: '最近恢复',
  proof: '谁在看着',
  heard: (ago) => `${ago}前上报`,
  neverHeard: '尚未上报',
  proven: '最近确实有效',
  toldBy: (channel) => `送达：${channel}`,
  heardFrom: (format, project) => `收到：${format}（${project}）`,
  up: (up, all) => `${all} 项检查，${up} 项正常`,
  since: (time, lasted) => `起于 ${time}，已 ${lasted}`,
  began: (time) => `起于 ${time}`,
  details: '详情',
  acknowledge: '认领',
  acknowledgeAs: (name) => `${name} 认领`,
  others: '其他操作',
  snooze: (time) => `${time}后再提醒`,
  escalate: '立即升级',
  handOver: '转给',
  handOverTo: '转给谁',
  silence: '静默 1 小时',
  endSilence: '结束静默',
  resolve: '关闭',
  resolveAnyway: '仍要关闭',
  giveBack: '放弃认领',
  note: '记下',
  noteLabel: '备注',
  takeAll: (count) => `全部认领（${count} 张）`,
  tookSome: (taken, all) => `${all} 张中认领了 ${taken} 张：其余的已有人认领，或没有成功，请看各张。`,
  undo: '撤销',
  past: '以前的几次',
  changes: '此前的变更',
  exports: '导出',
  outsiders: '告知外部',
  history: '这项检查的图',
  together: (count) => `同一时间，本项目还有 ${count} 张`,
  left: (count) => `另外 ${count} 张在「现在」`,
  burning: '最近一小时',
  seenFrom: (up, all) => `${all} 次中 ${up} 次正常`,
  timeline: '时间线',
  why: '为何这样呼叫',
  facts: '详细',
  source: '来源',
  runbook: '处置手册',
  links: '链接',
  before: (number) => `上一次 #${number}`,
  after: (number) => `下一次 #${number}`,
  who: '您是哪一位？',
  whoAsked: '点自己的名字，操作随即完成，并以这个名字记入时间线。',
  back: '回到现在',
  notFound: '没有这个页面。',
  noSuchIncident: (number) => `没有 #${number} 这张告警单：这里从未用过这个编号，或已被遗忘。`,
  noSuchCheck: (id) => `配置中没有检查 ${id}。`,
  failed: '现在读不到数据，操作可能没有完成。请重试，或在电话中按键认领。',
  tooLong: (characters) => `备注须为 1 至 ${characters} 个字，未记下；文字保留在下面。`,
  notForeign: '这个请求不是从本页面发出的，已拒绝。请回到页面重新操作。',
  expiredForm: '页面已过期，没有做任何事。内容保留在下面，请再按一次。',
  result: consoleResultWords.zh,
  late: (standing) => `有人先到一步：${standing}`,
  changed: (standing) => `您打开页面后情况已变，没有做任何事。现在：${standing}。看过后如仍需要，请再按一次。`,
  over: (standing) => `已经结束，没有做任何事：${standing}`,
  unmoved: (standing) => `现在不呼叫任何人，没有下一位：${standing}`,
  stillBurning: (check, seen, since) =>
    `${check} 自 ${since} 起仍${seen}：结束时会自己恢复，认领即可让电话停下。强行关闭，10 分钟后还是如此会再次呼叫。`,
  silences: {
    none: '没有静默：符合条件的告警单都会呼叫。',
    how: '告警单页面上可静默一小时；其他的用 bin/fenghuo.js silence add。',
    state: { now: '生效中', coming: '将生效', over: '已结束' },
    by: (name) => `由 ${name} 设置`,
    quiet: '现在安静',
    isOver: '它已经结束，没有做任何事。',
    everything: '匹配一切：没有任何人被呼叫',
  },
}

const several = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const en: ConsoleWords = {
  other: '中文',
  skip: 'Skip to the content',
  pages: {
    now: 'Now',
    checks: 'Checks',
    oncall: 'On call',
    silences: 'Silences',
    inbound: 'Inbound',
    system: 'System',
    demo: 'Demo',
    phones: 'Phones',
  },
  system: { queues: 'Queues', regions: 'Regions', subscribers: 'Subscribers', audit: 'Audit' },
  times: (zone, offset) => `Times: ${zone} (${offset})`,
  you: (name) => `You are ${name}`,
  notYou: 'Not you?',
  lost: 'Connection lost: what you see is the past. It renews itself when the connection is back.',
  old: (time) => `The tables do not answer: this is as of ${time}.`,
  calm: 'No open incidents',
  open: (count) => several(count, 'open incident', 'open incidents'),
  unsure: 'None of the newest incidents is yours',
  more: (count) =>
    `Too many are open: only the newest ${count} of all projects were looked at, the worst first. Older ones are not listed, and some of them may be yours.`,
  next: 'Next page',
  previous: 'Previous page',
  recent: 'Recently resolved',
  proof: 'Who is watching',
  heard: (ago) => `reported ${ago} ago`,
  neverHeard: 'has never reported',
  proven: 'What proved to work last',
  toldBy: (channel) => `People were told by ${channel}`,
  heardFrom: (format, project) => `${format} was heard for ${project}`,
  up: (up, all) => `${up} of ${several(all, 'check', 'checks')} OK`,
  since: (time, lasted) => `Since ${time}, for ${lasted}`,
  began: (time) => `Began ${time}`,
  details: 'Details',
  acknowledge: 'Acknowledge',
  acknowledgeAs: (name) => `${name}: I take it`,
  others: 'More',
  snooze: (time) => `Snooze ${time}`,
  escalate: 'Escalate now',
  handOver: 'Hand over',
  handOverTo: 'Hand over to',
  silence: 'Silence for 1 h',
  endSilence: 'End the silence',
  resolve: 'Close',
  resolveAnyway: 'Close it all the same',
  giveBack: 'Give it back',
  note: 'Add the note',
  noteLabel: 'Note',
  takeAll: (count) => `Take all ${count}`,
  tookSome: (taken, all) => `You took ${taken} of ${all}: somebody has the others, or it failed. Look at each of them.`,
  undo: 'Undo',
  past: 'Other times',
  changes: 'Changed just before',
  exports: 'Export',
  outsiders: 'Tell outsiders',
  history: 'Charts of this check',
  together: (count) => `${several(count, 'more incident', 'more incidents')} of this project at the same time`,
  left: (count) => `${count} more are among what burns now`,
  burning: 'The last hour',
  seenFrom: (up, all) => `${up} of ${several(all, 'run', 'runs')} OK`,
  timeline: 'Timeline',
  why: 'Why they were called, and others not',
  facts: 'Details',
  source: 'Source',
  runbook: 'Runbook',
  links: 'Links',
  before: (number) => `Before: #${number}`,
  after: (number) => `Afterwards: #${number}`,
  who: 'Who are you?',
  whoAsked: 'Your own name carries it out, and the timeline tells it by that name.',
  back: 'Back to now',
  notFound: 'There is no such page.',
  noSuchIncident: (number) => `There is no incident #${number}: it was never given here, or is forgotten.`,
  noSuchCheck: (id) => `There is no check ${id} in the configuration.`,
  failed: 'We cannot look right now, and may not have done it. Try again, or press the key in the call.',
  tooLong: (characters) => `A note has 1 to ${characters} characters. It was not added; your text is kept below.`,
  notForeign: 'This request did not come from this page, and was refused. Go back to the page and press again.',
  expiredForm: 'This page was too old: nothing was done. What you wrote is kept below; press again.',
  result: consoleResultWords.en,
  late: (standing) => `Somebody was first. ${standing}`,
  changed: (standing) =>
    `It has changed since you looked, so nothing was done. Now: ${standing}. If you still mean it, press again.`,
  over: (standing) => `It is over, so nothing was done. ${standing}`,
  unmoved: (standing) => `It pages nobody now, so there is nobody next. ${standing}`,
  stillBurning: (check, seen, since) =>
    `${check}: ${seen} since ${since}. It resolves by itself when that ends, and acknowledging stops the calls. If you close it all the same, it pages again when it goes on for 10 minutes.`,
  silences: {
    none: 'No silences: whatever is to page does.',
    how: 'The page of an incident silences it for an hour; for anything else there is bin/fenghuo.js silence add.',
    state: { now: 'active', coming: 'to come', over: 'over' },
    by: (name) => `made by ${name}`,
    quiet: 'Quiet now',
    isOver: 'It was over already: nothing was done.',
    everything: 'Matches everything: nobody is paged at all',
  },
}

export const consoleWords: Record<Language, ConsoleWords> = { zh, en }
