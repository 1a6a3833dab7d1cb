import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { regions } from '../cli/drill/regions/cast.ts'
import type { RegionEvent, RegionStage } from '../cli/drill/regions/stage.ts'
import { startRegions } from '../cli/drill/regions/start-regions.ts'
import { ASLEEP_MS } from '../shared/incidents/duty/duty.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { deployed } from './deployed.ts'
import { startEventsQueue } from './events-queue.ts'
import { root } from './harness.ts'
import { bundleFunction, startLambda } from './lambda.ts'
import { probeConfig, vantage } from './probe-config.ts'
import { percentile } from './statistics.ts'

const [first, second] = regions
const warmUps = 3
const passes = 15

/** Connect places two calls a second: the next is not to wait for that, ms. */
const BETWEEN_MS = 1_000

/** By then each region's canary has come, and been on time for as long as one that has just woken asks the others before it pages, ms. */
const AWAKE_MS = 70_000 + ASLEEP_MS

/** As the configuration has it by default, and the shortest that it takes, ms. */
const guards = { usual: 60_000, short: 5_000 }

export const region: Benchmark = {
  name: 'region',
  summary:
    'from an alert to its call with two regions, against one alone; and from the loss of the first to the call of the second',
  goals: { pairToAlone: 1.15, usualTakeoverMs: 190_000, shortTakeoverMs: 15_000, messagesOfRun: 2 },
  async measure(runs, progress) {
    const measured: Run[] = []
    for (let run = 1; run <= runs; run++) {
      progress(`run ${run} of ${runs}: beside one alone, once all have been awake for ${AWAKE_MS / 1000} s`)
      const { alone, pair } = await sideBySide()
      const figures: Run['figures'] = { aloneMs: alone, pairMs: pair }
      for (const [name, guardMs] of Object.entries(guards)) {
        progress(`run ${run} of ${runs}: the first is lost, the guard is ${guardMs / 1000} s`)
        figures[`${name}TakeoverMs`] = await takeoverMs(guardMs)
      }
      figures.messagesOfRun = await messagesOfRun()
      measured.push({ figures, ratios: { pairToAlone: pair / alone } })
    }
    return measured
  },
}

/**
 * The same pages by turns, by a region alone and by the first of two; medians. The second one gives way to the first, as if each had machines
 * of its own.
 */
async function sideBySide(): Promise<{ alone: number; pair: number }> {
  return withRegions({ order: [first] }, (alone) =>
    withRegions({ order: regions, aside: second }, async (pair) => {
      await wait(AWAKE_MS)
      const times = { alone: [] as number[], pair: [] as number[] }
      for (let pass = -warmUps; pass < passes; pass++) {
        const [aloneMs, pairMs] = [await page(alone, [first]), await page(pair, [...regions])]
        if (pass < 0) continue
        times.alone.push(aloneMs)
        times.pair.push(pairMs)
      }
      return { alone: percentile(times.alone, 0.5), pair: percentile(times.pair, 0.5) }
    }),
  )
}

/** The first region is lost with all that it had, and an alert comes: from the loss to the call, which is the guard's time and the asking. */
async function takeoverMs(guardMs: number): Promise<number> {
  return withRegions({ order: regions, guardMs }, async ({ stage, until }) => {
    const lostAt = Date.now()
    await stage.kill(first)
    await stage.alert('first-killed', 'trigger')
    const ring = await until((event) => event.type === 'ring' && event.region === second)
    return ring.at - lostAt
  })
}

/** How many messages one run of the packaged probe sends, to the queues of both regions. */
async function messagesOfRun(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
  const queues = [await startEventsQueue(), await startEventsQueue()]
  const [own, other] = queues
  const file = join(folder, 'probe.json')
  const check = { http: 'http://127.0.0.1:1/', timeout: '1s' }
  const config = { ...probeConfig([check], folder), regions: { order: regions, guardMs: guards.usual } }
  await writeFile(file, JSON.stringify(config))
  const env = {
    ...{ FENGHUO_CONFIG: file, VANTAGE: vantage, AWS_REGION: first },
    ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
    EVENTS_QUEUE_URL: `https://sqs.${first}.amazonaws.com/000000000000/events`,
    AWS_ENDPOINT_URL_SQS: own?.endpoint ?? '',
    FENGHUO_REGIONS_URL: other?.endpoint ?? '',
  }
  const lambda = startLambda(await bundleFunction(root, 'probe', folder), env, deployed('probe').timeoutMs)
  try {
    await lambda.invoke({ all: true })
    const counts = queues.map((queue) => queue.take().length)
    if (counts.includes(0)) throw new Error(`a region was sent nothing: ${counts}`)
    return counts.reduce((sum, count) => sum + count, 0)
  } finally {
    lambda.stop()
    for (const queue of queues) queue.close()
    await rm(folder, { recursive: true })
  }
}

interface Played {
  stage: RegionStage
  /** Resolves with the next event of a kind, which may have come since the last that was waited for. */
  until(wanted: (event: RegionEvent) => boolean): Promise<RegionEvent>
}

/** A page that is taken by a key, from its alert's being sent to its call's being asked for, ms; until all regions know of its end. */
async function page({ stage, until }: Played, all: (typeof regions)[number][]): Promise<number> {
  const start = Date.now()
  await stage.alert('both-well', 'trigger')
  const ring = await until((event) => event.type === 'ring')
  if (ring.type !== 'ring') throw new Error('no call')
  await stage.phone(first, ring.call, 'answer')
  await until((event) => event.type === 'listening')
  await stage.phone(first, ring.call, 'acknowledge')
  await until(isEntry('acknowledged', first))
  await stage.alert('both-well', 'resolve')
  for (const one of all) await until(isEntry('resolved', one))
  await wait(BETWEEN_MS)
  return ring.at - start
}

const isEntry = (kind: string, region: string) => (event: RegionEvent) =>
  event.type === 'entry' && event.region === region && event.entry.kind === kind

async function withRegions<T>(
  options: { order: readonly (typeof regions)[number][]; guardMs?: number; aside?: typeof second },
  work: (played: Played) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
  const stage = await startRegions({ root, dataDir, now: Date.now, ...options })
  const unseen: RegionEvent[] = []
  let noted = () => {}
  stage.listen((event) => {
    unseen.push(event)
    noted()
  })
  async function until(wanted: (event: RegionEvent) => boolean): Promise<RegionEvent> {
    for (;;) {
      const index = unseen.findIndex(wanted)
      const [found] = index < 0 ? [] : unseen.splice(index, 1)
      if (found !== undefined) return found
      await new Promise<void>((done) => {
        noted = done
      })
    }
  }
  try {
    await Promise.all(options.order.map((region) => stage.start(region)))
    return await work({ stage, until })
  } finally {
    await stage.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
