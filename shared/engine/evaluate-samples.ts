import { sampleJudges } from '../checks/registry.judge.ts'
import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Observation, Report } from '../contracts/report.ts'
import type { Row } from '../store/table.ts'
import type { EngineIo } from './io.ts'

/**
 * Judges the samples of a report over time: the observations that carry some become what their kind's rules make of them. A report
 * that comes again changes nothing.
 */
export async function evaluateSamples(
  report: Report,
  { checks }: { checks: CompiledCheck[] },
  io: Pick<EngineIo, 'checks' | 'log'>,
): Promise<Report> {
  if (report.observations.every(({ samples }) => samples === undefined)) return report
  const rows: Row[] = []
  const observations: Observation[] = []
  for (const observation of report.observations) {
    const { samples } = observation
    const check = checks.find(({ id }) => id === observation.check)
    const judge = sampleJudges[check?.kind ?? '']
    if (samples === undefined || check === undefined || judge === undefined) {
      observations.push(observation)
      continue
    }
    const judged = await judge.judge({ observation, samples, check, vantage: report.vantage }, io)
    observations.push(...judged.observations)
    rows.push(...judged.rows)
  }
  if (rows.length > 0) await io.checks.put(rows)
  return { ...report, observations }
}
