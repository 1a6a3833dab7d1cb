import { mapAtMost } from '../../contracts/at-most.ts'
import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import type { Observation } from '../../contracts/report.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, CheckKind, RunResult } from '../kind.ts'
import { checkKinds } from '../registered/runs.ts'
import { fact } from './fault.ts'
import type { RunFault } from './faults.ts'
import { withRetries } from './retry.ts'
import { tidy } from './tidy.ts'

/** So many checks run at a time, or more if they could not all end in time otherwise; each takes memory. */
const LEAST_CONCURRENCY = 50
const MOST_CONCURRENCY = 200

/** A kind that is not back so long after its deadline is given up, so that it cannot hold a place for ever. */
const GRACE_MS = 2_000

export interface RunOptions {
  /** When everything must be back. What has not ended by then is `unknown`. Absent: as long as the checks take. */
  deadline?: Instant
  /** How many checks run at a time. Absent: enough for all to end in time though each takes its whole timeout. */
  concurrency?: number
  kinds?: Record<string, CheckKind<unknown>>
  /** Ids of the checks that are running, shared by runs that may overlap: a check never runs beside itself. */
  running?: Set<string>
  /** Called as each check ends, for progress. */
  onObserved?: (observation: Observation) => void
}

/** Runs each check once. Never rejects: a check that fails in any way is an observation. They come in the order of `checks`. */
export async function runChecks(
  checks: CompiledCheck[],
  io: CheckIo,
  options: RunOptions = {},
): Promise<Observation[]> {
  const { deadline, kinds = checkKinds, onObserved = () => {} } = options
  const { concurrency = enoughAtATime(checks, (deadline ?? Number.POSITIVE_INFINITY) - io.now()) } = options
  const { running = new Set() } = options
  const end = endOf(io, deadline)
  const runIo = { ...io, signal: end.signal }
  const observations = await mapAtMost(concurrency, checks, async (check) => {
    const observation = await observe(check, kinds[check.kind], runIo, running)
    onObserved(observation)
    return observation
  })
  end.release()
  return observations
}

/**
 * When everything is silent, the checks that come last must not be left out of every run. Whoever is free takes the next one, so
 * the last ends after the whole work's share of each, and the longest check, at most.
 */
function enoughAtATime(checks: CompiledCheck[], leftMs: number): number {
  const timeouts = checks.map(({ timeoutMs }) => timeoutMs)
  const workMs = timeouts.reduce((sum, ms) => sum + ms, 0)
  const shareMs = Math.max(1, leftMs - Math.max(0, ...timeouts))
  return Math.min(MOST_CONCURRENCY, Math.max(LEAST_CONCURRENCY, Math.ceil(workMs / shareMs)))
}

/** A signal that ends with `io.signal` or at the deadline. */
function endOf(io: CheckIo, deadline: Instant | undefined): { signal: AbortSignal; release(): void } {
  const end = new AbortController()
  const abort = () => end.abort()
  const timer = deadline === undefined ? undefined : setTimeout(abort, Math.max(0, deadline - io.now()))
  if (io.signal.aborted) abort()
  io.signal.addEventListener('abort', abort)
  return {
    signal: end.signal,
    release() {
      clearTimeout(timer)
      io.signal.removeEventListener('abort', abort)
    },
  }
}

async function observe(
  check: CompiledCheck,
  kind: CheckKind<unknown> | undefined,
  io: CheckIo,
  running: Set<string>,
): Promise<Observation> {
  const at = Math.round(io.now())
  const { fault, ...seen } = await alone(check, running, () => see(check, kind, io, at))
  return {
    check: check.id,
    project: check.project,
    at,
    ...seen,
    ...(fault === undefined ? {} : { fault: tidy(fault) }),
  }
}

async function alone({ id }: CompiledCheck, running: Set<string>, run: () => Promise<RunResult>): Promise<RunResult> {
  if (running.has(id)) return unknown(fact('still-running'))
  running.add(id)
  try {
    return await run()
  } finally {
    running.delete(id)
  }
}

async function see(
  check: CompiledCheck,
  kind: CheckKind<unknown> | undefined,
  io: CheckIo,
  at: Instant,
): Promise<RunResult> {
  if (kind === undefined) return unknown(fact('kind-unknown', { kind: check.kind }))
  if (io.signal.aborted) return unknown(fact('not-run-in-time'))
  const deadline = at + check.timeoutMs
  return new Promise((resolve) => {
    const giveUp = (fault: RunFault) => () => settle(unknown(fault))
    const timer = setTimeout(giveUp(fact('did-not-end')), check.timeoutMs + GRACE_MS)
    const cutShort = giveUp(fact('cut-short'))
    const settle = (seen: RunResult) => {
      clearTimeout(timer)
      io.signal.removeEventListener('abort', cutShort)
      resolve(seen)
    }
    io.signal.addEventListener('abort', cutShort)
    withRetries(kind, check, io, deadline).then(settle, (error) =>
      settle(unknown(fact('check-failed', { said: String(error) }))),
    )
  })
}

function unknown(fault: RunFault): RunResult {
  return { outcome: 'unknown', fault }
}
