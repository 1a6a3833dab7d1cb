import type { Bilingual } from './words.ts'

/** Something that is wrong in a configuration: a code for machines, and what is wrong and what would be right. */
export interface Mistake {
  code: string
  words: Bilingual
}

export function mistake(code: string, words: Bilingual): Mistake {
  return { code, words }
}

/** The setting `error` of a part of a schema; `words` may be made of what is written there. */
export function wrong(code: string, words: Bilingual | ((input: unknown) => Bilingual)) {
  const error = ({ input }: { input?: unknown }) =>
    issueText({ code, words: typeof words === 'function' ? words(input) : words })
  return { error }
}

/** Where a schema notes what its parts can't know: mistakes by the key that they stand at. */
export function noteMistakes(
  context: { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void },
  mistakes: [key: string, mistake: Mistake][],
  path: PropertyKey[] = [],
): void {
  for (const [key, one] of mistakes) context.addIssue({ code: 'custom', path: [...path, key], message: issueText(one) })
}

/** A mistake as an issue of zod carries it, which has room for a text alone. */
export function issueText(mistake: Mistake): string {
  return JSON.stringify(mistake)
}

/** The mistake that an issue carries; zod's own words for what no schema of ours says. */
export function mistakeIn({ message, code }: { message: string; code?: string }): Mistake {
  if (!message.startsWith('{"code":')) return { code: code ?? 'other', words: { en: message, zh: message } }
  return JSON.parse(message) as Mistake
}
