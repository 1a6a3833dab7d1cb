import type { ExpiryFault } from '../../../shared/checks/tls/expiry-faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'

export const expirySamples: FaultSamples<ExpiryFault> = {
  'certificate-expires': [
    { inMs: 36 * 3_600_000 },
    { inMs: 20 * 86_400_000, limitMs: 21 * 86_400_000 },
    { inMs: 10 * 86_400_000, limitMs: 36 * 3_600_000, of: QUOTED },
  ],
}
