import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import type { CliIo } from '../io.ts'
import type { CheckRun, Runner } from './run.ts'

/** How often it is seen whether something is due, or has changed. */
const TICK_MS = 250

/** Shows runs as they end. */
export interface Renderer {
  onRun(run: CheckRun): void
  /** Checks that were due together have all been run. */
  onRound(at: Instant, runs: CheckRun[]): void
  /** A moment has passed. */
  onTick(): void
}

/** Runs each check at its interval until `signal` ends; one that takes longer than that misses a turn. */
export async function watchChecks(
  checks: CompiledCheck[],
  run: Runner,
  { onRun, onRound, onTick }: Renderer,
  io: CliIo,
  signal: AbortSignal,
): Promise<void> {
  const dueAt = new Map(checks.map(({ id }) => [id, io.now()]))
  const busy = new Set<string>()
  const rounds = new Set<Promise<void>>()
  const failures: unknown[] = []
  const start = async (due: CompiledCheck[], at: Instant) => {
    for (const { id } of due) busy.add(id)
    const runs = await run(due, (one) => {
      busy.delete(one.observation.check)
      onRun(one)
    })
    if (!signal.aborted) onRound(at, runs)
  }
  while (!signal.aborted && failures.length === 0) {
    const now = io.now()
    const due = checks.filter(({ id }) => !busy.has(id) && (dueAt.get(id) ?? 0) <= now)
    for (const { id, intervalMs } of due) dueAt.set(id, nextAfter(now, dueAt.get(id) ?? now, intervalMs))
    if (due.length > 0) {
      const round = start(due, now)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => rounds.delete(round))
      rounds.add(round)
    }
    onTick()
    await io.wait(TICK_MS)
  }
  await Promise.all(rounds)
  if (failures.length > 0) throw failures[0]
}

/** The next turn; those that have been missed are left out. */
function nextAfter(now: Instant, dueAt: Instant, intervalMs: number): Instant {
  const missed = Math.floor((now - dueAt) / intervalMs)
  return dueAt + (missed + 1) * intervalMs
}
