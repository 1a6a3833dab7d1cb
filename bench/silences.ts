import { parseMatcher } from '../shared/contracts/matcher.ts'
import { type InhibitionSource, inhibitionsOf } from '../shared/incidents/pause/inhibition.ts'
import type { Silence } from '../shared/incidents/pause/silence.ts'
import { silencePauses } from '../shared/incidents/pause/silenced.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { ownCpuMs } from './process-usage.ts'

const SILENCES = 1_000
const RULES = 200
const ALERTS = 10_000
const NOW = 1_800_000_000_000

/** Whether 10,000 alerts page: each is asked of 1,000 silences, every third with a pattern, and of 200 rules of inhibition. */
export const silences: Benchmark = {
  name: 'silences',
  summary: `${ALERTS} alerts against ${SILENCES} silences and ${RULES} rules of inhibition, in CPU time`,
  goals: { wholeMs: 1_500 },
  async measure(runs) {
    const measured: Run[] = []
    for (let run = 0; run < runs; run++) measured.push({ figures: figuresOf(), ratios: {} })
    return measured
  },
}

function figuresOf(): Record<string, number> {
  const made = Array.from({ length: SILENCES }, (_, index) => silence(index))
  const alerts = Array.from({ length: ALERTS }, (_, index) => incident(index))
  const rules = Object.fromEntries(
    Array.from({ length: RULES }, (_, index) => [
      `rule-${index}`,
      {
        source: [[matcher(`alertname=Down${index}`)]],
        target: [[matcher('severity=~warning|error')]],
        equal: ['rack'],
      },
    ]),
  )
  const began = ownCpuMs()
  const pauses = silencePauses(made, NOW)
  const quiet = alerts.filter((alert) => pauses(alert) !== undefined).length
  const silenced = ownCpuMs()
  const inhibitions = inhibitionsOf(rules, alerts)
  const inhibited = alerts.filter((alert) => inhibitions(alert) !== undefined).length
  const ended = ownCpuMs()
  if (quiet === 0 || inhibited === 0)
    throw new Error('nothing was silenced or inhibited: the benchmark measures nothing')
  return { wholeMs: ended - began, silencesMs: silenced - began, inhibitionMs: ended - silenced }
}

function silence(index: number): Silence {
  const second = index % 3 === 0 ? `host=~web-${index}-.*` : `host=web-${index}-1`
  const matchers = [[matcher(`team=team-${index % 20}`), matcher(second)]]
  return { id: `s${index}`, matchers, startsAt: 0, endsAt: NOW + 1, by: 'lin', comment: 'x', changedAt: 0 }
}

function incident(index: number): InhibitionSource {
  return {
    project: 'pay',
    groupKey: `k${index}`,
    number: index,
    openedAt: NOW + index,
    severity: index % 2 === 0 ? 'warning' : 'critical',
    sightings: [],
    source: 'prometheus',
    title: 'x',
    summary: 'x',
    labels: {
      team: `team-${index % 20}`,
      host: `web-${index}-1`,
      rack: `r${Math.floor(index / 2) % 50}`,
      alertname: index % 10 === 1 ? `Down${((index - 1) / 10) % RULES}` : 'Slow',
    },
  }
}

function matcher(text: string) {
  const read = parseMatcher(text)
  if (read === undefined) throw new Error(`no matcher: ${text}`)
  return read
}
