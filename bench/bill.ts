import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { readSource } from '../local/place.ts'
import { compileFor } from '../shared/config/compile-for.ts'
import { loadConfig } from '../shared/config/load.ts'
import { REMEMBERED_OUTCOMES } from '../shared/evaluation/record.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { deployed, deployedFunctions, environmentOf } from './deployed.ts'
import { type Harness, inHarness, root } from './harness.ts'
import { bundleFunction, type Invoked, type Lambda, startLambda } from './lambda.ts'
import { type Meter, startMeter } from './meter.ts'
import { costOf, sumOf, type Used } from './prices.ts'
import { fenghuoFile, makeTenants, type Tenant, type Watched } from './tenants.ts'

/** How long the watched services, and vendors, take to answer, ms. */
const answerMs = 100
const latencyMs = 50

const checks = 100
const places = { sg: 'aws/ap-southeast-1', gz: 'tencent/ap-guangzhou', hz: 'aliyun/cn-hangzhou' }

/** After so many minutes a check that was always up is steadily up: nobody judges it at each report. */
const warmUps = REMEMBERED_OUTCOMES + 1
const minutes = 3

/** A month has so many. */
const MINUTES_A_MONTH = 43_800

/** A processor of Lambda's is what 1,769 MB get (Lambda developer guide, "Configure Lambda function memory"). */
const MB_OF_A_PROCESSOR = 1769

/** START, END and REPORT of each invocation, by their lengths. */
const LOG_BYTES = 400

/**
 * For each queue that calls a function Lambda begins with five readers (AWS Compute Blog, "Understanding how AWS Lambda scales with Amazon
 * SQS standard queues"). That each asks for 20 s when nothing comes is what accounts report; AWS gives no figure: unconfirmed.
 */
const POLLS_A_MINUTE = 15

export const bill: Benchmark = {
  name: 'bill',
  summary: `what a month of ${checks} checks from ${Object.keys(places).length} vantages, and a page, cost on AWS by list price, in USD`,
  goals: { monthUSD: 2.5, pageUSD: 0.001 },
  async measure(runs, progress) {
    const tenants = makeTenants(runs, {
      ...{ name: 'tenant', from: 1, layers: 1, projects: 1 },
      ...{ channels: ['phone' as const], ackTimeout: '5m' },
    })
    const target = await startTarget()
    const watched = { vantages: places, checks: checksOf(target.url) }
    try {
      return await inHarness(
        tenants,
        latencyMs,
        async (harness) => {
          const account = await openAccount(harness, tenants, watched)
          try {
            progress('until every check is known to be up')
            for (let minute = 0; minute < warmUps; minute++) await account.minute()
            const measured: Run[] = []
            for (const tenant of tenants) {
              progress(`run ${measured.length + 1} of ${runs}`)
              measured.push(await measureRun(account, harness, tenant))
            }
            return measured
          } finally {
            await account.close()
          }
        },
        { watched },
      )
    } finally {
      target.close()
    }
  },
}

async function measureRun(account: Account, harness: Harness, tenant: Tenant): Promise<Run> {
  const used: Used[] = []
  for (let minute = 0; minute < minutes; minute++) used.push(await account.minute())
  const month = sumOf([sumOf(used, MINUTES_A_MONTH / minutes), standing()])
  const page = await account.page(harness, tenant)
  const parts = Object.fromEntries(
    Object.entries(month).map(([item, amount]) => [`${item}USD`, costOf({ [item]: amount })]),
  )
  return { figures: { monthUSD: costOf(month), pageUSD: costOf(page), ...parts }, ratios: {} }
}

/** What is paid for a month whatever happens. */
function standing(): Used {
  // Packaging switches off what calls `ingest` where no project hears of AWS's events.
  const { ingest: _, ...others } = deployedFunctions()
  const polled = Object.values(others).reduce((sum, { queues }) => sum + queues, 0)
  const alarms = resourcesIn('infrastructure/alarms.yml').filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
  const metrics = alarms.map(({ Properties: { Metrics } }) => Metrics?.filter((one) => 'MetricStat' in one).length ?? 1)
  return {
    sqsRequests: polled * POLLS_A_MINUTE * MINUTES_A_MONTH,
    alarmMetrics: metrics.reduce((sum, count) => sum + count, 0),
    secrets: resourcesIn('infrastructure/secret.yml').filter(({ Type }) => Type === 'AWS::SecretsManager::Secret')
      .length,
  }
}

function resourcesIn(file: string) {
  const { Resources } = readSource(join(root, file)).data as {
    Resources: Record<string, { Type: string; Properties: { Metrics?: object[] } }>
  }
  return Object.values(Resources)
}

interface Account {
  /** What a quiet minute uses: each vantage's probe, what comes of its report, and watch. */
  minute(): Promise<Used>
  /** What one page uses, from its alert to its end, with one call that is answered by a key. */
  page(harness: Harness, tenant: Tenant): Promise<Used>
  close(): Promise<void>
}

/** Runs the functions as Lambda does, packaged, and meters what each uses. */
async function openAccount(harness: Harness, tenants: Tenant[], watched: Watched): Promise<Account> {
  const { sqs, dynamodb } = harness.addresses
  const meters: Meter[] = [await startMeter(sqs), await startMeter(dynamodb)]
  const [queueMeter, tableMeter] = meters
  const running: Lambda[] = []
  let used: Used[] = []
  const { config } = loadConfig(JSON.stringify(fenghuoFile(tenants, watched)), 'fenghuo.yml', undefined)
  if (config === undefined) throw new Error('the configuration is wrong')
  const start = async (name: string, more: Record<string, string> = {}) => {
    const bundle = await bundleFunction(root, name, join(harness.dataDir, 'bundles'))
    const { timeoutMs, memoryMB } = deployed(name)
    const addresses = { AWS_ENDPOINT_URL_SQS: queueMeter?.url ?? '', AWS_ENDPOINT_URL_DYNAMODB: tableMeter?.url ?? '' }
    const lambda = startLambda(bundle, { ...environmentOf(name, harness), ...addresses, ...more }, timeoutMs)
    running.push(lambda)
    return async (event: unknown) => {
      const invoked = await lambda.invoke(event)
      used.push(usedBy(invoked, memoryMB))
      return invoked.answer
    }
  }
  const probes: ((event: unknown) => Promise<unknown>)[] = []
  for (const [name, place] of Object.entries(places)) {
    const file = join(harness.dataDir, `probe-${name}.json`)
    await writeFile(file, JSON.stringify(compileFor('probe', config, place)))
    probes.push(await start('probe', { FENGHUO_CONFIG: file, VANTAGE: place }))
  }
  // Each batch is received once and deleted once; what it holds has come from another region, at the most.
  const byQueue = (invoke: (event: unknown) => Promise<unknown>) => async (event: unknown) => {
    used.push({ sqsRequests: 2, transferGigabytes: Buffer.byteLength(JSON.stringify(event)) / 1e9 })
    return invoke(event)
  }
  harness.hosts.evaluate = byQueue(await start('evaluate'))
  harness.hosts.page = byQueue(await start('page'))
  harness.hosts.acknowledge = await start('acknowledge')
  const watch = await start('watch')

  const all = (): Used => {
    const sum = sumOf([...used, ...meters.map((meter) => meter.take())])
    used = []
    return sum
  }
  return {
    async minute() {
      await harness.idle()
      all()
      // Spread over the minute, as timers of several places are.
      for (const probe of probes) {
        await probe({ all: true })
        await harness.idle()
      }
      await watch({ time: new Date().toISOString() })
      await harness.idle()
      return all()
    },
    async page(
      { vendors: { connect, rings }, idle, alert, settle },
      { phones: [phone = ''], projects: [project = ''] },
    ) {
      all()
      const ringing = rings(phone)
      await alert(project, 'bill')
      const { call } = await ringing
      await idle()
      await connect.answer(call.contactId)
      await connect.delivered()
      await idle()
      await connect.press(call.contactId, '1')
      await connect.delivered()
      await idle()
      await settle(project, 'bill')
      return all()
    },
    async close() {
      for (const lambda of running) lambda.stop()
      await Promise.all(meters.map((meter) => meter.close()))
    },
  }
}

/** The processor's time at the share of one that the memory brings, and the time that was waited (Lambda is billed by both). */
function usedBy({ ms, cpuMs }: Invoked, memoryMB: number): Used {
  const seconds = ((cpuMs * MB_OF_A_PROCESSOR) / memoryMB + Math.max(0, ms - cpuMs)) / 1000
  return { lambdaRequests: 1, lambdaGbSeconds: seconds * (memoryMB / 1024), logGigabytes: LOG_BYTES / 1e9 }
}

function checksOf(url: string): object {
  const named = Array.from({ length: checks }, (_, index) => [
    `c${index}`,
    { title: '网站', http: `${url}/?check=${index}` },
  ])
  return Object.fromEntries(named)
}

/** A service that answers late. */
async function startTarget(): Promise<{ url: string; close(): void }> {
  const server = createServer((_, response) => void setTimeout(() => response.end('ok'), answerMs))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
