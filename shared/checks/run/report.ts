import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import { portions } from '../../contracts/portions.ts'
import type { Observation, Report } from '../../contracts/report.ts'
import { checkKinds } from '../registered/runs.ts'
import { jsonBytes } from './json-bytes.ts'

/** SQS takes 1,048,576 bytes (SendMessage, "MaximumMessageSize"); the rest is room for what travels with a body. */
const REPORT_LIMIT_BYTES = 900_000

/**
 * The reports of one run: one, even without observations, because it is the probe's heartbeat; more only if it would be
 * over `limitBytes` of JSON. An observation that no message holds is cut as its kind, which `checks` tell, can do it. Further
 * parts have their own `run`: `<run>.2`, `<run>.3`.
 */
export async function buildReports(
  vantage: string,
  runner: Report['runner'],
  observations: Observation[],
  checks: Pick<CompiledCheck, 'id' | 'kind'>[],
  limitBytes = REPORT_LIMIT_BYTES,
): Promise<Report[]> {
  const roomBytes = limitBytes - frameBytes(vantage, runner)
  const kinds = new Map(checks.map(({ id, kind }) => [id, checkKinds[kind]]))
  const pieces: Observation[] = []
  for (const one of observations) {
    const inParts = kinds.get(one.check)?.inParts
    if (inParts !== undefined && jsonBytes(one) > roomBytes) pieces.push(...(await inParts(one, roomBytes)))
    else pieces.push(one)
  }
  return split(pieces, roomBytes).map((part, index) => ({
    v: 1,
    kind: 'report',
    vantage,
    runner: index === 0 ? runner : { ...runner, run: `${runner.run}.${index + 1}` },
    observations: part,
  }))
}

/** What a report takes without its observations, with room for the part's number. */
function frameBytes(vantage: string, runner: Report['runner']): number {
  return jsonBytes({ v: 1, kind: 'report', vantage, runner, observations: [] }) + '.999'.length
}

/** One part even without observations. */
function split(observations: Observation[], roomBytes: number): Observation[][] {
  const parts = portions(observations, roomBytes, (observation) => jsonBytes(observation) + ','.length)
  return parts.length > 0 ? parts : [[]]
}
