import type { Sighting } from '../contracts/alert.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import { perSeverity } from '../contracts/severities.ts'
import { spaced } from '../contracts/spaced.ts'
import type { Language, Severity } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import type { Notice, TriedPerson, Via } from '../incidents/notice.ts'

/** The fixed words of messages. Severity and state are always words, never only a colour. */
export interface Words {
  severity: Record<Severity, string>
  /** The state of an incident as a head line says it; `alert` is for one that comes from elsewhere. */
  state: Record<NonNullable<Notice['state']> | 'alert', string>
  /** What has become of an incident. */
  status: Record<Incident['status'], string>
  reach: Record<PersonalReach, string>
  /** What one vantage sees. */
  sees: Record<Sighting['verdict'], string>
  /** `2 of 3 vantages …`. */
  of: Record<NonNullable<Notice['state']>, (count: number, all: number) => string>
  seenFromOne: (all: number) => string
  via: Record<Via, string>
  /** By a key of a call. */
  pressed: (key: string) => string
  /** Of whom the browser that now takes something as somebody else had said to be. */
  wasBefore: (name: string) => string
  outcome: Record<TriedPerson['outcome'], string>
  nobodyAcknowledged: string
  escalated: string
  flapping: string
  fewer: string
  senderSilent: string
  senderSilentFor: (time: string) => string
  reminder: string
  /** Which vantages saw the trouble and report no more: by itself that is no recovery. */
  mute: (names: string) => string
  /** The same once it is over. */
  neverBack: (names: string) => string
  /** Since when it is held, and because of how many changes within how long. */
  held: (since: string, changes: number, within: string) => string
  recovered: string
  closed: string
  /** The end of an incident whose check is gone: nothing has recovered. */
  removed: string
  /** Marks a message whose first sending was not answered for. */
  maybeRepeated: string
  /** Without a duration, something that has just begun. */
  since: (time: string, duration?: string) => string
  target: string
  from: string
  /** Before the calling, when the people called so far did not acknowledge. */
  noneSoFar: string
  /** In place of `noneSoFar`, when none of their phones ever rang. */
  notPlaced: (names: string) => string
  calling: string
  /** The same where no phone rings. */
  texting: string
  /** A layer tells robots alone. */
  noneCalled: string
  /** In place of `calling`, while none of the calls could be placed. */
  trying: string
  /** The head line of a message that a person's phone cannot be called yet. */
  unplaced: (names: string) => string
  /** By what else the person was reached in that time. */
  meanwhile: (reaches: string) => string
  /** After the calling, when somebody is next. */
  nextAt: (time: string, names: string) => string
  /** After the calling, when nobody is left to be next. */
  lastAt: (time: string) => string
  acknowledged: (name: string, detail: string) => string
  passed: (from: string | undefined, to: string) => string
  nextOne: string
  lasted: (duration: string) => string
  took: (duration: string) => string
  allUp: (all: number) => string
  someUp: (up: number, all: number) => string
  acknowledgedBy: (name: string, time: string, detail: string) => string
  recoveredAlone: string
  /** What its check being gone means. */
  notRecovered: string
  closedBy: (name: string, via: string) => string
  /** Why a trouble pages again that somebody has closed by hand. */
  closedTooSoon: (name: string, time: string) => string
  /** Why it pages again although somebody had taken it, as less than it is now. */
  outgrown: (name: string, severity: string, time: string) => string
  /** It is escalated as the worst it has been. */
  wasWorse: (severity: string) => string
  counts: (calls: number, texts: number) => string
  tries: (rounds: number, layers: number, calls: number) => string
  again: (time: string) => string
  moreVantages: (count: number) => string
  moreLines: (count: number) => string
  acknowledgeLink: string
  detailLink: string
  runbookLink: string
  list: string
  comma: string
  stop: string
  colon: string
  brackets: (text: string) => string
}

const zh: Words = {
  severity: perSeverity(({ zh }) => zh),
  state: { down: '不可用', degraded: '变慢', partial: '局部异常', unknown: '无数据', alert: '告警' },
  status: { open: '未认领', acknowledged: '已认领', resolved: '已恢复' },
  reach: { phone: '电话', sms: '短信', email: '邮件' },
  sees: { up: '正常', degraded: '变慢', down: '失败', unknown: '无数据' },
  of: {
    down: (count, all) => `${all} 处中 ${count} 处失败`,
    degraded: (count, all) => `${all} 处中 ${count} 处变慢`,
    partial: (count, all) => `${all} 处中 ${count} 处异常`,
    unknown: (count, all) => `${all} 处中 ${count} 处无数据`,
  },
  seenFromOne: (all) => `${all} 处中仅 1 处有数据`,
  via: {
    phone: '接听电话',
    link: '链接',
    'group-link': '群内链接，自选姓名',
    button: '卡片按钮',
    reply: '回复消息',
    cli: '命令行',
    console: '控制台',
    api: '接口',
    system: '系统自动',
    removed: '不再检查',
    unrenewed: '发送方沉默',
    calm: '未再有新告警',
    once: '只通知一次',
    unproven: '没有联系上',
  },
  pressed: (key) => `电话按 ${key}`,
  wasBefore: (name) => spaced`同一浏览器此前选的是${name}`,
  outcome: {
    unanswered: '未接',
    'no-key': '接通未按键（疑似语音信箱）',
    busy: '忙线',
    failed: '呼叫失败',
    'not-placed': '未能拨出',
    unknown: '结果未知',
    passed: '已转给下一位',
  },
  nobodyAcknowledged: '无人认领',
  escalated: '升级',
  flapping: '反复波动',
  fewer: '可见处减少',
  senderSilent: '发送方沉默',
  senderSilentFor: (time) => `发送方应在 ${time} 前重复此告警而没有：是否仍在持续未知`,
  reminder: '仍未恢复',
  mute: (names) => `${names} 曾见异常，现在无法再看：仍按未恢复对待`,
  neverBack: (names) => `${names} 曾见异常，此后再无消息`,
  held: (since, changes, within) => `自 ${since} 起按较差的状态保持，因为 ${within}内变化 ${changes} 次；平稳后解除`,
  recovered: '已恢复',
  closed: '已关闭',
  removed: '不再检查',
  maybeRepeated: '可能重复',
  since: (time, duration) => `起于 ${time}${duration ? `，已 ${duration}` : ''}`,
  target: '目标',
  from: '来源',
  noneSoFar: '无人认领，',
  notPlaced: (names) => spaced`${names}的电话未能拨出，`,
  calling: '正在呼叫 ',
  texting: '已发短信或邮件给 ',
  noneCalled: '尚未呼叫任何人',
  trying: '电话尚未拨出，仍在尝试呼叫 ',
  unplaced: (names) => spaced`${names}的电话暂时拨不出，仍在尝试`,
  meanwhile: (reaches) => `已同时发送${reaches}`,
  nextAt: (time, names) => `，${time} 前无人认领转 ${names}`,
  lastAt: (time) => `，${time} 前无人认领将告知全员`,
  acknowledged: (name, detail) => spaced`${name}已认领${detail}`,
  passed: (from, to) => spaced`${from ?? ''}已转给${to}`,
  nextOne: '下一位',
  lasted: (duration) => `，共 ${duration}`,
  took: (duration) => `用时 ${duration}`,
  allUp: (all) => `${all} 处全部正常`,
  someUp: (up, all) => `${all} 处中 ${up} 处正常`,
  acknowledgedBy: (name, time, detail) => `认领：${name} ${time}${detail}`,
  recoveredAlone: '无人认领，自行恢复',
  notRecovered: '检查已从配置中移除，并非恢复',
  closedBy: (name, via) => `关闭：${name}（${via}）`,
  closedTooSoon: (name, time) => spaced`${name}于 ${time} 手动关闭，但故障仍在`,
  outgrown: (name, severity, time) => spaced`${name}于 ${time} 按${severity}认领，此后加重`,
  wasWorse: (severity) => `曾为${severity}，认领或恢复前仍按${severity}升级`,
  counts: (calls, texts) => `呼叫 ${calls} 次，短信 ${texts} 条`,
  tries: (rounds, layers, calls) => `${rounds} 轮 ${layers} 层 ${calls} 次呼叫，无人认领`,
  again: (time) => `${time} 再次全部呼叫，直到有人认领或恢复`,
  moreVantages: (count) => `另有 ${count} 处`,
  moreLines: (count) => `…… 另有 ${count} 行`,
  acknowledgeLink: '认领',
  detailLink: '详情',
  runbookLink: '手册',
  list: '、',
  comma: '，',
  stop: '。',
  colon: '：',
  brackets: (text) => `（${text}）`,
}

const calls = (count: number): string => `${count} ${count === 1 ? 'call' : 'calls'}`
const several = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const en: Words = {
  severity: perSeverity(({ en }) => en.toUpperCase()),
  state: { down: 'DOWN', degraded: 'SLOW', partial: 'IMPAIRED', unknown: 'NO DATA', alert: 'ALERT' },
  status: { open: 'open', acknowledged: 'acknowledged', resolved: 'resolved' },
  reach: { phone: 'phone', sms: 'SMS', email: 'e-mail' },
  sees: { up: 'OK', degraded: 'slow', down: 'failed', unknown: 'no data' },
  of: {
    down: (count, all) => `${count} of ${all} vantages fail`,
    degraded: (count, all) => `${count} of ${all} vantages see it slow`,
    partial: (count, all) => `not well from ${count} of ${all} vantages`,
    unknown: (count, all) => `${count} of ${all} vantages have no data`,
  },
  seenFromOne: (all) => `seen from 1 of ${all} vantages`,
  via: {
    phone: 'answered the phone',
    link: 'by link',
    'group-link': 'by the group’s link, name picked there',
    button: 'by the card’s button',
    reply: 'by a reply',
    cli: 'on the command line',
    console: 'in the console',
    api: 'by API',
    system: 'by the system',
    removed: 'no longer checked',
    unrenewed: 'its sender is silent',
    calm: 'no more has come',
    once: 'told once',
    unproven: 'not reached',
  },
  pressed: (key) => `pressed ${key} on the phone`,
  wasBefore: (name) => `the same browser was ${name} before`,
  outcome: {
    unanswered: 'no answer',
    'no-key': 'answered, no key pressed (voicemail?)',
    busy: 'busy',
    failed: 'call failed',
    'not-placed': 'could not be called',
    unknown: 'result unknown',
    passed: 'passed it on',
  },
  nobodyAcknowledged: 'NOBODY ANSWERED',
  escalated: 'ESCALATED',
  flapping: 'FLAPPING',
  fewer: 'SEEN FROM FEWER',
  senderSilent: 'SENDER SILENT',
  senderSilentFor: (time) => `Its sender was to repeat it by ${time} and has not: whether it goes on is unknown`,
  reminder: 'STILL GOING ON',
  mute: (names) => `${names} saw it and cannot look now: it counts as not recovered`,
  neverBack: (names) => `${names} saw it and never came back`,
  held: (since, changes, within) =>
    `Held in its worse state since ${since}, because it changed ${changes} times within ${within}; let go when calm`,
  recovered: 'RECOVERED',
  closed: 'CLOSED',
  removed: 'NO LONGER CHECKED',
  maybeRepeated: 'may be a repeat',
  since: (time, duration) => `Since ${time}${duration ? `, for ${duration}` : ''}`,
  target: 'Target',
  from: 'From',
  noneSoFar: 'Nobody acknowledged. ',
  notPlaced: (names) => `The call to ${names} could not be placed. `,
  calling: 'Calling ',
  texting: 'Texting or mailing ',
  noneCalled: 'Nobody is called yet',
  trying: 'No phone has rung yet, still trying to call ',
  unplaced: (names) => `The call to ${names} cannot be placed yet, it is still being tried`,
  meanwhile: (reaches) => `Sent meanwhile: ${reaches}`,
  nextAt: (time, names) => `. Unless acknowledged by ${time}, next: ${names}`,
  lastAt: (time) => `. Unless acknowledged by ${time}, everybody is told`,
  acknowledged: (name, detail) => `${name} has it${detail}`,
  passed: (from, to) => (from ? `${from} passed it to ${to}` : `passed to ${to}`),
  nextOne: 'the next one',
  lasted: (duration) => `, ${duration} in all`,
  took: (duration) => `after ${duration}`,
  allUp: (all) => `All ${several(all, 'vantage')} OK`,
  someUp: (up, all) => `${up} of ${all} vantages OK`,
  acknowledgedBy: (name, time, detail) => `Acknowledged: ${name} ${time}${detail}`,
  recoveredAlone: 'Recovered by itself, nobody acknowledged',
  notRecovered: 'Its check was taken out of the configuration: this is no recovery',
  closedBy: (name, via) => `Closed: ${name} (${via})`,
  closedTooSoon: (name, time) => `${name} closed it at ${time}, but it still fails`,
  outgrown: (name, severity, time) => `${name} took it at ${time} as ${severity}; it has got worse since`,
  wasWorse: (severity) => `It was ${severity}, and is escalated as that until somebody has it`,
  counts: (count, texts) => `${calls(count)}, ${several(texts, 'text message')}`,
  tries: (rounds, layers, count) =>
    `${several(rounds, 'round')}, ${several(layers, 'layer')}, ${calls(count)}, nobody acknowledged`,
  again: (time) => `Everybody is called again at ${time}, until somebody acknowledges or it recovers`,
  moreVantages: (count) => `and ${count} more`,
  moreLines: (count) => `… ${several(count, 'more line')}`,
  acknowledgeLink: 'Acknowledge',
  detailLink: 'Details',
  runbookLink: 'Runbook',
  list: ', ',
  comma: ', ',
  stop: '. ',
  colon: ': ',
  brackets: (text) => ` (${text})`,
}

export const words: Record<Language, Words> = { zh, en }
