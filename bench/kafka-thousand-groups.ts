import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CompiledCheck } from '../shared/contracts/compiled-config.ts'
import type { Report } from '../shared/contracts/report.ts'
import { takeEvent } from '../shared/engine/take-event.ts'
import { kafkaSamples } from '../shared/evaluation/kafka-sample.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Asked, CountingTable } from './counting-table.ts'
import { startKafkaCluster } from './kafka-cluster.ts'
import { clickGroups, groupCheck } from './kafka-groups.ts'
import { busy, idle, later } from './kafka-minutes.ts'
import type { ProbeRun } from './kafka-probe.ts'
import { peakMiB } from './process-usage.ts'

const probeFile = fileURLToPath(new URL('./kafka-probe.ts', import.meta.url))

const groups = 1000
const partitions = 100

/** A group is there, has a window, and goes on: the last of these minutes is what every minute is like. */
const minutes = 3

export const kafkaThousandGroups: Benchmark = {
  name: 'kafka-thousand-groups',
  summary:
    '1,000 consumer groups of 100 partitions each in one run, brokers in another process, and what evaluating them writes',
  goals: { runMs: 60_000, peakMiB: 256 },
  async measure(runs, progress) {
    const cluster = await startKafkaCluster(clickGroups(groups, partitions))
    try {
      const check = groupCheck(cluster.brokers, 'click-*')
      const measured: Run[] = []
      for (let run = 1; run <= runs; run++) {
        progress(`run ${run} of ${runs}`)
        const { messages, ...figures } = await collect(check)
        const requests = Object.values(await cluster.requests()).reduce((sum, count) => sum + count, 0)
        const reports = messages.map((message): Report => JSON.parse(message))
        expectAll(reports)
        const lagging = await evaluate(reports, check, busy)
        const quiet = await evaluate(reports, check, idle)
        measured.push({
          figures: {
            ...figures,
            requests,
            messages: messages.length,
            reportKB: messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0) / 1000,
            evaluateBusyMs: lagging.ms,
            busyWrites: lagging.writes,
            busyWriteUnits: lagging.writeUnits,
            busyReads: lagging.reads,
            evaluateIdleMs: quiet.ms,
            idleWrites: quiet.writes,
            idleReads: quiet.reads,
          },
          ratios: {},
        })
      }
      return measured
    } finally {
      cluster.stop()
    }
  },
}

/** One run of a new probe process. */
async function collect(
  check: CompiledCheck,
): Promise<{ runMs: number; cpuMs: number; peakMiB: number; messages: string[] }> {
  const child = fork(probeFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--no-warnings'] })
  try {
    child.send([check])
    const [{ ms, cpuMs, messages }] = (await once(child, 'message')) as [ProbeRun]
    return { runMs: ms, cpuMs, peakMiB: await peakMiB(child.pid ?? 0), messages }
  } finally {
    child.disconnect()
  }
}

function expectAll(reports: Report[]): void {
  const read = reports.flatMap(({ observations }) =>
    observations.flatMap(({ samples }) => kafkaSamples.parse(samples).groups),
  )
  const found = read.flatMap(({ topics }) => topics.flatMap((topic) => topic.partitions)).length
  if (read.length !== groups || found !== groups * partitions)
    throw new Error(`${read.length} groups with ${found} partitions were read`)
}

/** What evaluate does with the messages of the last of some minutes. */
async function evaluate(reports: Report[], check: CompiledCheck, goOn: typeof busy): Promise<Asked & { ms: number }> {
  const incidents = new CountingTable()
  const checks = new CountingTable()
  let now = 0
  let tokens = 0
  const io = {
    incidents,
    checks,
    now: () => now,
    token: () => `token-${tokens++}`,
    leaseUntil: Number.POSITIVE_INFINITY,
    escalate: async () => {
      throw new Error('nothing is wrong with these groups')
    },
    log: () => {},
  }
  const config = { checks: [check], projects: {}, groups: {} }
  let ms = 0
  for (let minute = 0; minute < minutes; minute++) {
    checks.take()
    const sent = reports.map((report) => later(report, minute, goOn))
    const start = performance.now()
    for (const report of sent) {
      now = report.runner.finishedAt
      await takeEvent(report, now, config, io)
    }
    ms = performance.now() - start
  }
  return { ...checks.take(), ms }
}
