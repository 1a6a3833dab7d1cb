import type { Language } from '../../shared/contracts/words.ts'
import type { Escalation } from '../../shared/incidents/incident.ts'

/** The words around an incident's facts on a terminal. */
interface IncidentWords {
  about: string
  number: string
  resolved: (most: number) => string
  json: string
  format: string
  mdOfOne: string
  head: string[]
  none: Record<'open' | 'resolved', (target: string) => string>
  /** `names`: whom the phone rings; `texted`: who was only written to. */
  phase: Record<Exclude<Escalation['phase'], 'layer'>, string>
  /** Its severity has no channels. */
  silent: string
  calling: (names: string) => string
  inWriting: (names: string) => string
  label: Record<
    | 'status'
    | 'summary'
    | 'source'
    | 'opened'
    | 'acknowledged'
    | 'resolved'
    | 'label'
    | 'runbook'
    | 'link'
    | 'reached'
    | 'why'
    | 'before'
    | 'after'
    | 'held',
    string
  >
  reached: (calls: number, texts: number) => string
  /** Another generation: its number, when it began, how long it lasted and who ended it. */
  generation: (number: number, opened: string, lasted: string, ending: string) => string
  recovered: string
  stillOpen: string
}

export const incidentWords: Record<Language, IncidentWords> = {
  en: {
    about: 'List open incidents, or tell one with its timeline',
    number: 'of the incident to tell, such as 1024',
    resolved: (most) => `list the last ${most} that are over`,
    json: 'for machines: a list, or one object with its timeline',
    format: 'of one: md, the beginning of a post-mortem, or json',
    mdOfOne: '--format md is of one incident: give its number',
    head: ['NUMBER', 'SEVERITY', 'PROJECT', 'TITLE', 'OPENED', 'STATUS', 'WHO'],
    none: {
      open: (target) => `No open incidents at ${target}.`,
      resolved: (target) => `No resolved incidents at ${target}.`,
    },
    phase: {
      starting: 'about to be paged',
      next: 'about to be paged',
      notified: 'told in chat only',
      paused: 'pages nobody for now',
      guarded: 'paged by another region',
      exhausted: 'NOBODY ANSWERED',
      over: '',
    },
    silent: 'told to nobody by its severity',
    calling: (names) => `calling ${names}`,
    inWriting: (names) => `told ${names} in writing`,
    label: {
      status: 'status',
      summary: 'summary',
      source: 'source',
      opened: 'opened',
      acknowledged: 'acknowledged',
      resolved: 'resolved',
      label: 'label',
      runbook: 'runbook',
      link: 'link',
      reached: 'reached by',
      why: 'again',
      before: 'before',
      after: 'after',
      held: 'held',
    },
    reached: (calls, texts) =>
      `${calls} ${calls === 1 ? 'call' : 'calls'}, ${texts} text ${texts === 1 ? 'message' : 'messages'}`,
    generation: (number, opened, lasted, ending) => `#${number}, ${opened}, ${lasted}, ${ending}`,
    recovered: 'recovered',
    stillOpen: 'not over',
  },
  zh: {
    about: '列出未恢复的告警单，或讲述一张及其时间线',
    number: '要看的告警单的编号，如 1024',
    resolved: (most) => `列出最近结束的 ${most} 张`,
    json: '供程序读取：列表，或一个对象及其时间线',
    format: '只用于一张：md 为复盘初稿，或 json',
    mdOfOne: '--format md 只用于一张告警单：写上编号',
    head: ['编号', '级别', '项目', '标题', '触发', '状态', '谁'],
    none: {
      open: (target) => `${target}：没有未恢复的告警单。`,
      resolved: (target) => `${target}：没有已恢复的告警单。`,
    },
    phase: {
      starting: '即将呼叫',
      next: '即将呼叫',
      notified: '只通知群',
      paused: '暂不呼叫',
      guarded: '由另一地域呼叫',
      exhausted: '无人认领',
      over: '',
    },
    silent: '这一级不通知任何人',
    calling: (names) => `正在呼叫 ${names}`,
    inWriting: (names) => `已书面通知 ${names}`,
    label: {
      status: '状态',
      summary: '概要',
      source: '来源',
      opened: '触发',
      acknowledged: '认领',
      resolved: '结束',
      label: '标签',
      runbook: '处置手册',
      link: '链接',
      reached: '送达',
      why: '再次',
      before: '上一次',
      after: '下一次',
      held: '保持',
    },
    reached: (calls, texts) => `呼叫 ${calls} 次，短信 ${texts} 条`,
    generation: (number, opened, lasted, ending) => `#${number}，${opened}，${lasted}，${ending}`,
    recovered: '自行恢复',
    stillOpen: '未结束',
  },
}
