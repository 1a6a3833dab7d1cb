import { TOOK_BOUNDS_MS, type Took } from '../../shared/contracts/took.ts'
import type { Measured } from '../../shared/engine/console/measure.ts'

type Labels = Record<string, string>

/** A family of samples, as Prometheus has it. */
interface Family {
  name: string
  help: string
  samples: [Labels, number][]
  /** Absent: a gauge. */
  took?: [Labels, Took][]
}

/** What a scrape gets. Source: Prometheus, "Exposition formats", text format 0.0.4. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * What has been measured, in Prometheus' text format. What is unknown has no sample: absent is better than stale. Nothing that has no
 * bounds is a label.
 */
export function metricsText(measured: Measured, queues: Record<string, number>): string {
  return families(measured, queues)
    .filter(({ samples, took = [] }) => samples.length + took.length > 0)
    .map(({ name, help, samples, took }) => {
      const lines = samples.map(([labels, value]) => `${name}${written(labels)} ${value}`)
      const buckets = (took ?? []).flatMap(([labels, one]) => histogram(name, labels, one))
      const type = took === undefined ? 'gauge' : 'histogram'
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${[...lines, ...buckets].join('\n')}\n`
    })
    .join('')
}

function histogram(name: string, labels: Labels, { counts, sumMs }: Took): string[] {
  const bounds = [...TOOK_BOUNDS_MS.map((ms) => String(ms / 1000)), '+Inf']
  return [
    ...bounds.map((le, index) => `${name}_bucket${written({ ...labels, le })} ${counts[index] ?? 0}`),
    `${name}_sum${written(labels)} ${sumMs / 1000}`,
    `${name}_count${written(labels)} ${counts.at(-1) ?? 0}`,
  ]
}

const levels = { up: 1, degraded: 0.5, down: 0 } as const

function families({ checks, vantages, open, words, canaries }: Measured, queues: Record<string, number>): Family[] {
  const seen = checks.flatMap((check) =>
    check.seen.map((one) => ({ labels: { ...labelsOf(check), vantage: one.vantage }, ...one })),
  )
  return [
    {
      name: 'fenghuo_check_up',
      help: 'Verdict of a check: 1 up, 0.5 degraded, 0 down; absent when unknown.',
      samples: checks.flatMap((check): Family['samples'] => {
        const { verdict } = check
        if (verdict === undefined || verdict === 'unknown') return []
        return [[{ ...labelsOf(check), kind: check.kind }, levels[verdict]]]
      }),
    },
    {
      name: 'fenghuo_check_verdict_timestamp_seconds',
      help: 'Since when a check is what it is.',
      samples: checks.flatMap((check): Family['samples'] =>
        check.since === undefined ? [] : [[labelsOf(check), seconds(check.since)]],
      ),
    },
    {
      name: 'fenghuo_check_certificate_expires_timestamp_seconds',
      help: 'When the first certificate that a check is shown ends; absent when it is shown none.',
      samples: checks.flatMap((check): Family['samples'] =>
        check.certificateEnds === undefined ? [] : [[labelsOf(check), seconds(check.certificateEnds)]],
      ),
    },
    {
      name: 'fenghuo_check_vantage_up',
      help: 'What one vantage saw of a check last: 1 up, 0.5 degraded, 0 down; absent when it could not observe it.',
      samples: seen.flatMap(({ labels, outcome }): Family['samples'] =>
        outcome === 'unknown' ? [] : [[labels, levels[outcome]]],
      ),
    },
    {
      name: 'fenghuo_check_latency_seconds',
      help: 'How long the last run of a check took at a vantage.',
      samples: seen.flatMap(({ labels, latencyMs }): Family['samples'] =>
        latencyMs > 0 ? [[labels, latencyMs / 1000]] : [],
      ),
    },
    {
      name: 'fenghuo_check_observed_timestamp_seconds',
      help: 'When a vantage looked at a check last.',
      samples: seen.map(({ labels, at }) => [labels, seconds(at)]),
    },
    {
      name: 'fenghuo_vantage_heard_timestamp_seconds',
      help: 'When the last report of a probe function was sent.',
      samples: vantages.map(({ vantage, function: name, heardAt }) => [{ vantage, function: name }, seconds(heardAt)]),
    },
    {
      name: 'fenghuo_incidents_open',
      help: 'Incidents that are not over, by whether somebody has them.',
      samples: counted(open.map(({ project, status, severity }) => ({ project, state: status, severity }))),
    },
    {
      name: 'fenghuo_pages',
      help: 'How open incidents are trying to reach people now, by channel and how that goes.',
      samples: counted(
        open.flatMap(({ project, status, escalation }) =>
          status === 'open'
            ? escalation.attempts.map(({ channel, status: how }) => ({ project, channel, status: how }))
            : [],
        ),
      ),
    },
    {
      name: 'fenghuo_incident_calls',
      help: 'Calls that have been made for incidents that are not over.',
      samples: summed(open.map(({ project, calls }) => [{ project }, calls])),
    },
    {
      name: 'fenghuo_peer_words_refused',
      help: 'Words that were refused though they said that they were those of another region: forged, or of another deployment or secret.',
      samples: words.refused === 0 ? [] : [[{}, words.refused]],
    },
    {
      name: 'fenghuo_peer_words_repeated',
      help: 'Words of other regions that said nothing new: brought twice by a queue, overtaken, or kept and sent again by somebody.',
      samples: words.repeated === 0 ? [] : [[{}, words.repeated]],
    },
    {
      name: 'fenghuo_queue_messages',
      help: 'Messages of a queue that wait or are in flight.',
      samples: Object.entries(queues).map(([queue, count]) => [{ queue }, count]),
    },
    {
      name: 'fenghuo_canary_timestamp_seconds',
      help: 'When the last canary that came through to page was taken by the queue that it began in: its age is how far that is behind.',
      samples: canaries.map(({ queue, at }) => [{ queue }, seconds(at)]),
    },
    {
      name: 'fenghuo_path_latency_seconds',
      help: 'How long canaries took from the queue that they began in until page had them.',
      samples: [],
      took: canaries.flatMap(({ queue, took }): [Labels, Took][] => (took === undefined ? [] : [[{ queue }, took]])),
    },
  ]
}

function labelsOf({ id, project }: Measured['checks'][number]): Labels {
  return { project, check: id.slice(project.length + 1) }
}

function counted(all: Labels[]): Family['samples'] {
  return summed(all.map((labels) => [labels, 1]))
}

/** One sample of the same labels. */
function summed(samples: Family['samples']): Family['samples'] {
  return [...Map.groupBy(samples, ([labels]) => JSON.stringify(labels)).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [[first[0], same.reduce((sum, [, value]) => sum + value, 0)] as [Labels, number]]
  })
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
