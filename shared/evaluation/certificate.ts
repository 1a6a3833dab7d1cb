import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Observation } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'
import { staleAfterMs, type VantageView } from './consensus.ts'
import type { CheckRecord } from './record.ts'

/**
 * When the certificate ends that a run was shown, by the run's own clock, from which its remaining time was counted. Empty when the run
 * says nothing of one.
 */
export function certificateEndsIn({
  at,
  fault,
}: Pick<Observation, 'at' | 'fault'>): Pick<CheckRecord, 'certificateEnds'> {
  if (fault?.code === 'certificate-expires') return endsAt(at, fault.args.inMs, 1)
  if (fault?.code === 'certificate-expired') return endsAt(at, fault.args.agoMs, -1)
  return {}
}

/** What is no number was written by nobody of us, and says nothing. */
function endsAt(at: Instant, ms: unknown, sign: 1 | -1): Pick<CheckRecord, 'certificateEnds'> {
  return typeof ms === 'number' ? { certificateEnds: at + sign * ms } : {}
}

/** When the first of the certificates of a check ends, by all vantages that look at it now; undefined: none is shown any. */
export function firstCertificateEnd(check: CompiledCheck, seen: VantageView[], now: Instant): Instant | undefined {
  const ends = seen.flatMap(({ at, certificateEnds }) =>
    certificateEnds === undefined || now - at > staleAfterMs(check) ? [] : [certificateEnds],
  )
  return ends.length === 0 ? undefined : Math.min(...ends)
}
