import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Alertmanager, startAlertmanager } from './alertmanager.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Harness, inHarness, root } from './harness.ts'
import { startHttpFunction } from './http-function.ts'
import { inTurn } from './in-turn.ts'
import { bundleBare, ingestEnv, send, startIngest } from './ingest-function.ts'
import { bundleFunction } from './lambda.ts'
import { measureLargeBodies } from './large-bodies.ts'
import { load } from './load-bundle.ts'
import { startMemoryQueue } from './memory-queue.ts'
import { moveOut } from './moved-out.ts'
import { peakMiB } from './process-usage.ts'
import { median } from './statistics.ts'
import { makeTenants } from './tenants.ts'

const BATCH = 100
const BATCHES = 100
const STORM = 10_000

/** So often each takes all batches, in turn with the others: first to warm up, then to be measured. The median counts. */
const WARM_ROUNDS = 3
const ROUNDS = 7

/** How long every vendor takes to answer. */
const latencyMs = 0

export const ingest: Benchmark = {
  name: 'ingest',
  summary: `alerts by HTTP: ${BATCH} to a request, ${STORM} in one webhook, and its first notice, against Debian's Alertmanager; 5 MB in each format; the bundle`,
  goals: {
    KB: 250,
    importMs: 60,
    coldMs: 1_000,
    largestMs: 1_000,
    largestMiB: 128,
    largestHeldTimes: 2,
    usualHeldTimes: 2,
    webhookMs: 1_000,
    webhookMiB: 128,
    batchToAlertmanager: 1,
    firstNoticeToAlertmanager: 1.4,
  },
  async measure(runs, progress) {
    const shape = { name: 'tenant', from: 1, layers: 1, projects: 2, channels: ['chat' as const], ackTimeout: '5m' }
    const measured: Run[] = []
    // Each run begins with empty tables, and with an empty Alertmanager.
    for (let run = 1; run <= runs; run++) {
      progress(`run ${run} of ${runs}`)
      const tenants = makeTenants(1, shape)
      const alertmanager = await startAlertmanager()
      try {
        measured.push(
          await inHarness(tenants, latencyMs, (harness) => measureIn(harness, alertmanager), { apart: true }),
        )
      } finally {
        await alertmanager.stop()
      }
    }
    return measured
  },
}

async function measureIn(harness: Harness, alertmanager: Alertmanager): Promise<Run> {
  const [[, key = ''] = [], stormy = ['', '']] = Object.entries(harness.addresses.ingest.keys)
  const bundle = await bundleFunction(root, 'ingest', join(harness.dataDir, 'bundles'))
  const nothing = join(harness.dataDir, 'nothing.js')
  await writeFile(nothing, '')
  const { importMs } = await load(join(root, 'node_modules/node/bin/node'), bundle, nothing)
  const batches = await measureBatches(harness, bundle, key, alertmanager)
  const webhook = await measureStorm(harness, bundle, key, stormy)
  const theirNoticeMs = await stormOf(alertmanager)
  return {
    figures: {
      KB: (await stat(bundle)).size / 1000,
      importMs,
      coldMs: batches.coldMs,
      alertsPerSecond: batches.ours,
      alertmanagerPerSecond: batches.theirs,
      barePerSecond: batches.bare,
      largestMs: batches.largest.ms,
      largestMiB: batches.largest.MiB,
      largestHeldTimes: batches.largest.heldTimes,
      usualHeldTimes: batches.largest.usualHeldTimes,
      webhookMs: webhook.ms,
      webhookMiB: webhook.MiB,
      firstNoticeMs: webhook.noticeMs,
      alertmanagerFirstNoticeMs: theirNoticeMs,
    },
    ratios: {
      batchToAlertmanager: batches.theirs / batches.ours,
      firstNoticeToAlertmanager: webhook.noticeMs / theirNoticeMs,
    },
  }
}

/**
 * The function alone behind HTTP, before a queue that keeps what it takes in memory, as Alertmanager does; each over one connection. What
 * a neighbour takes of the machine meanwhile it takes from all in turn. `bare` does nothing but put the request's body on that queue, by
 * one call.
 */
async function measureBatches(harness: Harness, bundle: string, key: string, alertmanager: Alertmanager) {
  const queue = await startMemoryQueue()
  const lambda = startIngest(harness, bundle, queue)
  const env = ingestEnv(harness, queue)
  const ours = await startHttpFunction(bundle, env)
  const bare = await startHttpFunction(await bundleBare(join(harness.dataDir, 'bundles')), env)
  try {
    const path = `/prometheus/${key}/api/v2/alerts`
    const cold = await send(lambda, path, [])
    const ways = [
      (some: string) => ours.post(path, some),
      (some: string) => alertmanager.take(some),
      (some: string) => bare.post(path, some),
    ]
    const rounds = await inTurn(Array.from({ length: WARM_ROUNDS + ROUNDS }), () => inTurn(ways, perSecond))
    const [perSecondOurs = 0, theirs = 0, floor = 0] = ways.map((_, way) =>
      median(rounds.slice(WARM_ROUNDS).map((round) => round[way] ?? 0)),
    )
    const largest = await measureLargeBodies(harness, bundle, key, queue)
    return { coldMs: cold.ms, ours: perSecondOurs, theirs, bare: floor, largest }
  } finally {
    lambda.stop()
    ours.stop()
    bare.stop()
    queue.stop()
  }
}

/**
 * The whole path, each function in processes of its own that are there already. Until a webhook is taken: what evaluates it waits so
 * long, for here it would take the queue's own thread, and a core, from who sends. And of another, in another project, until a robot
 * hears: there everything works at once, as on Lambda.
 */
async function measureStorm(harness: Harness, bundle: string, key: string, [project, stormKey]: [string, string]) {
  const ours = await startHttpFunction(bundle, ingestEnv(harness))
  const others = await moveOut(harness)
  const post = (body: string) => ours.post(`/alertmanager/${key}`, body)
  try {
    await others.warm()
    // The compiler has seen what comes, as on a function that has run for a while.
    for (let warm = 0; warm < 20; warm++) await post(webhookOf('Warm', 100, 'resolved'))
    await harness.idle()
    const idleMiB = await peakMiB(ours.pid)
    const { evaluate } = harness.hosts
    const taken = Promise.withResolvers<void>()
    harness.hosts.evaluate = (event) => taken.promise.then(() => evaluate?.(event))
    const whole = webhookOf('Storm', STORM, 'firing')
    const posted = performance.now()
    await post(whole)
    const ms = performance.now() - posted
    const MiB = (await peakMiB(ours.pid)) - idleMiB
    taken.resolve()
    await harness.idle()
    const noticed = harness.vendors.postsTo(project)
    const start = performance.now()
    await ours.post(`/alertmanager/${stormKey}`, whole)
    const noticeMs = (await noticed) - start
    await harness.idle()
    return { ms, noticeMs, MiB }
  } finally {
    ours.stop()
    others.stop()
  }
}

/** Resolved alerts of an incident that never was: they are taken in as any others, and what evaluates them has little to do meanwhile. */
async function perSecond(take: (alerts: string) => Promise<unknown>): Promise<number> {
  const batches = Array.from({ length: BATCHES }, (_, batch) =>
    JSON.stringify(Array.from({ length: BATCH }, (_, index) => alertOf('Warm', batch * BATCH + index))),
  )
  const start = performance.now()
  for (const batch of batches) await take(batch)
  return (BATCH * BATCHES) / ((performance.now() - start) / 1000)
}

function alertOf(alertname: string, index: number) {
  const at = new Date().toISOString()
  return {
    labels: { alertname, instance: `web-${index}:9100`, job: 'node', severity: 'critical' },
    annotations: { summary: `web-${index} is down` },
    startsAt: at,
    endsAt: alertname === 'Warm' ? at : undefined,
    generatorURL: 'http://prometheus.example.com/graph?g0.expr=up+%3D%3D+0',
  }
}

/** A webhook of one group, as Alertmanager posts it, in JSON. */
function webhookOf(alertname: string, count: number, status: 'firing' | 'resolved') {
  const alerts = Array.from({ length: count }, (_, index) => ({
    ...alertOf(alertname, index),
    status,
    endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : new Date().toISOString(),
    fingerprint: index.toString(16).padStart(16, '0'),
  }))
  return JSON.stringify({ version: '4', status, receiver: 'r', groupKey: '{}:{}', groupLabels: { alertname }, alerts })
}

async function stormOf(alertmanager: Alertmanager): Promise<number> {
  const alerts = JSON.stringify(Array.from({ length: STORM }, (_, index) => alertOf('Storm', index)))
  const noticed = alertmanager.notice()
  const start = performance.now()
  await alertmanager.take(alerts)
  return (await noticed) - start
}
