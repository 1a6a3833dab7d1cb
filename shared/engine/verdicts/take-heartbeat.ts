import { isToldBy } from '../../checks/evaluators.ts'
import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Heartbeat } from '../../contracts/heartbeat.ts'
import type { Instant } from '../../contracts/words.ts'
import {
  type HeartbeatEvent,
  type HeartbeatSpec,
  heartbeatMachine,
  heartbeatShape,
  heartbeatVerdict,
} from '../../evaluation/heartbeat.ts'
import { apply } from '../../store/apply.ts'
import { heartbeatKey } from '../../store/keys.ts'
import { statesIn } from '../../store/shape.ts'
import type { RowKey } from '../../store/table.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, evaluationIo, updateVerdicts } from './update-verdicts.ts'

/** Takes a job's report. A check that nobody has configured is said so in the log; the message is done with. */
export async function takeHeartbeat(
  report: Heartbeat,
  takenAt: Instant,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const check = config.checks.find((one) => one.id === report.check && isToldBy(report.kind, one))
  if (check === undefined) {
    io.log({ level: 'warn', event: 'heartbeat of no check', check: report.check })
    return
  }
  const event: HeartbeatEvent = { type: 'heartbeat', report, takenAt, spec: check.spec as HeartbeatSpec }
  await apply(heartbeatMachine(check.id), heartbeatKey(check.id), { event }, evaluationIo(config, io))
}

/**
 * Begins to wait for the jobs that are configured, from when they are first seen: one that never reports is late, too. After a
 * change of its check a job is awaited by what that says now.
 */
export async function awaitHeartbeats(config: EvaluationConfig, io: EngineIo): Promise<void> {
  const checks = config.checks.filter((check) => isToldBy('heartbeat', check))
  const rows = await io.checks.getMany(checks.map(({ id }) => heartbeatKey(id)))
  const states = statesIn(rows, heartbeatShape, io.checks, io.log)
  const known = new Map(states.map(({ row, state }) => [row.pk, state]))
  const fresh = checks.filter(({ id, spec }) => {
    const heartbeat = known.get(heartbeatKey(id).pk)
    if (heartbeat === undefined || heartbeat.removed) return true
    return heartbeatVerdict(spec as HeartbeatSpec, heartbeat, io.now()).lateAt !== heartbeat.lateAt
  })
  await forEachAtMost(fresh, ({ id, spec }) => {
    const event: HeartbeatEvent = { type: 'watched', spec: spec as HeartbeatSpec }
    return apply(heartbeatMachine(id), heartbeatKey(id), { event }, evaluationIo(config, io))
  })
}

/** Takes up a heartbeat that is due: its job is late, or a crash has left effects. One that is configured no more is ended. */
export async function sweepHeartbeat(key: RowKey, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const id = key.pk.slice(heartbeatKey('').pk.length)
  const isWatched = config.checks.some((check) => check.id === id && isToldBy('heartbeat', check))
  const trigger = isWatched ? 'deliver' : { event: { type: 'removed' } as const }
  await apply(heartbeatMachine(id), { pk: key.pk, sk: key.sk }, trigger, evaluationIo(config, io))
  await updateVerdicts([id], config, io)
}
