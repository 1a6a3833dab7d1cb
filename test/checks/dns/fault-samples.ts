import type { DnsFault } from '../../../shared/checks/dns/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'
import { networkSamples } from '../network/fault-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /NOERROR|NXDOMAIN|\b(?:A|MX)\b/

export const faultSamples: FaultSamples<DnsFault> = {
  ...networkSamples,
  'dns-code': [{ answered: 'NOERROR', expected: 'NXDOMAIN' }],
  'dns-no-record': [{ type: 'MX' }],
  'dns-unexpected': [{ type: 'A', value: QUOTED }],
  'dns-lacks': [{ type: 'MX', found: { first: [QUOTED], more: 3 }, lacks: { first: [QUOTED], more: 0 } }],
  'dns-none-of': [{ type: 'MX', found: { first: [QUOTED], more: 3 }, of: { first: [QUOTED], more: 1 } }],
  'dns-differs': [{ type: 'A', found: { first: [QUOTED], more: 3 }, expected: { first: [], more: 0 } }],
}
