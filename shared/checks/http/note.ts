import { Fault, fact } from '../run/fault.ts'
import type { Irregularity } from './irregularity.ts'

/** Takes note of an irregularity, or throws the fault that it is for a strict check. */
export type Note = (irregularity: Irregularity) => void

/** Notes irregularities of an answer in `noted`; a check that is `strict` fails with the first. */
export function noteIn(noted: Set<Irregularity>, strict: boolean): Note {
  return (how) => {
    if (strict) throw new Fault(fact('response-malformed', { how }))
    noted.add(how)
  }
}
