import { setTimeout as wait } from 'node:timers/promises'
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { sqsClient } from '../shared/clouds/aws/clients.ts'
import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../shared/clouds/aws/table.ts'
import { STORM_KEY } from '../shared/contracts/storm.ts'
import { listIncidents } from '../shared/store/incidents.ts'
import type { Table } from '../shared/store/table.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Harness, inHarness } from './harness.ts'
import { moveOut } from './moved-out.ts'
import { queueDepth } from './queue-depth.ts'
import { makeTenants, type Tenant } from './tenants.ts'

const ALERTS = 10_000

/** How many alerts a message packs; the last is all of them in one. */
const packs = { hundred: 100, thousand: 1_000, all: ALERTS }

/** How long every vendor takes to answer. */
const latencyMs = 50

/** A page of somebody else is sent so often until all is over; Connect places two calls a second, and one of them may be the storm's. */
const CANARY_EVERY_MS = 1_000
const CANARIES = 60

/** How often the queues are looked at: they share a thread with the tables and vendors, and are not to be slowed by it. */
const LOOK_EVERY_MS = 500

/** Who only looks on waits for as long as it takes. */
const patience = { connectMs: 10_000, tryMs: 30_000, tries: 3 }

export const storm: Benchmark = {
  name: 'storm',
  summary: `${ALERTS} alerts of distinct keys of one project, and what becomes of everybody else's pages meanwhile`,
  goals: Object.fromEntries(
    Object.keys(packs).flatMap((pack) => [
      [`${pack}FirstNoticeMs`, 2_000],
      [`${pack}AbsorbedMs`, 60_000],
      [`${pack}SlowestCanaryMs`, 5_000],
      [`${pack}StepsAboveOneEach`, 100],
      [`${pack}EvaluatePeakMiB`, 512],
      [`${pack}PagePeakMiB`, 512],
    ]),
  ),
  async measure(runs, progress) {
    const shape = { from: 1, layers: 1, channels: ['phone' as const, 'chat' as const], ackTimeout: '5m' }
    const measured: Run[] = []
    // Each run begins with empty tables.
    for (let run = 1; run <= runs; run++) {
      const figures: Record<string, number> = {}
      for (const [pack, size] of Object.entries(packs)) {
        progress(`run ${run} of ${runs}: ${size} alerts to a message`)
        const [raging, ...others] = makeTenants(1 + CANARIES, { ...shape, name: 'tenant', projects: 1 })
        if (raging === undefined) throw new Error('there is no tenant')
        const seen = await inHarness([raging, ...others], latencyMs, (harness) => rage(harness, raging, others, size))
        for (const [name, value] of Object.entries(seen)) figures[`${pack}${name}`] = value
      }
      measured.push({ figures, ratios: {} })
    }
    return measured
  },
}

/** One storm of a tenant, with others' alerts in between. */
async function rage(harness: Harness, raging: Tenant, others: Tenant[], size: number) {
  const lambdas = await moveOut(harness)
  const { queues, tables } = harness.addresses
  const sqs = sqsClient(harness.env, patience)
  const incidents = dynamoTable(dynamoDb(harness.env, { patience }), tables.incidents ?? '')
  const next = () => others.shift() ?? raging
  try {
    await lambdas.warm()
    await canary(harness, next())
    await harness.idle()
    const [project = ''] = raging.projects
    const peaks = { events: 0, overflow: 0, steps: 0, above: 0 }
    const pages: Promise<number>[] = []
    const notice = harness.vendors.postsTo(project)
    const start = performance.now()
    await sendStorm(sqs, queues.events ?? '', project, size)
    let nextCanary = start
    for (let left = 1; left > 0; ) {
      if (performance.now() >= nextCanary && others.length > 0) {
        nextCanary += CANARY_EVERY_MS
        pages.push(canary(harness, next()))
      }
      const [events, overflow, steps] = await Promise.all(
        [queues.events, queues.overflow, queues.escalation].map((url) => depthOf(sqs, url ?? '')),
      )
      const open = (await incidents.listed('open', 1_000)).length
      left = (events ?? 0) + (overflow ?? 0)
      peaks.events = Math.max(peaks.events, events ?? 0)
      peaks.overflow = Math.max(peaks.overflow, overflow ?? 0)
      peaks.steps = Math.max(peaks.steps, steps ?? 0)
      peaks.above = Math.max(peaks.above, (steps ?? 0) - open)
      await wait(LOOK_EVERY_MS)
    }
    const absorbedMs = performance.now() - start
    const firstNoticeMs = (await notice) - start
    const canariesMs = await Promise.all(pages)
    await harness.idle()
    await checkAll(incidents, project)
    return {
      FirstNoticeMs: firstNoticeMs,
      AbsorbedMs: absorbedMs,
      SlowestCanaryMs: Math.max(...canariesMs),
      Canaries: canariesMs.length,
      EventsPeak: peaks.events,
      OverflowPeak: peaks.overflow,
      StepsPeak: peaks.steps,
      StepsAboveOneEach: Math.max(0, peaks.above),
      ...(await lambdas.figures()),
    }
  } finally {
    lambdas.stop()
    sqs.destroy()
  }
}

/** A critical alert of a project that sends little: how long until a phone rings, ms. */
async function canary({ vendors, alert }: Harness, { phones: [phone = ''], projects: [project = ''] }: Tenant) {
  const ring = vendors.rings(phone)
  const start = performance.now()
  await alert(project, 'canary')
  const { call, at } = await ring
  // Connect has ten calls at a time: who is called takes it, and is not called again.
  await vendors.connect.answer(call.contactId)
  await vendors.connect.press(call.contactId, '1')
  return at - start
}

async function sendStorm(sqs: SQSClient, QueueUrl: string, project: string, size: number): Promise<void> {
  const bodies = Array.from({ length: ALERTS / size }, (_, message) => {
    const alerts = Array.from({ length: size }, (_, index) => {
      const dedupKey = `k${message * size + index}`
      return { action: 'trigger', dedupKey, project, summary: 'HTTP 502' }
    })
    return JSON.stringify({ v: 1, kind: 'alerts', alerts })
  })
  for (let from = 0; from < bodies.length; from += 10) {
    const Entries = bodies.slice(from, from + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }))
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  }
}

/** All messages of a queue. */
async function depthOf(sqs: SQSClient, url: string): Promise<number> {
  const { ready, inHand, delayed } = await queueDepth(sqs, url)
  return ready + inHand + delayed
}

/** None is lost: each has an incident of its own, or is a member of the storm's. */
async function checkAll(incidents: Table, project: string): Promise<void> {
  const open = (await listIncidents('open', 1_000, { incidents, log: () => {} })).filter(
    (one) => one.project === project,
  )
  const joined = open.find(({ groupKey }) => groupKey === STORM_KEY)?.fact?.args as { came?: number } | undefined
  const known = open.length - 1 + (joined?.came ?? 0)
  if (known !== ALERTS) throw new Error(`${known} of ${ALERTS} alerts have come`)
}
