import type { Fact } from '../contracts/fact.ts'
import { evaluationWording } from './evaluated/faults.ts'
import type { WordsByCode } from './kind.ts'
import type { checkWords } from './registered/wordings.ts'
import { runWording } from './run/faults.ts'

/** Words for what may be said of a check of any kind. */
export const anyWords: WordsByCode = { ...runWording, ...evaluationWording }

/** The facts that a wording has words for. */
type FactsOf<W> = { [Code in keyof W & string]: Fact<Code, ArgsOf<W[Code]>> }[keyof W & string]

type ArgsOf<Words> = Words extends { en: (args: infer Args extends object, ...rest: never[]) => string } ? Args : never

type ByKind = { [Kind in keyof typeof checkWords]: FactsOf<(typeof checkWords)[Kind]> }

/** Every fault that a running check may come to. */
export type CheckFault = FactsOf<typeof runWording> | ByKind[keyof ByKind]
