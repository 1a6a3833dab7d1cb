import { buildReports } from '../shared/checks/run/report.ts'
import { runChecks } from '../shared/checks/run/run-checks.ts'
import type { CompiledCheck } from '../shared/contracts/compiled-config.ts'
import { vantage } from './kafka-groups.ts'

// A probe function's instance without its queue: runs its checks once, and gives the messages that it would send.

/** What one run came to. */
export interface ProbeRun {
  ms: number
  cpuMs: number
  messages: string[]
}

process.on('message', async (checks: CompiledCheck[]) => {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const startedAt = Date.now()
  const io = {
    now: Date.now,
    monotonic: () => performance.now(),
    env: process.env,
    signal: new AbortController().signal,
  }
  const observations = await runChecks(checks, io)
  const runner = {
    function: 'probe',
    run: `run-${startedAt}`,
    version: 'bench',
    startedAt,
    finishedAt: Date.now(),
    coldStart: true,
  }
  const messages = (await buildReports(vantage, runner, observations, checks)).map((report) => JSON.stringify(report))
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  process.send?.({ ms, cpuMs: (user + system) / 1000, messages } satisfies ProbeRun)
})

process.on('disconnect', () => process.exit(0))
