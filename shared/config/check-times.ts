import { checkKindConfigs } from '../checks/registry.config.ts'
import type { CompiledCheck, CompiledConfig } from '../contracts/compiled-config.ts'
import { LONGEST_USUAL_INTERVAL_MS } from '../evaluation/usual.ts'
import type { Reader } from './reader.ts'

/** Notes what a check says of times that its interval or its timeout, be they its own or inherited, make nothing of. */
export function checkTimes(reader: Reader, { checks }: CompiledConfig): void {
  for (const check of checks) {
    const { project, name, intervalMs, timeoutMs } = check
    const path = ['projects', project, 'checks', name]
    if (reader.get([...path, 'slower']) !== undefined && intervalMs > LONGEST_USUAL_INTERVAL_MS)
      reader.note(
        [...path, 'slower'],
        'needs an interval of at most 2h: what is usual is what twelve runs of a day say',
      )
    const { leastIntervalMs = 0 } = checkKindConfigs.find(({ kind }) => kind === check.kind) ?? {}
    if (intervalMs < leastIntervalMs)
      reader.note([...path, 'interval'], `must be at least ${leastIntervalMs / 60_000}m: who is asked limits how often`)
    const limitMs = slowMs(check)
    if (limitMs !== undefined && limitMs >= timeoutMs && reader.get([...path, 'degraded']) !== undefined)
      reader.note([...path, 'degraded'], `has no effect: after ${timeoutMs}ms it is down, which is its \`timeout\``)
  }
}

/** From which time of the whole a check is slow, if its kind has such a limit. */
function slowMs({ spec }: CompiledCheck): number | undefined {
  const { degraded } = Object(spec) as { degraded?: { latency?: number; limits?: { latency?: number } } }
  return degraded?.limits?.latency ?? degraded?.latency
}
