import type { Language } from '../contracts/words.ts'
import { ofKind } from '../incidents/notice-kinds.ts'
import { type Composition, type Line, type Span, subject } from './composition.ts'
import { bytes } from './cut.ts'
import { headOf, repeatMark } from './head.ts'
import { withoutMarkup } from './markup.ts'
import type { Message } from './message.ts'
import { timeSeenFrom } from './times.ts'
import { words } from './words.ts'

/** What a channel's markup adds to a line at most, in bytes: a colour's tag, a bullet, the line break. */
const MARKUP_BYTES = 80

/** Head, the line of those that come later, and footer. */
const FRAME_BYTES = 500

const head: Record<Language, (count: number) => string> = {
  zh: (count) => `${count} 张告警单有新消息`,
  en: (count) => `News of ${count} incidents`,
}

/** `over` of them are. */
const heldHead: Record<Language, (count: number, over: number) => string> = {
  zh: (count, over) => `暂缓通知的 ${count} 张告警单${over > 0 ? `，其中 ${over} 张已恢复` : ''}`,
  en: (count, over) => `${count} incidents were held${over > 0 ? `, ${over} of them are over` : ''}`,
}

const later: Record<Language, (count: number) => string> = {
  zh: (count) => `另有 ${count} 张告警单的消息稍后发出`,
  en: (count) => `${count} more follow in a moment`,
}

const since: Record<Language, (time: string) => string> = {
  zh: (time) => `，起于 ${time}`,
  en: (time) => `, since ${time}`,
}

/** How many bytes a message of so many has for the lines of a digest. */
export function digestRoom(maxBytes: number): number {
  return maxBytes - FRAME_BYTES
}

/** What the line of one incident takes of a digest's room, in bytes. */
export function digestBytes(message: Message): number {
  return (
    bytes(
      withoutMarkup(
        lineOf(message)
          .map(({ text }) => text)
          .join(''),
      ),
    ) + MARKUP_BYTES
  )
}

/** Several incidents' news in one message: a line for each, in the order given, and how many come later. */
export function digestLines(message: Message): Line[] {
  const { of, more } = message.digest ?? { of: [], more: 0 }
  const lines = of.map((one): Line => ({ spans: lineOf({ ...message, ...one }), keep: true }))
  return more > 0 ? [...lines, { spans: [{ text: later[message.language](more) }], keep: true }] : lines
}

/** The head of a digest. */
export function digestHead({ of, held }: NonNullable<Message['digest']>, language: Language): Composition['head'] {
  if (!held) return [{ text: head[language](of.length), tone: 'bad' }]
  const over = of.filter(({ notice }) => ofKind(notice.kind).leaves === 'over').length
  return [{ text: heldHead[language](of.length, over), tone: 'bad' }]
}

/** The head that a message of its own would have, what the incident is about, and since when it goes on or how long it did. */
function lineOf(message: Message): Span[] {
  const { notice, language, timezone, repeat } = message
  const { leaves, isNameless } = ofKind(notice.kind)
  const opened = timeSeenFrom(notice.at, notice.openedAt, timezone)
  const took = `${words[language].comma}${opened} – ${timeSeenFrom(notice.openedAt, notice.at, timezone)}`
  return [
    ...headOf(message),
    ...(isNameless ? [{ text: ` | ${subject(notice, language)}` }] : []),
    { text: leaves === 'over' ? took : leaves === 'news' ? '' : since[language](opened) },
    ...(repeat ? [repeatMark(language)] : []),
  ]
}
