import type { HeartbeatFault } from '../../../shared/evaluation/heartbeat.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'

export const faultSamples: FaultSamples<HeartbeatFault> = {
  'no-report-yet': [{}],
  'never-reported': [{ periodMs: 0 }, { periodMs: 90 * 60_000 }],
  'report-late': [
    { agoMs: 26 * 3_600_000, periodMs: 86_400_000 },
    { agoMs: 61_000, periodMs: 60_000 },
  ],
  'job-failed': [{}],
  'not-ended': [{ agoMs: 7_200_000, graceMs: 3_600_000 }],
  'job-says': [{ said: QUOTED }],
}
