import { Fault, fact } from '../run/fault.ts'

/** Servers send one or two (100, 103), or a sign of life (102) now and then. */
const MOST_INTERIM = 100

/** Counts responses that only announce one (RFC 9110, section 15.2): called for each, and `end` with a fault when they don't end. */
export function interimCounter(end: (fault: Fault) => void): () => void {
  let count = 0
  return () => {
    count++
    if (count === MOST_INTERIM) end(new Fault(fact('response-malformed', { how: 'interim-without-end' })))
  }
}
