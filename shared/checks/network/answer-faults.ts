import type { FactOf, Wording } from '../../contracts/fact.ts'
import { quoted, seconds } from '../phrases.ts'

/** What becomes of an answer that a text is expected in. */
export type AnswerFault = FactOf<{
  /** `isCut`: the target went on beyond what is read. */
  'answer-lacks': { text: string; isCut: boolean }
  /** It did not come in this time, though something else did. */
  'answer-lacks-in-time': { text: string; limitMs: number }
}>

export const answerWording: Wording<AnswerFault> = {
  'answer-lacks': {
    zh: ({ text, isCut }) => `应答${isCut ? '的前 64 KiB ' : ''}中没有 ${quoted(text)}`,
    en: ({ text, isCut }) => `text not found${isCut ? ' in the first 64 KiB' : ''}: ${quoted(text)}`,
  },
  'answer-lacks-in-time': {
    zh: ({ text, limitMs }) => `超时 ${seconds(limitMs)}（应答中没有 ${quoted(text)}）`,
    en: ({ text, limitMs }) => `timeout ${seconds(limitMs)} (text not found: ${quoted(text)})`,
    saysTime: true,
  },
}
