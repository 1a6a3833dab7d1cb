import type { DomainFault } from '../../../shared/checks/domain/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'
import { apiSamples } from '../network/fault-samples.ts'

export const faultSamples: FaultSamples<DomainFault> = {
  ...apiSamples,
  'domain-expires': [{ inMs: 36 * 3_600_000 }, { inMs: 20 * 86_400_000, limitMs: 30 * 86_400_000 }],
  'domain-expired': [{ agoMs: 5 * 86_400_000 }],
  'domain-not-registered': [{}],
  'domain-on-hold': [{ status: QUOTED }],
  'domain-to-be-deleted': [{ status: QUOTED }],
  'domain-without-expiry': [{}],
  'domain-without-registry': [{ name: QUOTED }],
  'registry-failed': [{ host: QUOTED, fault: { code: 'api-status', args: { status: 429, againS: 60 } } }],
}
