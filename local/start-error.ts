import type { Bilingual } from '../shared/contracts/words.ts'

/** A mistake of whoever started the stack, told without a stack trace. */
export class StartError extends Error {
  readonly told: Bilingual

  constructor(told: Bilingual) {
    super(told.en)
    this.told = told
  }
}
