import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Alertmanager, startAlertmanager } from './alertmanager.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Harness, inHarness, root } from './harness.ts'
import { bundleFunction, type Lambda, startLambda } from './lambda.ts'
import { load } from './load-bundle.ts'
import { peakMiB } from './process-usage.ts'
import { makeTenants } from './tenants.ts'

const BATCH = 100
const BATCHES = 100
const STORM = 10_000

/** As serverless.yml has it. Node is given what Lambda leaves it of 512 MB. */
const timeoutMs = 10_000
const memoryArgument = '--max-old-space-size=448'

/** How long every vendor takes to answer. */
const latencyMs = 0

export const ingest: Benchmark = {
  name: 'ingest',
  summary: `alerts by HTTP: ${BATCH} to a request, ${STORM} in one webhook, and its first notice, against Debian's Alertmanager; the bundle`,
  goals: {
    KB: 250,
    importMs: 60,
    coldMs: 1_000,
    webhookMs: 1_000,
    webhookMiB: 128,
    batchToAlertmanager: 1,
    firstNoticeToAlertmanager: 1.4,
  },
  async measure(runs, progress) {
    const shape = { name: 'tenant', from: 1, layers: 1, projects: 1, channels: ['chat' as const], ackTimeout: '5m' }
    const measured: Run[] = []
    // Each run begins with empty tables, and with an empty Alertmanager.
    for (let run = 1; run <= runs; run++) {
      progress(`run ${run} of ${runs}`)
      const tenants = makeTenants(1, shape)
      const alertmanager = await startAlertmanager()
      try {
        measured.push(await inHarness(tenants, latencyMs, (harness) => measureIn(harness, alertmanager)))
      } finally {
        await alertmanager.stop()
      }
    }
    return measured
  },
}

async function measureIn(harness: Harness, alertmanager: Alertmanager): Promise<Run> {
  const [[project = '', key = ''] = []] = Object.entries(harness.addresses.ingest.keys)
  const bundle = await bundleFunction(root, 'ingest', join(harness.dataDir, 'bundles'))
  const nothing = join(harness.dataDir, 'nothing.js')
  await writeFile(nothing, '')
  const { importMs } = await load(join(root, 'node_modules/node/bin/node'), bundle, nothing)
  const lambda = startLambda(bundle, environment(harness), timeoutMs)
  try {
    const cold = await send(lambda, `/prometheus/${key}/api/v2/alerts`, [])
    // On Lambda what evaluates runs elsewhere; here it would take the queue's own thread from the sender.
    const { evaluate } = harness.hosts
    harness.hosts.evaluate = nothingFailed
    const [ours, theirs] = [await perSecond(batchTo(lambda, key)), await perSecond((some) => alertmanager.take(some))]
    await harness.idle()
    const idleMiB = await peakMiB(cold.pid)
    let begins = () => {}
    const begun = new Promise<void>((done) => {
      begins = done
    })
    harness.hosts.evaluate = (event) => begun.then(() => evaluate?.(event))
    const webhook = await storm(harness, lambda, project, key, begins)
    harness.hosts.evaluate = nothingFailed
    await harness.idle()
    const theirNoticeMs = await stormOf(alertmanager)
    return {
      figures: {
        KB: (await stat(bundle)).size / 1000,
        importMs,
        coldMs: cold.ms,
        alertsPerSecond: ours,
        alertmanagerPerSecond: theirs,
        webhookMs: webhook.ms,
        webhookMiB: (await peakMiB(cold.pid)) - idleMiB,
        firstNoticeMs: webhook.noticeMs,
        alertmanagerFirstNoticeMs: theirNoticeMs,
      },
      ratios: {
        batchToAlertmanager: theirs / ours,
        firstNoticeToAlertmanager: webhook.noticeMs / theirNoticeMs,
      },
    }
  } finally {
    lambda.stop()
  }
}

function environment(harness: Harness): Record<string, string> {
  const { queues, tables } = harness.addresses
  return {
    ...harness.env,
    NODE_OPTIONS: memoryArgument,
    FENGHUO_CONFIG: join(harness.dataDir, 'config', 'ingest.json'),
    EVENTS_QUEUE_URL: queues.events ?? '',
    AWS_EVENTS_QUEUE_URL: queues.awsEvents ?? '',
    CHECKS_TABLE: tables.checks ?? '',
  }
}

/** Resolved alerts of an incident that never was: they are taken in as any others, and what evaluates them has little to do meanwhile. */
async function perSecond(take: (alerts: unknown[]) => Promise<unknown>): Promise<number> {
  const batches = Array.from({ length: BATCHES }, (_, batch) =>
    Array.from({ length: BATCH }, (_, index) => alertOf('Warm', batch * BATCH + index)),
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

const batchTo = (lambda: Lambda, key: string) => (alerts: unknown[]) =>
  send(lambda, `/prometheus/${key}/api/v2/alerts`, alerts)

/** As a function URL invokes it (payload format 2.0). Throws unless it is taken. */
async function send(lambda: Lambda, path: string, body: unknown) {
  const event = {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path } },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  }
  const invoked = await lambda.invoke(event)
  const { statusCode, body: text } = invoked.answer as { statusCode: number; body: string }
  if (statusCode !== 200) throw new Error(`ingest answered ${statusCode}: ${text.slice(0, 200)}`)
  return invoked
}

const nothingFailed = async () => ({ batchItemFailures: [] })

/** One webhook of a group of 10,000, as Alertmanager posts it: how long until it is taken, and until a robot hears of it. */
async function storm(harness: Harness, lambda: Lambda, project: string, key: string, taken: () => void) {
  const alerts = Array.from({ length: STORM }, (_, index) => ({
    ...alertOf('Storm', index),
    status: 'firing',
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: index.toString(16).padStart(16, '0'),
  }))
  const groupLabels = { alertname: 'Storm' }
  const body = { version: '4', status: 'firing', receiver: 'r', groupKey: '{}:{}', groupLabels, alerts }
  await harness.idle()
  const noticed = harness.vendors.postsTo(project)
  const start = performance.now()
  const { ms } = await send(lambda, `/alertmanager/${key}`, body)
  taken()
  const noticeMs = (await noticed) - start
  return { ms, noticeMs }
}

async function stormOf(alertmanager: Alertmanager): Promise<number> {
  const alerts = Array.from({ length: STORM }, (_, index) => alertOf('Storm', index))
  const noticed = alertmanager.notice()
  const start = performance.now()
  await alertmanager.take(alerts)
  return (await noticed) - start
}
