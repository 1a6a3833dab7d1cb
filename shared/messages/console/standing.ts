import { spaced } from '../../contracts/spaced.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import type { Attempt, AttemptStatus } from '../../incidents/attempt.ts'
import type { Escalation, Incident } from '../../incidents/incident.ts'
import { endOf } from '../../incidents/pause/pause.ts'
import { doer, viaText } from '../action-words.ts'
import { factIn } from '../facts.ts'
import { pausingWords } from '../pausing.ts'
import { duration, timeSeenFrom } from '../times.ts'
import { words } from '../words.ts'

/** How an incident stands, for whoever looks at it: a sentence, and when it will be another one. */
export interface Standing {
  text: string
  /** What follows if nobody acknowledges, and when. */
  next?: { text: string; at: Instant }
}

interface StandingWords {
  attempt: Record<AttemptStatus, string>
  phase: Record<Exclude<Escalation['phase'], 'layer' | 'paused' | 'exhausted' | 'over'>, string>
  nobody: string
  next: (names: string) => string
  everybody: string
  again: string
  took: (name: string, time: string, how: string) => string
  pagesAgain: string
  recovered: (time: string, lasted: string) => string
  closed: (name: string, time: string, how: string) => string
}

const standingWords: Record<Language, StandingWords> = {
  zh: {
    attempt: {
      requested: '即将拨出',
      waiting: '等待拨出',
      ringing: '响铃中',
      listening: '已接听',
      unknown: '结果未知',
      sent: '已发送',
      unanswered: '未接',
      busy: '忙线',
      'no-key': '接通未按键',
      passed: '已转给下一位',
      failed: '失败',
      cancelled: '已取消',
    },
    phase: { starting: '即将呼叫', next: '即将呼叫下一位', notified: '只通知群', guarded: '由另一地域呼叫' },
    nobody: '正在找人',
    next: (names) => `下一位 ${names}`,
    everybody: '之后告知全员',
    again: '再次全部呼叫',
    took: (name, time, how) => spaced`${name}已认领，${time}（${how}）`,
    pagesAgain: '未恢复将再次呼叫',
    recovered: (time, lasted) => `${time} 恢复，共 ${lasted}`,
    closed: (name, time, how) => spaced`${name}已关闭，${time}（${how}）`,
  },
  en: {
    attempt: {
      requested: 'about to be called',
      waiting: 'waiting for the line',
      ringing: 'ringing',
      listening: 'on the line',
      unknown: 'result unknown',
      sent: 'sent',
      unanswered: 'no answer',
      busy: 'busy',
      'no-key': 'answered, no key',
      passed: 'passed it on',
      failed: 'failed',
      cancelled: 'called off',
    },
    phase: {
      starting: 'About to be paged',
      next: 'About to page the next one',
      notified: 'Told in chat only',
      guarded: 'Paged by another region',
    },
    nobody: 'Looking for somebody',
    next: (names) => `next ${names}`,
    everybody: 'then everybody is told',
    again: 'everybody is called again',
    took: (name, time, how) => `${name} has it since ${time} (${how})`,
    pagesAgain: 'pages again unless it recovers',
    recovered: (time, lasted) => `Recovered at ${time}, after ${lasted}`,
    closed: (name, time, how) => `${name} closed it at ${time} (${how})`,
  },
}

/** Who has an incident, or who is being reached, how that goes, and what comes next. */
export function standingOf(incident: Incident, now: Instant, language: Language, timezone: string): Standing {
  const say = standingWords[language]
  const time = (at: Instant) => timeSeenFrom(now, at, timezone)
  const { status, acknowledged, resolved, ackEnd, escalation, openedAt } = incident
  if (status === 'resolved' && resolved !== undefined) {
    if (resolved.by === undefined)
      return { text: say.recovered(time(resolved.at), duration(resolved.at - openedAt, language)) }
    return { text: say.closed(resolved.by.name, time(resolved.at), viaText(resolved, language)) }
  }
  if (status === 'acknowledged' && acknowledged !== undefined) {
    const text = say.took(doer(acknowledged, language), time(acknowledged.at), viaText(acknowledged, language))
    return ackEnd === undefined ? { text } : { text, next: { text: say.pagesAgain, at: ackEnd.at } }
  }
  return escalating(escalation, language, time)
}

function escalating(escalation: Escalation, language: Language, time: (at: Instant) => string): Standing {
  const say = standingWords[language]
  const { phase, pause, deadlineAt, next, attempts } = escalation
  switch (phase) {
    case 'over':
      return { text: '' }
    case 'starting':
    case 'next':
    case 'notified':
    case 'guarded':
      return { text: say.phase[phase] }
    case 'exhausted':
      return { text: words[language].nobodyAcknowledged, next: { text: say.again, at: deadlineAt } }
    case 'paused': {
      if (pause === undefined) return { text: pausingWords[language].paused }
      const end = endOf(pause)
      const why = factIn(language, pause.cause)
      if (end === undefined) return { text: pausingWords[language].pausedWhile(why) }
      return { text: pausingWords[language].pausedUntil(time(end), why) }
    }
    case 'layer': {
      const names = next.map(({ name }) => name).join(words[language].list)
      const text = attempts.length === 0 ? say.nobody : reaching(attempts, language)
      return { text, next: { text: names === '' ? say.everybody : say.next(names), at: deadlineAt } }
    }
  }
}

/** `林悦 电话响铃中、短信已发送`: each person once, by the newest of what was tried. */
function reaching(attempts: Attempt[], language: Language): string {
  const { list, comma, reach } = words[language]
  const say = standingWords[language]
  const newest = new Map(attempts.map((one) => [`${one.contact} ${one.channel}`, one]))
  const people = Map.groupBy(newest.values(), ({ contact }) => contact)
  return [...people.values()]
    .map((own) => {
      const ways = own.map(({ channel, status }) => `${reach[channel]} ${say.attempt[status]}`)
      return `${own[0]?.name} ${ways.join(list)}`
    })
    .join(comma)
}
