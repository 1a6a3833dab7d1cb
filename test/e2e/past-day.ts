import { checksOf } from '../../cli/engine.ts'
import { findTarget } from '../../cli/target.ts'
import { runningStack } from '../../local/files.ts'
import type { Report } from '../../shared/contracts/report.ts'
import { rememberReport, sumUpHour } from '../../shared/store/history.ts'

const MINUTE = 60_000
const HOUR_MS = 60 * MINUTE
const DAY_MS = 1_440 * MINUTE
/** The last of it is looked at run by run. */
const RECENT_MS = 75 * MINUTE

/** What a service's day looks like: busier at noon than at night, and slow for half an hour. */
function latencyAt(minute: number, base: number): number {
  const busy = 1 + 0.6 * Math.sin((minute / 1_440) * Math.PI)
  const isSlow = minute > 1_000 && minute < 1_030
  return Math.round(base * busy * (1 + 0.15 * Math.sin(minute * 1.7)) * (isSlow ? 4 : 1))
}

/** Gives a running local stack the history of the day before: reports of each of its probes, put where reports are kept. */
export async function rememberPastDay(data: string, check: string, now: number): Promise<void> {
  const stack = runningStack(data)
  if (stack === undefined) throw new Error(`no stack runs in ${data}`)
  const checks = checksOf(findTarget({ local: true, data }, { root: data, cwd: data, env: {}, language: 'en' }))
  const probes = Object.entries(stack.probes).filter(([name]) => !/latency|kafka/.test(name))
  for (const [index, [name, vantage]] of probes.entries()) {
    for (let ago = DAY_MS; ago > MINUTE; ago -= ago > RECENT_MS ? 5 * MINUTE : MINUTE) {
      const at = now - ago
      const latencyMs = latencyAt((DAY_MS - ago) / MINUTE, 20 + 15 * index)
      await rememberReport(reportOf(name, vantage, check, at, latencyMs), at, { checks })
    }
    // As watch does a while after each hour.
    for (let ago = DAY_MS; ago > 0; ago -= HOUR_MS)
      await sumUpHour(vantage, name, { checks, now: () => now - ago + HOUR_MS / 2, log: () => undefined })
  }
}

function reportOf(name: string, vantage: string, check: string, at: number, latencyMs: number): Report {
  return {
    v: 1,
    kind: 'report',
    vantage,
    runner: { function: name, run: `past-${at}`, version: 'past', startedAt: at, finishedAt: at, coldStart: false },
    observations: [{ check, project: 'demo', at, outcome: 'up', latencyMs, phases: phasesOf(latencyMs) }],
  }
}

/** Of plain HTTP, most is spent waiting for the first byte. */
function phasesOf(latencyMs: number): Report['observations'][number]['phases'] {
  const [dns, connect, download] = [0.08, 0.2, 0.12].map((share) => Math.round(latencyMs * share))
  return { dns, connect, firstByte: latencyMs - (dns ?? 0) - (connect ?? 0) - (download ?? 0), download }
}
