import { runChecks } from '../shared/checks/run/run-checks.ts'
import type { CompiledCheck } from '../shared/contracts/compiled-config.ts'

// A process that does nothing but run checks, with the kinds and the runner that the probes have.

export interface ProbeOrder {
  checks: CompiledCheck[]
  concurrency: number
}

process.on('message', async ({ checks, concurrency }: ProbeOrder) => {
  const io = {
    now: Date.now,
    monotonic: () => performance.now(),
    env: {},
    signal: new AbortController().signal,
  }
  process.send?.(await runChecks(checks, io, { concurrency }))
})

process.on('disconnect', () => process.exit(0))
