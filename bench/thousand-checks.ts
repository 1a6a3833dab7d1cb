import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../shared/contracts/report.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { deployed } from './deployed.ts'
import { type EventsQueue, startEventsQueue } from './events-queue.ts'
import { root } from './harness.ts'
import { bundleFunction, startLambda } from './lambda.ts'
import { probeConfig, vantage } from './probe-config.ts'
import { inProbeHarness } from './probe-harness.ts'
import { peakMiB } from './process-usage.ts'

const checks = 1000
const answerMs = 100

export const thousandChecks: Benchmark = {
  name: 'thousand-checks',
  summary: `${checks} http checks in one cold run of the packaged probe function; the target answers in ${answerMs} ms`,
  goals: { runMs: 10_000, peakMiB: 256 },
  measure: (runs, progress) =>
    inProbeHarness(0, progress, async ({ ports }) => {
      const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
      const queue = await startEventsQueue()
      try {
        const bundle = await bundleFunction(root, 'probe', folder)
        const file = join(folder, 'probe.json')
        const url = `http://127.0.0.1:${ports.http}/?firstByte=${answerMs}`
        const written = Array.from({ length: checks }, (_, index) => ({ http: `${url}&check=${index}` }))
        await writeFile(file, JSON.stringify(probeConfig(written, folder)))
        const env = environment(file, queue)
        const measured: Run[] = []
        for (let run = 1; run <= runs; run++) {
          progress(`run ${run} of ${runs}`)
          measured.push(await runCold(bundle, env, queue))
        }
        return measured
      } finally {
        queue.close()
        await rm(folder, { recursive: true })
      }
    }),
}

function environment(config: string, { endpoint }: EventsQueue): Record<string, string> {
  return {
    FENGHUO_CONFIG: config,
    VANTAGE: vantage,
    AWS_REGION: 'ap-southeast-1',
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    EVENTS_QUEUE_URL: `${endpoint}/000000000000/events`,
  }
}

async function runCold(bundle: string, env: Record<string, string>, queue: EventsQueue): Promise<Run> {
  const lambda = startLambda(bundle, env, deployed('probe').timeoutMs)
  try {
    const { ms, cpuMs, pid } = await lambda.invoke({ all: true })
    const messages = queue.take()
    const observations = messages.flatMap((message) => (JSON.parse(message) as Report).observations)
    const up = observations.filter(({ outcome }) => outcome === 'up').length
    if (up !== checks)
      throw new Error(`${up} of ${checks} checks are up: ${JSON.stringify(observations.find(isNotUp)?.fault)}`)
    const bytes = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0)
    const figures = {
      runMs: ms,
      cpuMs,
      peakMiB: await peakMiB(pid),
      messages: messages.length,
      messagesKB: bytes / 1000,
    }
    return { figures, ratios: {} }
  } finally {
    lambda.stop()
  }
}

function isNotUp({ outcome }: Report['observations'][number]): boolean {
  return outcome !== 'up'
}
