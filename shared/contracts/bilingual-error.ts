import type { Bilingual } from './words.ts'

/** An error that people are told of, in either language. `words` are the whole of it; the message of the error is its English. */
export class BilingualError extends Error {
  readonly words: Bilingual

  constructor(words: Bilingual, options?: ErrorOptions) {
    super(words.en, options)
    this.words = words
  }
}
