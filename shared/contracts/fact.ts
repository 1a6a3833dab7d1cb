import * as z from 'zod/mini'
import { FACT_CHARACTERS } from './fact-limit.ts'
import type { Language } from './words.ts'

/** What an argument of a fact may be: plain data, written as JSON. */
export type FactValue = string | number | boolean | null | FactValue[] | { [name: string]: FactValue }

/**
 * Something that is so, without words: a code and what it needs to be told. The words for people are made where they are shown,
 * by the `Wording` of whoever owns the code. What a vendor or a target says stands in `args` as a quotation. A fact may be an
 * argument of another one.
 */
export type Fact<Code extends string = string, Args extends object = Record<string, FactValue>> = {
  code: Code
  args: Args
}

/** The facts of one owner, from a table of codes and their arguments. */
export type FactOf<ArgsByCode> = {
  [Code in keyof ArgsByCode & string]: Fact<Code, ArgsByCode[Code] & object>
}[keyof ArgsByCode & string]

/** How a fact is told in one language. `say` tells a fact that is an argument of this one. */
type Sentence<Args> = (args: Args, say: (fact: Fact) => string) => string

/**
 * The words of each code in both languages: the compiler refuses one that lacks a code or a language. `saysTime`: they say how long
 * it took, so that whoever tells it does not say it again.
 */
export type Wording<F extends Fact<string, object>> = {
  [Code in F['code']]: Record<Language, Sentence<Extract<F, { code: Code }>['args']>> & { saysTime?: true }
}

/** A fact of any owner as it arrives over a queue: its code may be of a newer version than ours. */
export const fact: z.ZodMiniType<Fact> = z
  .strictObject({
    code: z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(60)),
    args: z.record(z.string().check(z.maxLength(40)), z.json()),
  })
  .check(
    z.refine(
      (one) => JSON.stringify(one).length <= FACT_CHARACTERS,
      `a fact has at most ${FACT_CHARACTERS} characters`,
    ),
  )
