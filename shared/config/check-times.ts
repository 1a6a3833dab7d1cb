import { checkKindConfigs } from '../checks/registered/configs.ts'
import type { CompiledCheck, CompiledConfig } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
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
        mistake('interval-too-long', {
          en: 'needs an interval of at most 2h: what is usual is what twelve runs of a day say',
          zh: '间隔不能超过 2h：平时多快，要由一天里的十二次来说',
        }),
      )
    const { leastIntervalMs = 0 } = checkKindConfigs.find(({ kind }) => kind === check.kind) ?? {}
    if (intervalMs < leastIntervalMs) {
      const least = `${leastIntervalMs / 60_000}m`
      const words = {
        en: `must be at least ${least}: who is asked limits how often`,
        zh: `至少 ${least}：对方限制查询的频率`,
      }
      reader.note([...path, 'interval'], mistake('interval-too-short', words))
    }
    const limitMs = slowMs(check)
    if (limitMs !== undefined && limitMs >= timeoutMs && reader.get([...path, 'degraded']) !== undefined) {
      const words = {
        en: `has no effect: after ${timeoutMs}ms it is down, which is its \`timeout\``,
        zh: `没有作用：到 ${timeoutMs}ms 就算不可用了，那是它的 \`timeout\``,
      }
      reader.note([...path, 'degraded'], mistake('no-effect', words))
    }
  }
}

/** From which time of the whole a check is slow, if its kind has such a limit. */
function slowMs({ spec }: CompiledCheck): number | undefined {
  const { degraded } = Object(spec) as { degraded?: { latency?: number; limits?: { latency?: number } } }
  return degraded?.limits?.latency ?? degraded?.latency
}
