import type { WordsByCode } from '../checks/kind.ts'
import type { Fact } from '../contracts/fact.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Language } from '../contracts/words.ts'
import { alertNoteWording } from './alert-notes.ts'
import { awsWording } from './aws-facts.ts'
import { checkFacts, factBy } from './check-facts.ts'
import { failoverWording } from './failover-facts.ts'
import { groupWording } from './group-facts.ts'
import { ownTitles, ownWording } from './own-facts.ts'
import { reasonWording } from './reasons.ts'
import { rejectionWording } from './rejections.ts'
import { verdictWording } from './verdict-facts.ts'

const known: WordsByCode = {
  ...verdictWording,
  ...ownWording,
  ...reasonWording,
  ...rejectionWording,
  ...alertNoteWording,
  ...groupWording,
  ...failoverWording,
  ...awsWording,
  ...checkFacts,
}

/** Any fact as a sentence in the reader's language: see `factBy`. */
export function factIn(language: Language, fact: Fact): string {
  return factBy(known, language, fact)
}

/** Whether a fact's words say how long something took, so that nobody has to say it beside them. */
export function saysTime({ code, args }: Fact): boolean {
  return (
    ownProperty(known, code)?.saysTime === true || Object.values(args).some((part) => isFact(part) && saysTime(part))
  )
}

function isFact(value: unknown): value is Fact {
  return typeof value === 'object' && value !== null && 'code' in value && 'args' in value
}

/** What an incident, or a line of its history, says has happened: the fact of one of ours, or what a sender has written. */
export function summaryIn(language: Language, { summary, fact }: { summary: string; fact?: Fact | undefined }): string {
  return fact === undefined ? summary : factIn(language, fact)
}

/** What broke, short: a condition of Fenghuo's own by its words, anything else as its check or its sender calls it. */
export function titleIn(language: Language, { title, fact }: { title: string; fact?: Fact }): string {
  return (fact && ownProperty<Record<Language, string>>(ownTitles, fact.code)?.[language]) ?? title
}
