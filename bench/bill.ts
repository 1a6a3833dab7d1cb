import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { readSource } from '../local/place.ts'
import { failoverResources } from '../plugins/config/failover.ts'
import { SECRET_FRESH_MS } from '../shared/clouds/stored-secrets.ts'
import { REMEMBERED_OUTCOMES } from '../shared/evaluation/record.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Account, openAccount } from './bill-account.ts'
import { deployedFunctions } from './deployed.ts'
import { inHarness, root } from './harness.ts'
import { costOf, sumOf, type Used } from './prices.ts'
import { makeTenants, type Tenant } from './tenants.ts'

/** How long the watched services, and vendors, take to answer, ms. */
const answerMs = 100
const latencyMs = 50

const checks = 100
/** The first region, where the one that is measured is the second. */
const elsewhere = 'eu-central-1'

const places = { sg: 'aws/ap-southeast-1', gz: 'tencent/ap-guangzhou', hz: 'aliyun/cn-hangzhou' }

/** After so many minutes a check that was always up is steadily up: nobody judges it at each report. */
const warmUps = REMEMBERED_OUTCOMES + 1
const minutes = 3

/** A month has so many. */
const MINUTES_A_MONTH = 43_800

/** A function that is called each minute has an instance for hours, as accounts report; AWS gives no figure: this is one an hour. */
const INSTANCES_A_MONTH = 730

/**
 * For each queue that calls a function Lambda begins with five readers (AWS Compute Blog, "Understanding how AWS Lambda scales with Amazon
 * SQS standard queues"). That each asks for 20 s when nothing comes is what accounts report; AWS gives no figure: unconfirmed.
 */
const POLLS_A_MINUTE = 15

export const bill: Benchmark = {
  name: 'bill',
  summary: `what a month of ${checks} checks from ${Object.keys(places).length} vantages, and a page, cost on AWS by list price, in USD, and the month of a second region`,
  goals: { monthUSD: 2.5, pageUSD: 0.001 },
  async measure(runs, progress) {
    const tenants = makeTenants(runs, {
      ...{ name: 'tenant', from: 1, layers: 1, projects: 1 },
      ...{ channels: ['phone' as const], ackTimeout: '5m' },
    })
    const target = await startTarget()
    const watched = { vantages: places, checks: checksOf(target.url) }
    try {
      return await inHarness(tenants, latencyMs, (harness) => inTurn({ harness, tenants, watched }, progress), {
        watched,
      })
    } finally {
      target.close()
    }
  },
}

/** One region alone, with a page for each tenant, and then a second one beside it. */
async function inTurn(of: Accounted, progress: (what: string) => void): Promise<Run[]> {
  const runs = await withAccount(of, async (account) => {
    progress('until every check is known to be up')
    for (let minute = 0; minute < warmUps; minute++) await account.minute()
    const measured: Run[] = []
    for (const tenant of of.tenants) {
      progress(`run ${measured.length + 1} of ${of.tenants.length}`)
      measured.push(await measureRun(account, tenant))
    }
    return measured
  })
  return withAccount({ ...of, first: elsewhere }, async (account) => {
    progress('a second region')
    // It says where it takes links, once.
    await account.minute()
    for (const { figures } of runs) figures.secondRegionUSD = costOf(await month(account, besideAnother()))
    return runs
  })
}

type Accounted = Parameters<typeof openAccount>[0]

async function withAccount<T>(of: Accounted, work: (account: Account) => Promise<T>): Promise<T> {
  const account = await openAccount(of)
  try {
    return await work(account)
  } finally {
    await account.close()
  }
}

async function measureRun(account: Account, tenant: Tenant): Promise<Run> {
  const used = await month(account)
  const page = await account.page(tenant)
  const parts = Object.fromEntries(
    Object.entries(used).map(([item, amount]) => [`${item}USD`, costOf({ [item]: amount })]),
  )
  return { figures: { monthUSD: costOf(used), pageUSD: costOf(page), ...parts }, ratios: {} }
}

async function month(account: Account, more: Used = {}): Promise<Used> {
  const used: Used[] = []
  for (let minute = 0; minute < minutes; minute++) used.push(await account.minute())
  return sumOf([sumOf(used, MINUTES_A_MONTH / minutes), standing(), more])
}

/** What is paid for a month whatever happens. Of those who read the secret a quiet month calls `page` alone. */
function standing(): Used {
  const polled = Object.values(deployedFunctions()).reduce((sum, { queues }) => sum + queues, 0)
  return {
    sqsRequests: polled * POLLS_A_MINUTE * MINUTES_A_MONTH,
    alarmMetrics: metricsOf(resourcesIn('infrastructure/alarms.yml')),
    kmsRequests: INSTANCES_A_MONTH + (MINUTES_A_MONTH * 60_000) / SECRET_FRESH_MS,
  }
}

/** What a region has beside that where there is another one. */
function besideAnother(): Used {
  const service = { service: 'fenghuo', provider: { stage: 'prod' }, custom: {} }
  return { alarmMetrics: metricsOf(Object.values(failoverResources(service, []) as Record<string, Resource>)) }
}

interface Resource {
  Type: string
  Properties: { Metrics?: object[] }
}

function metricsOf(resources: Resource[]): number {
  const alarms = resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
  const metrics = alarms.map(({ Properties: { Metrics } }) => Metrics?.filter((one) => 'MetricStat' in one).length ?? 1)
  return metrics.reduce((sum, count) => sum + count, 0)
}

function resourcesIn(file: string) {
  const { Resources } = readSource(join(root, file)).data as { Resources: Record<string, Resource> }
  return Object.values(Resources)
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
