import type { LexFault } from '../../../shared/checks/lex/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'
import { apiSamples } from '../network/fault-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /Lex/

export const faultSamples: FaultSamples<LexFault> = {
  ...apiSamples,
  'lex-failed': [
    { status: 502, said: QUOTED },
    { status: 500, said: '' },
  ],
  'lex-silent': [{ fault: { code: 'api-not-reached', args: {} } }],
  'lex-dependency-failed': [{ said: QUOTED }, { said: '' }],
  'lex-not-found': [{ said: QUOTED }, { said: '' }],
  'lex-refused': [{ said: QUOTED }, { said: '' }],
  'lex-not-allowed': [{ said: QUOTED }, { said: '' }],
  'lex-throttled': [{}],
  'lex-overlap': [{}],
  'lex-other-intent': [{ intent: QUOTED, expected: QUOTED }, { expected: QUOTED }],
  'lex-other-reply': [{ reply: QUOTED, expected: QUOTED }, { expected: QUOTED }],
  'lex-without-session': [{}],
}
