import { type Bilingual, inBoth } from '../../../shared/contracts/words.ts'
import { type ApiWords, apiWords } from '../../../shared/messages/console/api.ts'

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429

/** Why a request is refused: a code for programs, and words that say what to do. */
export class Refusal extends Error {
  readonly status: Status
  readonly code: string
  readonly words: Bilingual

  constructor(status: Status, code: string, words: Bilingual) {
    super(code)
    this.status = status
    this.code = code
    this.words = words
  }
}

/** A refusal in the API's own words. */
export function refusal(status: Status, code: string, said: (say: ApiWords) => string): Refusal {
  return new Refusal(
    status,
    code,
    inBoth((language) => said(apiWords[language])),
  )
}
