import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import type { Report } from '../../shared/contracts/report.ts'
import { maintainedOf } from '../../shared/engine/verdicts/maintained.ts'
import { rememberReport, sumUpHour } from '../../shared/store/history.ts'
import { Probes } from '../engine/probes.ts'

export const places = ['aws/ap-southeast-1', 'tencent/ap-guangzhou', 'aliyun/cn-hangzhou']
const phases = { dns: 4, connect: 20, tls: 30, firstByte: 100, download: 6 }

/** A world in which these checks are looked at from these vantages. */
export function watching(checks: CompiledCheck[], vantages = places): Probes {
  const made = new Probes({ checks })
  made.config.vantages = Object.fromEntries(vantages.map((one, index) => [`v${index}`, one]))
  return made
}

/** Hours in which each check was seen every ten minutes from each vantage, as evaluate and watch keep them. */
export async function past(of: Probes, hours: number, down: (hour: number) => boolean = () => false): Promise<void> {
  const maintainedAt = await maintainedOf(of.config, of.io())
  const until = of.now
  for (let hour = hours; hour >= 1; hour--) {
    const start = Math.floor(until / HOUR_MS) * HOUR_MS - hour * HOUR_MS
    for (const vantage of Object.values(of.config.vantages ?? {})) {
      for (let at = start; at < start + HOUR_MS; at += 600_000)
        await rememberReport(seenAt(of, vantage, at, down(hour)), at, of.io(), maintainedAt)
      of.now = start + HOUR_MS + 120_000
      await sumUpHour(vantage, 'probe', of.io())
    }
  }
  of.now = until
}

function seenAt(of: Probes, vantage: string, at: number, isDown: boolean): Report {
  const seen = isDown ? { outcome: 'down' as const } : { outcome: 'up' as const, latencyMs: 160 + (at % 70), phases }
  return {
    v: 1,
    kind: 'report',
    vantage,
    runner: { function: 'probe', run: `r${at}`, version: '1', startedAt: at, finishedAt: at, coldStart: false },
    observations: of.config.checks.map(({ id, project }) => ({ check: id, project, at, ...seen })),
  }
}
