import type { WordsByCode } from '../checks/kind.ts'
import { checkWords } from '../checks/registered/wordings.ts'
import { anyWords } from '../checks/words.ts'
import type { Fact } from '../contracts/fact.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Language } from '../contracts/words.ts'

/** The words for what checks see: all that a probe has to say. */
export const checkFacts: WordsByCode = Object.assign({ ...anyWords }, ...Object.values(checkWords))

/** What a check saw, as a sentence in the reader's language: see `factBy`. */
export const checkFactIn = (language: Language, fact: Fact): string => factBy(checkFacts, language, fact)

/**
 * A fact as a sentence in the reader's language. One that there are no words for, since its code or its arguments are of another
 * version, is told by its code and arguments, which people can read if they must. Never throws.
 */
export function factBy(known: WordsByCode, language: Language, fact: Fact): string {
  try {
    const told = ownProperty(known, fact.code)?.[language](fact.args as never, (inner) =>
      factBy(known, language, inner),
    )
    if (told !== undefined) return told
  } catch {
    // Its arguments are none that we know.
  }
  const said = Object.keys(fact.args).length === 0 ? '' : JSON.stringify(fact.args)
  if (language === 'zh') return `未知情况 ${fact.code}${said && `（${said}）`}`
  return `${fact.code.replaceAll('-', ' ')}${said && ` (${said})`}`
}
