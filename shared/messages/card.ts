import type { pressResults } from '../contracts/press-results.ts'
import { spaced } from '../contracts/spaced.ts'
import type { Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'
import { ofKind } from '../incidents/notice-kinds.ts'
import type { Message } from './message.ts'

/** What a card's button does: takes the incident, has it go on to the next layer, or lets it be quiet for an hour. */
export const cardActs = ['acknowledge', 'pass', 'silence'] as const
export type CardAct = (typeof cardActs)[number]

/** What buttons say: in WeCom ten characters are seen. */
export const buttonText: Record<Language, Record<CardAct, string>> = {
  zh: { acknowledge: '认领', pass: '转交', silence: '静默1小时' },
  en: { acknowledge: 'Take it', pass: 'Pass on', silence: 'Silence 1h' },
}

/** Whether a message is of one incident that somebody has yet to take: its buttons are of use. */
export function isToBeTaken({ notice, digest }: Message): boolean {
  return digest === undefined && ofKind(notice.kind).leaves === 'open'
}

/** What a message tells of several incidents, told of each alone: what a card of that incident is to say from now on. */
export function apart({ digest, ...message }: Message): Message[] {
  return digest?.of.map((one) => ({ ...message, ...one, links: {} })) ?? [message]
}

/** What became of a press on a card's button; the name is whose press it was, or who was faster. */
export interface PressResult {
  result: (typeof pressResults)[number]
  name?: string
}

const words: Record<Language, Record<PressResult['result'], (name: string) => string>> = {
  zh: {
    taken: (name) => (name === '' ? '已被认领' : spaced`${name}已认领`),
    passed: (name) => spaced`${name}已转交`,
    silenced: (name) => spaced`${name}静默1小时`,
    over: () => '已结束',
    unknown: () => '此处查无此单',
    expired: () => '按钮已失效，请看最新消息',
    nobody: () => '您不在联系人中',
  },
  en: {
    taken: (name) => (name === '' ? 'Taken already' : `${name} has it`),
    passed: (name) => `Passed on by ${name}`,
    silenced: (name) => `Silenced for 1 h by ${name}`,
    over: () => 'It is over',
    unknown: () => 'It is not known here',
    expired: () => 'This button has expired: see the newest message',
    nobody: () => 'You are no contact here',
  },
}

/** What takes the place of a card's buttons once they have been pressed. */
export function pressedText({ result, name = '' }: PressResult, language: Language): string {
  return words[language][result](name)
}

/** What takes the place of the buttons when a notice makes them useless; undefined when they are still of use. */
export function endedText({ kind, acknowledged }: Notice, language: Language): string | undefined {
  const { leaves } = ofKind(kind)
  if (leaves === 'over') return words[language].over('')
  if (leaves !== 'taken') return undefined
  return words[language].taken(acknowledged?.by?.name ?? '')
}
