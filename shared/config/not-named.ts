import { type Mistake, mistake } from '../contracts/mistake.ts'
import { notNamedWords, type Thing } from '../messages/not-named.ts'

/** A name that stands for nothing. */
export function notNamed(what: Thing, name: string, known: readonly string[]): Mistake {
  return mistake('not-named', notNamedWords(what, name, known))
}
