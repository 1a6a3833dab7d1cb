import type { CheckIo } from '../../shared/checks/kind.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { LastResortLog } from '../../shared/delivery/last-resort-log.ts'
import { lastResort } from '../../shared/delivery/last-resort-run.ts'
import { recentOutcomes } from '../../shared/delivery/recent-outcomes.ts'
import { reportSend } from '../../shared/delivery/report-send.ts'
import { reportSender } from '../../shared/delivery/report-sender.ts'
import type { RunRequest } from '../../shared/engine/verdicts/run-probe.ts'
import { type Invocation, type ProbeDeps, type ProbeResult, probe } from '../../shared/engine/verdicts/run-probe.ts'

/** What the entry point of a cloud hands in. */
export interface World {
  now: CheckIo['now']
  monotonic: CheckIo['monotonic']
  /** Uniform in [0, 1). */
  random(): number
  log: ProbeDeps['log']
  /** Where the function's zip was unpacked; absent: the working directory. */
  root?: string | undefined
}

/** A run of the probe. `env`: in place of the function's environment, where an invocation brings its own keys. */
export type Run = (trigger: RunRequest, invocation: Omit<Invocation, 'coldStart'>, env?: Env) => Promise<ProbeResult>

/** Builds the probe from a function's environment. Throws, naming the variable, if something is missing or wrong there. */
export function wireProbe(env: Env, { now, monotonic, random, log, root }: World): Run {
  const config: CompiledConfig = readConfig(env, root)
  const vantage = required(env, 'VANTAGE')
  const sends: ProbeDeps['sends'] = new Map()
  const sender = reportSender(reportSend(config, vantage, env, { now, random, sends }), now)
  const outcomes = recentOutcomes()
  const sentLog: LastResortLog = new Map()
  const lastResortDeps = { vantage, language: config.language, timezone: config.timezone, sentLog }
  let coldStart = true
  return (trigger, invocation, own = env) => {
    const deps: ProbeDeps = {
      checks: config.checks,
      vantage,
      io: { now, monotonic, env: own },
      reportSender: sender,
      sends,
      recentOutcomes: outcomes,
      lastResort: lastResort({ ...lastResortDeps, reportSender: sender, recentOutcomes: outcomes, now, env: own, log }),
      log,
    }
    const isCold = coldStart
    coldStart = false
    const version = config.version ?? invocation.version
    return probe(deps, trigger, { ...invocation, version, coldStart: isCold })
  }
}
