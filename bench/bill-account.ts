import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localAccount } from '../local/variables.ts'
import { compileFor } from '../shared/config/compile-for.ts'
import { loadConfig } from '../shared/config/load.ts'
import { deployed, environmentOf } from './deployed.ts'
import { type Harness, root } from './harness.ts'
import { bundleFunction, type Invoked, type Lambda, startLambda } from './lambda.ts'
import { startMeter } from './meter.ts'
import { sumOf, type Used } from './prices.ts'
import { fenghuoFile, type Tenant, type Watched } from './tenants.ts'

/** A processor of Lambda's is what 1,769 MB get (Lambda developer guide, "Configure Lambda function memory"). */
const MB_OF_A_PROCESSOR = 1769

/** Time, level and request, which Lambda puts into each line of a log; of what goes well it writes none of its own. */
const LOG_LINE_BYTES = 120

/** Whose bill it is, and what its functions have in their environment beside the harness' own. */
interface AccountOptions {
  harness: Harness
  tenants: Tenant[]
  watched: Watched
  /** The region in whose place a second one stands: it is told what the first is, and is not billed for the probes. Absent: there is one. */
  first?: string
}

export interface Account {
  /** What a quiet minute uses: each vantage's probe, what comes of its report, watch and, beside another region, `region-health`. */
  minute(): Promise<Used>
  /** What one page uses, from its alert to its end, with one call that is answered by a key. */
  page(tenant: Tenant): Promise<Used>
  close(): Promise<void>
}

type Call = (event: unknown) => Promise<unknown>

/** Runs the functions as Lambda does, packaged, and meters what each uses. */
export async function openAccount({ harness, tenants, watched, first }: AccountOptions): Promise<Account> {
  const { sqs, dynamodb } = harness.addresses
  // What one region reads of another is on the bill of both together.
  const meters = [await startMeter(sqs), await startMeter(dynamodb), await startMeter(dynamodb)] as const
  const [queueMeter, tableMeter, elsewhere] = meters
  const running: Lambda[] = []
  const logging: Lambda[] = []
  let used: Used[] = []
  const file = { ...fenghuoFile(tenants, watched), ...(first && { regions: [first, harness.env.AWS_REGION] }) }
  const { config, problems } = loadConfig(JSON.stringify(file), 'fenghuo.yml', undefined)
  if (config === undefined) throw new Error(`the configuration is wrong: ${JSON.stringify(problems)}`)

  const start = async (name: string, more: Record<string, string>, isBilled = true): Promise<Call> => {
    const bundle = await bundleFunction(root, name, join(harness.dataDir, 'bundles'))
    const { timeoutMs, memoryMB } = deployed(name)
    const addresses = { AWS_ENDPOINT_URL_SQS: queueMeter.url, AWS_ENDPOINT_URL_DYNAMODB: tableMeter.url }
    const lambda = startLambda(bundle, { ...environmentOf(name, harness), ...addresses, ...more }, timeoutMs)
    running.push(lambda)
    if (isBilled) logging.push(lambda)
    return async (event) => {
      const invoked = await lambda.invoke(event)
      if (isBilled) used.push(usedBy(invoked, memoryMB))
      return invoked.answer
    }
  }
  const startProbe = async ([name, place]: [string, string]): Promise<Call> => {
    const path = join(harness.dataDir, `probe-${name}.json`)
    const { regions: _, ...alone } = config
    await writeFile(path, JSON.stringify(compileFor('probe', alone, place)))
    return start('probe', { FENGHUO_CONFIG: path, VANTAGE: place }, first === undefined)
  }
  const startPart = async (name: 'evaluate' | 'page' | 'watch' | 'region-health'): Promise<Call> => {
    if (first === undefined) return start(name, {})
    const path = join(harness.dataDir, `second-${name}.json`)
    await writeFile(path, JSON.stringify(compileFor(name, config)))
    return start(name, {
      ...regionalEnvironment(name, harness),
      FENGHUO_CONFIG: path,
      FENGHUO_REGIONS_URL: elsewhere.url,
    })
  }
  // Each batch is received once and deleted once; what it holds has come from another region, at the most.
  const byQueue =
    (call: Call): Call =>
    async (event) => {
      used.push({ sqsRequests: 2, transferGigabytes: Buffer.byteLength(JSON.stringify(event)) / 1e9 })
      return call(event)
    }
  const probes: Call[] = []
  for (const vantage of Object.entries(watched.vantages)) probes.push(await startProbe(vantage))
  harness.hosts.evaluate = byQueue(await startPart('evaluate'))
  harness.hosts.page = byQueue(await startPart('page'))
  harness.hosts.acknowledge = await start('acknowledge', {})
  const watch = await startPart('watch')
  const health = first === undefined ? undefined : await startPart('region-health')

  const all = (): Used => {
    const sum = sumOf([...used, ...meters.map((meter) => meter.take()), ...logging.map(loggedBy)])
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
      await health?.({})
      await harness.idle()
      return all()
    },
    async page({ phones: [phone = ''], projects: [project = ''] }) {
      const { vendors, idle, alert, settle } = harness
      const { connect, rings } = vendors
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

/** Addresses of queues that tell their region, as AWS's do: by these a function knows where it stands among several. */
function regionalEnvironment(name: string, harness: Harness): Record<string, string> {
  const environment = Object.entries(environmentOf(name, harness))
  const regional = ([variable, url]: [string, string]): [string, string] => [
    variable,
    `https://sqs.${harness.env.AWS_REGION}.amazonaws.com/${localAccount}/${url.split('/').at(-1)}`,
  ]
  const queues = environment.filter(([variable, url]) => /_(QUEUE|DLQ)_URL$/.test(variable) && url !== '')
  return {
    ...Object.fromEntries(queues.map(regional)),
    REGIONS_TABLE: harness.addresses.tables.regions ?? '',
    TABLE_NAME: harness.addresses.tables.regions ?? '',
    // Where nobody is paged, no other region is asked.
    PEER_FUNCTION: 'fenghuo-bench-peer',
  }
}

/** The processor's time at the share of one that the memory brings, and the time that was waited (Lambda is billed by both). */
function usedBy({ ms, cpuMs }: Invoked, memoryMB: number): Used {
  const seconds = ((cpuMs * MB_OF_A_PROCESSOR) / memoryMB + Math.max(0, ms - cpuMs)) / 1000
  return { lambdaRequests: 1, lambdaGbSeconds: seconds * (memoryMB / 1024) }
}

function loggedBy(lambda: Lambda): Used {
  const { lines, bytes } = lambda.logged()
  return { logGigabytes: (bytes + lines * LOG_LINE_BYTES) / 1e9 }
}
