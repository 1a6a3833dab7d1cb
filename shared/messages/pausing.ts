import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import type { Lapse } from '../incidents/notice.ts'
import { endOf } from '../incidents/pause/pause.ts'
import { doer } from './action-words.ts'
import type { Line } from './composition.ts'
import { oneLine } from './cut.ts'
import { factIn } from './facts.ts'
import type { Message } from './message.ts'
import { timeSeenFrom } from './times.ts'

/** What is said of an incident that pages nobody for a while, and of one that pages again. */
interface PausingWords {
  paused: string
  pausedUntil: (time: string, why: string) => string
  /** For as long as its reason goes on. */
  pausedWhile: (why: string) => string
  ackEnds: (name: string) => string
  /** Of what somebody has: unless it is renewed, or over by then. */
  pagesAgainAt: (time: string) => string
  lapse: Record<Lapse['why'], (name: string, time: string) => string>
  pauseEnds: string
  /** Why one hears of it only now. */
  wasHeld: string
  pauseEndsAt: (time: string, why: string) => string
}

const zh: PausingWords = {
  paused: '暂不呼叫',
  pausedUntil: (time, why) => `${time} 前不呼叫：${why}`,
  pausedWhile: (why) => `暂不呼叫：${why}`,
  pauseEnds: '即将恢复呼叫',
  wasHeld: '按策略暂缓到现在才通知',
  ackEnds: (name) => spaced`${name}的认领即将到期`,
  pagesAgainAt: (time) => `${time} 未恢复也未再次认领，将再次呼叫`,
  lapse: {
    expired: (name, time) => spaced`${name}于 ${time} 认领，到期未续`,
    'snooze-over': (name, time) => spaced`${name}于 ${time} 设置的稍后提醒到时`,
    'given-back': (name, time) => spaced`${name}于 ${time} 放弃认领`,
    escalated: (name, time) => spaced`${name}于 ${time} 要求升级`,
  },
  pauseEndsAt: (time, why) => `${time} 仍未恢复将开始呼叫，此前：${why}`,
}

const en: PausingWords = {
  paused: 'PAUSED',
  pausedUntil: (time, why) => `Nobody is paged until ${time}: ${why}`,
  pausedWhile: (why) => `Nobody is paged for now: ${why}`,
  pauseEnds: 'PAGES SOON',
  wasHeld: 'Told only now: its policy held it',
  ackEnds: (name) => `${name}’s acknowledgement ends soon`,
  pagesAgainAt: (time) => `Unless it recovers or is acknowledged again, it pages again at ${time}`,
  lapse: {
    expired: (name, time) => `${name} took it at ${time} and has not renewed that`,
    'snooze-over': (name, time) => `${name} snoozed it at ${time}, and that is over`,
    'given-back': (name, time) => `${name} gave it back at ${time}`,
    escalated: (name, time) => `${name} escalated it at ${time}`,
  },
  pauseEndsAt: (time, why) => `Unless it recovers, people are paged from ${time} on. Until then: ${why}`,
}

export const pausingWords: Record<Language, PausingWords> = { zh, en }

/** A reason longer than this is cut, in characters. */
const REASON_CHARACTERS = 200

/** When an acknowledgement ends by itself. */
export function pagesAgain({ notice, language, timezone }: Message): Line[] {
  if (notice.ackEndsAt === undefined) return []
  const text = pausingWords[language].pagesAgainAt(timeSeenFrom(notice.at, notice.ackEndsAt, timezone))
  return [{ spans: [{ text }], keep: true }]
}

/** Who had it, and does not any more. */
export function lapse({ notice, language, timezone }: Message): Line[] {
  if (notice.lapse === undefined) return []
  const { action, why, by = action } = notice.lapse
  const text = pausingWords[language].lapse[why](doer(by, language), timeSeenFrom(notice.at, by.at, timezone))
  return [{ spans: [{ text }], keep: true }]
}

/** Its policy held it until now. */
export function atHoldsEnd({ language }: Message): Line[] {
  return [{ spans: [{ text: pausingWords[language].wasHeld }] }]
}

/** Until when nobody is paged, and why. */
export function paused({ notice, language, timezone }: Message): Line[] {
  const { at, kind, pause, until } = notice
  if (pause === undefined || until === undefined) return []
  const say = pausingWords[language]
  const tell = kind === 'pause-ends' ? say.pauseEndsAt : say.pausedUntil
  const why = oneLine(factIn(language, pause), REASON_CHARACTERS)
  const end = endOf({ cause: pause, until })
  const text = end === undefined ? say.pausedWhile(why) : tell(timeSeenFrom(at, end, timezone), why)
  return [{ spans: [{ text }], keep: true }]
}
