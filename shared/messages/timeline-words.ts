import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import type { Lapse, MessageStatus } from '../incidents/notice.ts'
import type { NoticeKind } from '../incidents/notice-kinds.ts'
import type { Merging, TimelineEntry } from '../incidents/timeline-entry.ts'

/** The words of an incident's history. */
interface TimelineWords {
  opened: (severity: string, summary: string, source: string | undefined) => string
  changed: (severity: string, summary: string) => string
  place: (round: number, layer: number) => string
  everybody: string
  reaching: (place: string, names: string) => string
  nobody: (place: string) => string
  ended: (place: string, why: string) => string
  /** `number`: of several that they have, from 2. */
  call: (name: string, call: number, outcome: string, number?: number) => string
  ringing: Record<'requested' | 'waiting' | 'ringing' | 'listening', string>
  what: Record<NoticeKind, string>
  notified: Record<MessageStatus, (to: string, what: string) => string>
  fallback: (name: string, from: string, to: string) => string
  exhausted: (rounds: number, again: string) => string
  paused: (until: string | undefined, why: string) => string
  resumed: string
  duty: Record<Extract<TimelineEntry, { kind: 'duty' }>['why'], (region: string) => string>
  acknowledged: (name: string | undefined) => string
  pagesAgain: (time: string) => string
  reopened: Record<Lapse['why'], (name: string) => string>
  merged: Record<Merging, (name: string, number: number) => string>
  escalated: (
    name: string,
    asked: { layer: number | undefined; to: string | undefined; policy: string | undefined },
  ) => string
  resolved: (name: string | undefined) => string
  recovered: string
  removed: string
  senderSilent: string
  unproven: string
  /** It does not go on. */
  once: string
  unrenewed: string
  calm: string
  mended: (notes: string[]) => string
  note: (by: string, text: string) => string
}

const en: TimelineWords = {
  opened: (severity, summary, source) => `Opened, ${severity}: ${summary}${source ? ` (from ${source})` : ''}`,
  changed: (severity, summary) => `Now ${severity}: ${summary}`,
  place: (round, layer) => `Round ${round}, layer ${layer}`,
  everybody: 'Everybody again',
  reaching: (place, names) => `${place}: paging ${names}`,
  nobody: (place) => `${place}: nobody to page`,
  ended: (place, why) => `${place}, ended: ${why}`,
  call: (name, call, outcome, number) =>
    `Call ${call} to ${name}${number === undefined ? '' : `, number ${number}`}: ${outcome}`,
  ringing: {
    requested: 'asked for',
    waiting: 'waiting to be placed',
    ringing: 'ringing',
    listening: 'answered, listening',
  },
  what: {
    opened: 'the alert',
    page: 'the page',
    escalated: 'the escalation',
    acknowledged: 'the acknowledgement',
    partly: 'that others are needed, too',
    passed: 'the hand-over',
    flapping: 'the flapping',
    fewer: 'that fewer can look',
    grown: 'who has joined its group',
    'sender-silent': 'that its sender is silent',
    unplaced: 'that a call cannot be placed yet',
    reminder: 'that it goes on',
    paused: 'that nobody is paged for now',
    'pause-ends': 'that it still goes on, and pages soon',
    held: 'what was held, and goes on',
    'held-taken': 'what was held, and somebody has',
    'held-over': 'what was held, and is over',
    'ack-ends': 'that it pages again soon',
    exhausted: 'that nobody answered',
    resolved: 'the recovery',
    once: 'what has happened',
  },
  notified: {
    waiting: (to, what) => `Cannot tell ${to} yet: ${what}`,
    sent: (to, what) => `Told ${to}: ${what}`,
    failed: (to, what) => `Could not tell ${to}: ${what}`,
    unknown: (to, what) => `May have told ${to}: ${what}`,
    arrived: (to, what) => `Arrived at ${to}: ${what}`,
    'not-arrived': (to, what) => `Did not arrive at ${to}: ${what}`,
  },
  fallback: (name, from, to) => `${name}: ${to} takes over from ${from}`,
  exhausted: (rounds, again) =>
    `Nobody acknowledged in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; everybody is called again at ${again}`,
  paused: (until, why) => `Pages nobody ${until ? `until ${until}` : 'for now'}: ${why}`,
  resumed: 'Pages from now on',
  duty: {
    silent: (region) => `${region} does not answer: paged here`,
    faulty: (region) => `${region} does not work on what it takes: paged here`,
    mute: (region) => `${region} could place no call: paged here`,
    'mute-here': (region) => `No voice route here placed a call: paged by ${region}`,
    unpaged: (region) => `${region} is well and does not page it: paged here`,
    alone: (region) => `${region} is not part of the deployment any more: paged here`,
    taken: (region) => `Taken by hand from ${region}: paged here`,
    back: (region) => `${region} is well again: paged there`,
    handed: (region) => `${region} has taken duty by hand: paged there`,
  },
  acknowledged: (name) => (name ? `${name} has it` : 'Acknowledged'),
  pagesAgain: (time) => `pages again at ${time}`,
  reopened: {
    expired: (name) => `Not renewed by ${name}: pages again`,
    'snooze-over': (name) => `The snooze of ${name} is over: pages again`,
    'given-back': (name) => `Given back by ${name}: pages again`,
    escalated: (name) => `Taken from ${name}: pages again`,
  },
  merged: {
    into: (name, number) => `Merged into #${number} by ${name}`,
    'out-of': (name, number) => `Taken out of #${number} by ${name}`,
    member: (name, number) => `#${number} merged into this one by ${name}`,
    'member-gone': (name, number) => `#${number} taken out again by ${name}`,
  },
  escalated: (name, { layer, to, policy }) =>
    `Escalated by ${name}${to ? ` to ${to}` : ''}${policy === undefined ? '' : `${to ? ', and' : ''} to the policy ${policy}`}${layer === undefined ? '' : `, from layer ${layer + 1} on`}`,
  resolved: (name) => (name ? `${name} closed it` : 'Closed'),
  recovered: 'Recovered',
  removed: 'No longer checked',
  once: 'It has happened and does not go on: told once',
  unproven: 'Not reached',
  senderSilent: 'Its sender does not repeat it any more: whether it goes on is unknown',
  unrenewed: 'Its sender does not repeat it any more: over, as configured',
  calm: 'No more has come: over',
  mended: (notes) => `Of its alert: ${notes.join('; ')}`,
  note: (by, text) => `${by} notes: ${text}`,
}

const zh: TimelineWords = {
  opened: (severity, summary, source) => `触发，${severity}：${summary}${source ? `（来自 ${source}）` : ''}`,
  changed: (severity, summary) => `变为${severity}：${summary}`,
  place: (round, layer) => `第 ${round} 轮第 ${layer} 层`,
  everybody: '再次全员',
  reaching: (place, names) => `${place}：联系 ${names}`,
  nobody: (place) => `${place}：无人可联系`,
  ended: (place, why) => `${place}结束：${why}`,
  call: (name, call, outcome, number) =>
    `第 ${call} 次呼叫 ${name}${number === undefined ? '' : ` 的第 ${number} 个号码`}：${outcome}`,
  ringing: { requested: '已请求', waiting: '等待拨出', ringing: '响铃', listening: '已接听' },
  what: {
    opened: '告警',
    page: '呼叫通知',
    escalated: '升级',
    acknowledged: '已认领',
    partly: '还需其他人认领',
    passed: '已转交',
    flapping: '反复波动',
    fewer: '可见处减少',
    grown: '组内新增告警',
    'sender-silent': '发送方沉默',
    unplaced: '电话暂未拨出',
    reminder: '仍未恢复',
    paused: '暂不呼叫',
    'pause-ends': '即将恢复呼叫',
    held: '暂缓期间的告警（未恢复）',
    'held-taken': '暂缓期间的告警（已认领）',
    'held-over': '暂缓期间的告警（已恢复）',
    'ack-ends': '认领即将到期',
    exhausted: '无人认领',
    resolved: '已恢复',
    once: '事件',
  },
  notified: {
    waiting: (to, what) => `暂时未能告知 ${to}：${what}`,
    sent: (to, what) => `已告知 ${to}：${what}`,
    failed: (to, what) => `未能告知 ${to}：${what}`,
    unknown: (to, what) => `可能已告知 ${to}：${what}`,
    arrived: (to, what) => `已送达 ${to}：${what}`,
    'not-arrived': (to, what) => `未送达 ${to}：${what}`,
  },
  fallback: (name, from, to) => `${name}：${from}未通，改用${to}`,
  exhausted: (rounds, again) => `${rounds} 轮后无人认领，${again} 再次呼叫全员`,
  paused: (until, why) => `${until ? `${until} 前` : '暂'}不呼叫：${why}`,
  resumed: '恢复呼叫',
  duty: {
    silent: (region) => spaced`${region}没有应答，由本地域呼叫`,
    faulty: (region) => spaced`${region}收下消息却不处理，由本地域呼叫`,
    mute: (region) => spaced`${region}没能打出电话，由本地域呼叫`,
    'mute-here': (region) => spaced`本地域没有线路打出电话，由${region}呼叫`,
    unpaged: (region) => spaced`${region}正常却没有呼叫，由本地域呼叫`,
    alone: (region) => spaced`${region}已不在部署中，由本地域呼叫`,
    taken: (region) => spaced`人工从${region}接手，由本地域呼叫`,
    back: (region) => spaced`${region}已恢复，交回该地域呼叫`,
    handed: (region) => spaced`${region}已由人工接手值守，交给该地域呼叫`,
  },
  acknowledged: (name) => spaced`${name ?? ''}已认领`,
  pagesAgain: (time) => `${time} 再次呼叫`,
  reopened: {
    expired: (name) => spaced`${name}的认领到期未续，再次呼叫`,
    'snooze-over': (name) => spaced`${name}的稍后提醒到时，再次呼叫`,
    'given-back': (name) => spaced`${name}放弃认领，再次呼叫`,
    escalated: (name) => spaced`不再由${name}处理，再次呼叫`,
  },
  merged: {
    into: (name, number) => spaced`${name}将其并入 #${String(number)}`,
    'out-of': (name, number) => spaced`${name}将其从 #${String(number)} 拆出`,
    member: (name, number) => spaced`${name}将 #${String(number)} 并入此单`,
    'member-gone': (name, number) => spaced`${name}将 #${String(number)} 拆出`,
  },
  escalated: (name, { layer, to, policy }) =>
    spaced`${name}手动升级${to ? `，转给 ${to}` : ''}${policy === undefined ? '' : `，改按策略 ${policy}`}${layer === undefined ? '' : `，从第 ${layer + 1} 层起`}`,
  resolved: (name) => spaced`${name ?? ''}已关闭`,
  recovered: '已恢复',
  removed: '不再检查',
  once: '已发生且不持续，只通知一次',
  unproven: '没有联系上',
  senderSilent: '发送方不再重复此告警，是否仍在持续未知',
  unrenewed: '发送方不再重复此告警，按配置视为已恢复',
  calm: '未再有新告警，视为结束',
  mended: (notes) => `告警内容：${notes.join('；')}`,
  note: (by, text) => spaced`${by}备注：${text}`,
}

export const timelineWords: Record<Language, TimelineWords> = { zh, en }
