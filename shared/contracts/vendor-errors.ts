import type { PlainFailureClass } from './failure.ts'
import { ownProperty } from './own-property.ts'
import type { Language } from './words.ts'

/** What to do about a failure, for people: one clause without a full stop. */
export type Remedy = Readonly<Record<Language, string>>

/** What a vendor's refusal means. */
export interface ErrorMeaning {
  class: PlainFailureClass
  /** Refused for now, nothing was sent: not to be asked again before, ms. */
  afterMs?: number
  /** The vendor lost track of its own sending: the message may be on its way. */
  isLost?: true
  /** What puts it right, where the words for its class don't say it. Timelines, the CLI and doctor show it. */
  remedy?: Remedy
}

/** What one of a vendor's codes means. */
export interface CodeMeaning extends ErrorMeaning {
  /** Of a code that stands for several things which only the vendor's words tell apart: the first whose words fit counts. */
  whenSaid?: readonly (ErrorMeaning & { words: RegExp })[]
}

/** A vendor's codes. Those that a table lacks are refusals for good, too. */
export interface ErrorTable {
  /** The vendor's page that lists them: its address, or the site and the page's title. */
  source: string
  codes: Readonly<Record<string, CodeMeaning>>
  /** Codes may go on after a dot: what the table lacks means the same as its part before the dot. */
  goesOnAfterDot?: true
}

/** What a vendor means by `code`, said in the words `said`; undefined if the table lacks the code. */
export function meaningOf({ codes, goesOnAfterDot }: ErrorTable, code: string, said = ''): ErrorMeaning | undefined {
  const general = goesOnAfterDot ? code.replace(/\..*/s, '') : code
  const meaning = ownProperty(codes, code) ?? ownProperty(codes, general)
  return meaning?.whenSaid?.find(({ words }) => words.test(said)) ?? meaning
}
