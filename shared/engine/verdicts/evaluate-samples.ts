import { sampleEvaluators } from '../../checks/registered/sample-evaluators.ts'
import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import type { Observation, Report } from '../../contracts/report.ts'
import type { Row } from '../../store/table.ts'
import type { EngineIo } from '../io.ts'

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
    const check = checks.find(({ id }) => id === observation.check)
    const evaluator = sampleEvaluators[check?.kind ?? '']
    if (observation.samples === undefined || check === undefined || evaluator === undefined) {
      observations.push(observation)
      continue
    }
    const evaluated = await evaluator.evaluate({ observation, check, vantage: report.vantage }, io)
    observations.push(...evaluated.observations)
    rows.push(...evaluated.rows)
  }
  if (rows.length > 0) await io.checks.put(rows)
  return { ...report, observations }
}
