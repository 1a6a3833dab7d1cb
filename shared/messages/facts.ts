import type { WordsByCode } from '../checks/kind.ts'
import { checkWords } from '../checks/registered/wordings.ts'
import { anyWords } from '../checks/words.ts'
import type { Fact } from '../contracts/fact.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Language } from '../contracts/words.ts'
import { alertNoteWording } from './alert-notes.ts'
import { awsWording } from './aws-facts.ts'
import { failoverWording } from './failover-facts.ts'
import { groupWording } from './group-facts.ts'
import { ownTitles, ownWording } from './own-facts.ts'
import { reasonWording } from './reasons.ts'
import { rejectionWording } from './rejections.ts'
import { verdictWording } from './verdict-facts.ts'

const known: WordsByCode = Object.assign(
  {
    ...verdictWording,
    ...ownWording,
    ...reasonWording,
    ...rejectionWording,
    ...alertNoteWording,
    ...groupWording,
    ...failoverWording,
    ...awsWording,
    ...anyWords,
  },
  ...Object.values(checkWords),
)

/**
 * A fact as a sentence in the reader's language. One that we have no words for, since its code or its arguments are of another
 * version, is told by its code and arguments, which people can read if they must. Never throws.
 */
export function factIn(language: Language, fact: Fact): string {
  try {
    const told = ownProperty(known, fact.code)?.[language](fact.args as never, (inner) => factIn(language, inner))
    if (told !== undefined) return told
  } catch {
    // Its arguments are none that we know.
  }
  const said = Object.keys(fact.args).length === 0 ? '' : JSON.stringify(fact.args)
  if (language === 'zh') return `未知情况 ${fact.code}${said && `（${said}）`}`
  return `${fact.code.replaceAll('-', ' ')}${said && ` (${said})`}`
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
