import type { RunResult } from '../kind.ts'
import { overLimit } from '../run/limits.ts'
import type { Node } from './spec.ts'

/** What a node saw, held against the node's own limits. Without limits nothing is slow. */
export function heldToLimits(seen: RunResult, { degraded = {}, down = {} }: Node): RunResult {
  const { outcome, latencyMs, phases } = seen
  if (latencyMs === undefined || (outcome !== 'up' && outcome !== 'degraded')) return seen
  const measured = { latencyMs, ...(phases === undefined ? {} : { phases }) }
  const overDown = overLimit(down, measured)
  if (overDown !== undefined) return { ...seen, outcome: 'down', fault: overDown }
  const overDegraded = overLimit(degraded, measured)
  if (overDegraded === undefined || outcome === 'degraded') return seen
  return { ...seen, outcome: 'degraded', fault: overDegraded }
}
