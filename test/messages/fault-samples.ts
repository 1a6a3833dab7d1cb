import type { EvaluationFault } from '../../shared/checks/evaluated/faults.ts'
import type { RunFault } from '../../shared/checks/run/faults.ts'
import { type FaultSamples, QUOTED, refused } from '../checks/fault-samples.ts'

/** Of what may be said of a check of any kind. Those of a kind stand in `test/checks/<kind>/fault-samples.ts`. */
export const anySamples: FaultSamples<RunFault | EvaluationFault> = {
  'not-run-in-time': [{}],
  'still-running': [{}],
  'kind-unknown': [{ kind: QUOTED }],
  'did-not-end': [{}],
  'cut-short': [{}],
  'check-failed': [{ said: QUOTED }],
  'after-tries': [{ tries: 3, last: refused }],
  recovered: [
    { try: 2, before: refused },
    { try: 2, before: refused, now: { code: 'over-limit', args: { of: 'latency', tookMs: 900, limitMs: 800 } } },
  ],
  'not-counted': [{}],
  'slower-than-usual': [{ tookMs: 310, times: 3, usualMs: 100 }],
}
