import type { Language } from '../contracts/words.ts'
import type { Notice, PersonName } from '../incidents/notice.ts'
import { oneLine } from './cut.ts'
import { titleIn } from './facts.ts'

/** A piece of text. `tone` marks what is wrong or right; a channel with mentions renders `mention` as one. */
export interface Span {
  text: string
  tone?: 'bad' | 'good'
  mention?: PersonName
}

/** One line. Lines with `keep` are the last to go when a channel has little room. */
export interface Line {
  spans: Span[]
  keep?: boolean
}

export interface Link {
  text: string
  href: string
}

/** A message before any markup. All text in it is plain, on one line, and may hold anything a renderer must escape. */
export interface Composition {
  /** The head line without tones, for pushes, subjects and the like. */
  title: string
  head: Span[]
  lines: Line[]
  links: Link[]
  /** Who speaks and when, for channels that don't show it themselves. */
  footer: string
}

/** Longest text of one line from outside, in characters; vendors' limits are the renderer's. */
const TITLE_CHARACTERS = 40

/** `支付 / 收银台`. */
export const subject = (notice: Notice, language: Language): string =>
  `${oneLine(notice.projectTitle, TITLE_CHARACTERS)} / ${oneLine(titleIn(language, notice), TITLE_CHARACTERS)}`
