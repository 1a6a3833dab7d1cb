import type { CheckKind } from '../kind.ts'
import type { VantagePointsSpec } from './spec.ts'

/** Most probes have no such check: what asks third parties is loaded when one runs. */
export const vantagePoints: CheckKind<VantagePointsSpec> = {
  kind: 'vantage-points',
  async run({ spec }, io, deadline) {
    const { runVantagePoints } = await import('./vantage-points.ts')
    return runVantagePoints(spec, io, deadline)
  },
}
