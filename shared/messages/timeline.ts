import type { Failure } from '../contracts/failure.ts'
import type { Instant, Language } from '../contracts/words.ts'
import { EVERYBODY, type TimelineEntry } from '../incidents/incident.ts'
import type { Lapse, NoticeKind, Recipient } from '../incidents/notice.ts'
import { doer, viaText } from './action-words.ts'
import { oneLine } from './cut.ts'
import { factIn, summaryIn } from './facts.ts'
import { failureText, type VendorWords } from './failure.ts'
import { timeSeenFrom } from './times.ts'
import { words } from './words.ts'

type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>

/** What somebody else wrote is cut at so many characters; the summary of an alert may be longer. */
const QUOTED_CHARACTERS = 200

/** A note is read where it is written: whole. */
const NOTE_CHARACTERS = 1024

/** The words of an incident's history. */
interface TimelineWords {
  opened: (severity: string, summary: string, source: string | undefined) => string
  changed: (severity: string, summary: string) => string
  place: (round: number, layer: number) => string
  everybody: string
  reaching: (place: string, names: string) => string
  nobody: (place: string) => string
  ended: (place: string, why: string) => string
  call: (name: string, call: number, outcome: string) => string
  ringing: Record<'requested' | 'waiting' | 'ringing' | 'listening', string>
  what: Record<NoticeKind, string>
  told: Record<Of<'message'>['status'], (to: string, what: string) => string>
  fallback: (name: string, from: string, to: string) => string
  exhausted: (rounds: number, again: string) => string
  paused: (until: string, why: string) => string
  resumed: string
  acknowledged: (name: string | undefined) => string
  pagesAgain: (time: string) => string
  reopened: Record<Lapse['why'], (name: string) => string>
  escalated: (name: string, layer: number | undefined, to: string | undefined) => string
  resolved: (name: string | undefined) => string
  recovered: string
  removed: string
  senderSilent: string
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
  call: (name, call, outcome) => `Call ${call} to ${name}: ${outcome}`,
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
    passed: 'the hand-over',
    flapping: 'the flapping',
    fewer: 'that fewer can look',
    'sender-silent': 'that its sender is silent',
    unplaced: 'that a call cannot be placed yet',
    reminder: 'that it goes on',
    paused: 'that nobody is paged for now',
    'pause-ends': 'that it still goes on, and pages soon',
    'ack-ends': 'that it pages again soon',
    exhausted: 'that nobody answered',
    resolved: 'the recovery',
    told: 'what has happened',
  },
  told: {
    sent: (to, what) => `Told ${to}: ${what}`,
    failed: (to, what) => `Could not tell ${to}: ${what}`,
    unknown: (to, what) => `May have told ${to}: ${what}`,
  },
  fallback: (name, from, to) => `${name}: ${to} takes over from ${from}`,
  exhausted: (rounds, again) =>
    `Nobody acknowledged in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; everybody is called again at ${again}`,
  paused: (until, why) => `Pages nobody until ${until}: ${why}`,
  resumed: 'Pages again',
  acknowledged: (name) => (name ? `${name} has it` : 'Acknowledged'),
  pagesAgain: (time) => `pages again at ${time}`,
  reopened: {
    expired: (name) => `Not renewed by ${name}: pages again`,
    'snooze-over': (name) => `The snooze of ${name} is over: pages again`,
    'given-back': (name) => `Given back by ${name}: pages again`,
    escalated: (name) => `Taken from ${name}: pages again`,
  },
  escalated: (name, layer, to) =>
    `Escalated by ${name}${to ? ` to ${to}` : ''}${layer === undefined ? '' : `, from layer ${layer + 1} on`}`,
  resolved: (name) => (name ? `${name} closed it` : 'Closed'),
  recovered: 'Recovered',
  removed: 'No longer checked',
  once: 'It has happened and does not go on: told once',
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
  call: (name, call, outcome) => `第 ${call} 次呼叫 ${name}：${outcome}`,
  ringing: { requested: '已请求', waiting: '等待拨出', ringing: '响铃', listening: '已接听' },
  what: {
    opened: '告警',
    page: '呼叫通知',
    escalated: '升级',
    acknowledged: '已认领',
    passed: '已转交',
    flapping: '反复波动',
    fewer: '可见处减少',
    'sender-silent': '发送方沉默',
    unplaced: '电话暂未拨出',
    reminder: '仍未恢复',
    paused: '暂不呼叫',
    'pause-ends': '即将恢复呼叫',
    'ack-ends': '认领即将到期',
    exhausted: '无人认领',
    resolved: '已恢复',
    told: '事件',
  },
  told: {
    sent: (to, what) => `已告知 ${to}：${what}`,
    failed: (to, what) => `未能告知 ${to}：${what}`,
    unknown: (to, what) => `可能已告知 ${to}：${what}`,
  },
  fallback: (name, from, to) => `${name}：${from}未通，改用${to}`,
  exhausted: (rounds, again) => `${rounds} 轮后无人认领，${again} 再次呼叫全员`,
  paused: (until, why) => `${until} 前不呼叫：${why}`,
  resumed: '恢复呼叫',
  acknowledged: (name) => `${name ?? ''}已认领`,
  pagesAgain: (time) => `${time} 再次呼叫`,
  reopened: {
    expired: (name) => `${name}的认领到期未续，再次呼叫`,
    'snooze-over': (name) => `${name}的稍后提醒到时，再次呼叫`,
    'given-back': (name) => `${name}放弃认领，再次呼叫`,
    escalated: (name) => `不再由${name}处理，再次呼叫`,
  },
  escalated: (name, layer, to) =>
    `${name}手动升级${to ? `，转给 ${to}` : ''}${layer === undefined ? '' : `，从第 ${layer + 1} 层起`}`,
  resolved: (name) => `${name ?? ''}已关闭`,
  recovered: '已恢复',
  removed: '不再检查',
  once: '已发生且不持续，只通知一次',
  senderSilent: '发送方不再重复此告警，是否仍在持续未知',
  unrenewed: '发送方不再重复此告警，按配置视为已恢复',
  calm: '未再有新告警，视为结束',
  mended: (notes) => `告警内容：${notes.join('；')}`,
  note: (by, text) => `${by}备注：${text}`,
}

const timelineWords: Record<Language, TimelineWords> = { zh, en }

/** One line of an incident's history for people, without its time. Times in it are written in `timezone` (IANA). */
export function timelineText(
  entry: TimelineEntry,
  language: Language,
  timezone: string,
  vendors: VendorWords = {},
): string {
  const say = timelineWords[language]
  const { brackets, severity } = words[language]
  switch (entry.kind) {
    case 'opened': {
      const source = entry.source === 'unknown' ? undefined : quoted(entry.source)
      const said = say.opened(severity[entry.severity], quoted(summaryIn(language, entry)), source)
      return said + again(entry, language, timezone)
    }
    case 'changed':
      return (
        say.changed(severity[entry.severity], quoted(summaryIn(language, entry))) + outgrown(entry, language, timezone)
      )
    case 'layer':
      return layer(entry, language)
    case 'layer-ended':
      return say.ended(placeOf(entry, language), factIn(language, entry.why))
    case 'call':
      return (
        say.call(entry.name, entry.call, outcomeIn(language, entry.outcome)) + because(entry.failure, language, vendors)
      )
    case 'message':
      return (
        say.told[entry.status](recipientIn(language, entry.to), say.what[entry.what]) +
        because(entry.failure, language, vendors)
      )
    case 'fallback': {
      const { reach } = words[language]
      return say.fallback(entry.name, reach[entry.from], reach[entry.to]) + because(entry.failure, language, vendors)
    }
    case 'exhausted':
      return say.exhausted(entry.rounds, timeSeenFrom(entry.at, entry.repeatAt, timezone))
    case 'paused':
      return say.paused(timeSeenFrom(entry.at, entry.until, timezone), quoted(factIn(language, entry.cause)))
    case 'resumed':
      return say.resumed
    case 'acknowledged':
      return (
        say.acknowledged(entry.action.by?.name) +
        brackets(
          [
            viaText(entry.action, language),
            ...(entry.until === undefined ? [] : [say.pagesAgain(timeSeenFrom(entry.at, entry.until, timezone))]),
          ].join(words[language].comma),
        )
      )
    case 'reopened':
      return say.reopened[entry.lapse.why](doer(entry.lapse.by ?? entry.lapse.action, language))
    case 'escalated':
      return say.escalated(doer(entry.action, language), entry.layer, entry.to?.join(words[language].list))
    case 'resolved':
      if (entry.action.via === 'system') return say.recovered
      if (entry.action.via === 'removed') return say.removed
      if (entry.action.via === 'unrenewed') return say.unrenewed
      if (entry.action.via === 'calm') return say.calm
      if (entry.action.via === 'told') return say.once
      return say.resolved(entry.action.by?.name) + brackets(viaText(entry.action, language))
    case 'sender-silent':
      return say.senderSilent
    case 'mended':
      return say.mended(entry.notes.map((note) => quoted(factIn(language, note))))
    case 'note':
      return say.note(quoted(entry.by), oneLine(entry.text, NOTE_CHARACTERS))
  }
}

/** `02:13:07`, or `11-22 02:13:07` when that is another day in the zone than `reference`. */
export function timelineTime(reference: Instant, at: Instant, timezone: string): string {
  const second = String(Math.floor(at / 1000) % 60).padStart(2, '0')
  return `${timeSeenFrom(reference, at, timezone)}:${second}`
}

function again({ at, closedTooSoon }: Of<'opened'>, language: Language, timezone: string): string {
  if (closedTooSoon === undefined) return ''
  const time = timeSeenFrom(at, closedTooSoon.at, timezone)
  return words[language].brackets(words[language].closedTooSoon(doer(closedTooSoon, language), time))
}

function outgrown({ at, outgrown: before }: Of<'changed'>, language: Language, timezone: string): string {
  if (before === undefined) return ''
  const { action, severity } = before
  const { brackets, ...say } = words[language]
  return brackets(say.outgrown(doer(action, language), say.severity[severity], timeSeenFrom(at, action.at, timezone)))
}

function layer(entry: Of<'layer'>, language: Language): string {
  const say = timelineWords[language]
  const { list, brackets } = words[language]
  const place = placeOf(entry, language)
  const said = entry.names.length === 0 ? say.nobody(place) : say.reaching(place, entry.names.join(list))
  const notes = entry.notes.map((note) => factIn(language, note)).join(list)
  return notes === '' ? said : said + brackets(notes)
}

function placeOf({ round, layer }: { round: number; layer: number }, language: Language): string {
  const say = timelineWords[language]
  return layer === EVERYBODY ? say.everybody : say.place(round + 1, layer + 1)
}

function outcomeIn(language: Language, outcome: Of<'call'>['outcome']): string {
  if (outcome === 'requested' || outcome === 'waiting' || outcome === 'ringing' || outcome === 'listening')
    return timelineWords[language].ringing[outcome]
  return words[language].outcome[outcome]
}

/** `wecom`, a robot; `lin 短信`, one of a contact's own channels. */
function recipientIn(language: Language, to: Recipient): string {
  return 'chat' in to ? to.chat : `${to.contact} ${words[language].reach[to.channel]}`
}

function because(failure: Failure | undefined, language: Language, vendors: VendorWords): string {
  return failure === undefined ? '' : words[language].brackets(failureText(failure, language, vendors))
}

function quoted(text: string): string {
  return oneLine(text, QUOTED_CHARACTERS)
}
