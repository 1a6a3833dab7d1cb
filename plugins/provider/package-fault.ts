import { languageOf } from '../../shared/contracts/words.ts'
import type { Serverless } from './framework.ts'
import { providerWords } from './words.ts'

/** An error about a package, which the framework shows without a stack, in the language of the terminal. */
export function packageFault(serverless: Serverless, words: (say: (typeof providerWords)['en']) => string): Error {
  return new serverless.classes.Error(words(providerWords[languageOf(process.env)]), 'PROVIDER_PACKAGE')
}
