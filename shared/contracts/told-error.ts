import type { Bilingual } from './words.ts'

/** An error that people are told of, in either language. `told` is the whole of it; the message of the error is its English. */
export class ToldError extends Error {
  readonly told: Bilingual

  constructor(told: Bilingual, options?: ErrorOptions) {
    super(told.en, options)
    this.told = told
  }
}
