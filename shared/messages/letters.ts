import type { LetterContent } from '../contracts/letter.ts'
import type { Language } from '../contracts/words.ts'

type Of<Code extends LetterContent['code']> = Extract<LetterContent, { code: Code }>
type Words = { [Code in LetterContent['code']]: (content: Of<Code>) => { subject: string; lines: string[] } }

const zh: Words = {
  'swap-asked': ({ by, schedule, mine, yours, note }) => ({
    subject: `${by}想与您换班`,
    lines: [
      yours === undefined
        ? `${by}请您替 ${schedule} 的这一班：${mine}。`
        : `${by}请您替 ${schedule} 的这一班：${mine}；换您的：${yours}。`,
      ...(note === undefined ? [] : [note]),
      '在您接受之前，什么都不会改变。接受或谢绝：',
    ],
  }),
  'swap-answered': ({ by, schedule, mine, accepted }) => ({
    subject: accepted ? `${by}接受了换班` : `${by}谢绝了换班`,
    lines: [
      accepted
        ? `${by}接受了：${schedule} 的 ${mine} 由 ${by} 值班，已经生效。`
        : `${by}谢绝了：${schedule} 的 ${mine} 仍由您值班。`,
    ],
  }),
  'sign-in': () => ({
    subject: '登录烽火的链接',
    lines: ['打开链接并按下按钮即可登录；十分钟内有效，只能用一次。若不是您要的，不必理会。'],
  }),
}

const en: Words = {
  'swap-asked': ({ by, schedule, mine, yours, note }) => ({
    subject: `${by} asks you to swap`,
    lines: [
      yours === undefined
        ? `${by} asks you to take this turn in ${schedule}: ${mine}.`
        : `${by} asks you to take this turn in ${schedule}: ${mine}; for yours: ${yours}.`,
      ...(note === undefined ? [] : [note]),
      'Nothing changes until you accept. Accept or decline:',
    ],
  }),
  'swap-answered': ({ by, schedule, mine, accepted }) => ({
    subject: accepted ? `${by} has accepted your swap` : `${by} has declined your swap`,
    lines: [
      accepted
        ? `${by} has accepted: ${schedule}, ${mine}, is theirs from now on.`
        : `${by} has declined: ${schedule}, ${mine}, is still yours.`,
    ],
  }),
  'sign-in': () => ({
    subject: 'Your link to sign in to Fenghuo',
    lines: ['Open it and press the button: it holds for ten minutes, once. If you have not asked for it, do nothing.'],
  }),
}

const words: Record<Language, Words> = { zh, en }

/** A letter as its recipient reads it: its address is the last line. */
export function letterIn(content: LetterContent, url: string, language: Language): { subject: string; text: string } {
  const make = words[language][content.code] as (content: LetterContent) => { subject: string; lines: string[] }
  const { subject, lines } = make(content)
  return { subject, text: [...lines, url].join('\n') }
}
