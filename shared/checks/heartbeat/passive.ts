import { type HeartbeatSpec, heartbeatShape, heartbeatVerdict } from '../../evaluation/heartbeat.ts'
import { heartbeatKey } from '../../store/keys.ts'
import { stateIn } from '../../store/shape.ts'
import type { PassiveEvaluator } from '../kind.ts'

/** A job's own word, which no vantage sees: its reports are taken by `engine/verdicts/take-heartbeat.ts`. */
export const heartbeatEvaluator: PassiveEvaluator = {
  takes: 'heartbeat',
  periodMs: (spec) => (spec as HeartbeatSpec).periodMs,
  async consensus(check, io) {
    const record = stateIn(await io.checks.get(heartbeatKey(check.id)), heartbeatShape, io.checks)
    if (record === undefined) return { verdict: 'unknown', sightings: [], known: 0 }
    const { verdict, fault, log, lateAt } = heartbeatVerdict(check.spec as HeartbeatSpec, record, io.now())
    const since = Math.min(lateAt, io.now())
    const told = { ...(fault && { fault }), ...(log !== undefined && { details: { log } }) }
    return { verdict, sightings: [], known: 1, ...told, since }
  },
}
