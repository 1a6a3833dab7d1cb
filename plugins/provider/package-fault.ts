import { type Bilingual, languageOf } from '../../shared/contracts/words.ts'
import type { Serverless } from './framework.ts'

/** An error about a package, which the framework shows without a stack, in the language of the terminal. */
export function packageFault(serverless: Serverless, words: Bilingual): Error {
  return new serverless.classes.Error(words[languageOf(process.env)], 'PROVIDER_PACKAGE')
}
