import type { CheckKindConfig } from '../kind.ts'
import { checkKeys, speedTestKeys, speedTestName } from './keys.ts'
import { link } from './link.ts'
import type { WrittenCheck } from './written.ts'

/**
 * Globalping's probes take at least 5 s for a target that does not answer, and their results up to 10 s to be there.
 */
const LEAST_TIMEOUT_MS = 20_000

export const vantagePointsConfig: CheckKindConfig<WrittenCheck> = {
  kind: 'vantage-points',
  runsIn: 'latency',
  asksPlaces: true,
  modules: () => ['vantage-points'],
  schema: checkKeys,
  summary: 'Asks third parties to look from their cities and ISPs; each node is a vantage. One `from` is enough.',
  leastTimeoutMs: LEAST_TIMEOUT_MS,
  section: {
    key: 'speedTests',
    summary: 'Third-party speed tests that take a form per node, for `via` of checks.',
    name: speedTestName,
    entry: speedTestKeys,
    link,
  },
}
