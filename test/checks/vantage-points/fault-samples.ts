import type { VantagePointsFault } from '../../../shared/checks/vantage-points/faults.ts'
import { type FaultSamples, QUOTED, refused } from '../fault-samples.ts'
import { apiSamples, networkSamples } from '../network/fault-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /Globalping|state/

export const faultSamples: FaultSamples<VantagePointsFault> = {
  ...networkSamples,
  ...apiSamples,
  'nodes-affected': (['down', 'degraded', 'unknown'] as const).map((outcome) => ({
    count: 3,
    of: 4,
    outcome,
    nodes: [QUOTED],
  })),
  'no-node-knows': [{}],
  'node-not-asked': [{}],
  'node-timed-out': [{ limitMs: 2_500 }],
  'node-status': [{ status: 404 }],
  'node-says': [{ said: QUOTED }],
  'node-resolver-says': [{ said: QUOTED }],
  'node-failed': [{}],
  'packet-loss': [{ percent: 33 }],
  'answer-abnormal': [{ state: '0' }, { state: '0', said: QUOTED }],
  'answer-lacks-time': [{ field: QUOTED }],
  'answer-no-time': [{ field: QUOTED, value: QUOTED }],
  'speed-test-takes-url': [{}],
  'third-party': (['globalping', 'speed-test'] as const).map((who) => ({ who, fault: refused })),
  'api-probe-offline': [{}],
  'api-probe-failed': [{ said: QUOTED }],
  'api-result-malformed': [{}],
}
