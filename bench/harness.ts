import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PurgeQueueCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { localSecret, type StackFile } from '../local/files.ts'
import { type Stack, startStack } from '../local/stack.ts'
import { receiptsPath } from '../shared/channels/receipts/receipts-address.ts'
import { sqsClient } from '../shared/clouds/aws/clients.ts'
import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../shared/clouds/aws/table.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import { readIncident } from '../shared/store/incidents.ts'
import { queueDepth } from './queue-depth.ts'
import { startServersApart } from './servers-apart.ts'
import { fenghuoFile, oncallFile, type Tenant, type Watched } from './tenants.ts'
import { region, startVendors, type Vendors } from './vendors.ts'

export const root = fileURLToPath(new URL('../', import.meta.url))
const hour = 3_600_000

/** Nothing ran for so long, and no queue has anything for now: what was set off is over. A vendor's event is on its way for no longer. */
const quietMs = 50

type Invoke = (event: unknown) => Promise<unknown>

/** The local stack, vendors that answer after a set time, people who can be played, and functions that can be moved. */
export interface Harness {
  vendors: Vendors
  addresses: StackFile
  dataDir: string
  /** With which links are signed and people hidden. */
  secret: string
  /** What every function has in its environment. */
  env: Record<string, string>
  /** How each function runs; replace one to run it elsewhere. */
  hosts: Record<string, Invoke>
  alert(project: string, dedupKey: string, action?: 'trigger' | 'resolve'): Promise<void>
  incident(project: string, dedupKey: string): Promise<Incident>
  /** Resolves when nothing runs any more, and only messages are queued whose time is still to come. */
  idle(): Promise<void>
  /** Ends an incident and takes back what is still queued for it. */
  settle(project: string, dedupKey: string): Promise<void>
}

/**
 * Runs `work` in a harness where every vendor takes `latencyMs` for an answer; `apart`: queues and tables are in processes of their own.
 * Rejects, too, when a function failed or a vendor refused something: then it is not the path at work that was measured.
 */
export async function inHarness<T>(
  tenants: Tenant[],
  latencyMs: number,
  work: (harness: Harness) => Promise<T>,
  { apart = false, watched }: { apart?: boolean; watched?: Watched } = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true })]
  const failures: unknown[] = []
  try {
    let stack: Stack | undefined
    const dataDir = join(folder, 'data')
    const console = () => stack?.addresses.console ?? ''
    const receipts = () => `${console()}${receiptsPath('aliyun-voice', localSecret(dataDir))}`
    const vendors = await startVendors(tenants, latencyMs, { console, receipts })
    stops.unshift(() => vendors.close())
    const servers = apart ? await startServersApart(join(folder, 'servers'), vendors.env) : undefined
    if (servers) stops.unshift(servers.stop)
    stack = await startIn(
      folder,
      fenghuoFile(tenants, watched),
      oncallFile(tenants),
      { ...vendors.env, ...servers?.env },
      failures,
    )
    stops.unshift(stack.stop)
    const { harness, close } = harnessOf(stack, vendors, dataDir)
    stops.unshift(close)
    await harness.idle()
    const result = await work(harness)
    const wrong = [...failures.map(String), ...vendors.refused()]
    if (wrong.length > 0) throw new Error(`nothing should go wrong in a benchmark: ${wrong.join('; ')}`)
    return result
  } finally {
    for (const stop of stops) await stop()
  }
}

async function startIn(
  folder: string,
  fenghuo: object,
  people: object,
  env: Record<string, string>,
  failures: unknown[],
): Promise<Stack> {
  const [config, oncall] = [join(folder, 'fenghuo.yml'), join(folder, 'oncall.yml')]
  // JSON is YAML.
  await writeFile(config, JSON.stringify(fenghuo))
  await writeFile(oncall, JSON.stringify(people))
  return startStack({
    root,
    dataDir: join(folder, 'data'),
    port: 0,
    config,
    oncall,
    env,
    now: Date.now,
    timers: { probe: hour, watch: hour, 'tencent-uptime': hour, 'aliyun-uptime': hour },
    interactive: false,
    onEvent: (event) => event.type === 'failed' && failures.push(event.error),
  })
}

function harnessOf(stack: Stack, vendors: Vendors, dataDir: string): { harness: Harness; close(): Promise<void> } {
  const { addresses } = stack
  const env = {
    ...vendors.env,
    AWS_REGION: region,
    AWS_ENDPOINT_URL_SQS: addresses.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
  }
  const sqs = sqsClient(env)
  const incidents = dynamoTable(dynamoDb(env), addresses.tables.incidents ?? '')
  const { hosts, idle } = takeFunctions(stack, sqs)

  const harness: Harness = {
    vendors,
    addresses,
    dataDir,
    secret: localSecret(dataDir),
    env,
    hosts,
    async alert(project, dedupKey, action = 'trigger') {
      const alert = { action, dedupKey, project, title: '收银台', summary: 'HTTP 502', source: 'bench' }
      const MessageBody = JSON.stringify({ v: 1, kind: 'alerts', alerts: [alert] })
      await sqs.send(new SendMessageCommand({ QueueUrl: addresses.queues.events, MessageBody }))
    },
    async incident(project, groupKey) {
      const incident = await readIncident({ project, groupKey }, incidents)
      if (incident === undefined) throw new Error(`there is no incident ${groupKey} of ${project}`)
      return incident
    },
    idle,
    async settle(project, dedupKey) {
      await harness.alert(project, dedupKey, 'resolve')
      await idle()
      const rings = [...vendors.connect.calls, ...vendors.aliyun.calls].some(({ state }) => state !== 'disconnected')
      if (rings) throw new Error('a phone rings on although its incident is resolved')
      await sqs.send(new PurgeQueueCommand({ QueueUrl: addresses.queues.escalation }))
    },
  }
  return {
    harness,
    async close() {
      sqs.destroy()
    },
  }
}

/** Puts itself in front of every function: knows what runs, and lets it run elsewhere. */
function takeFunctions(stack: Stack, sqs: SQSClient): Pick<Harness, 'hosts' | 'idle'> {
  const hosts: Record<string, Invoke> = {}
  let running = 0
  let busyAt = performance.now()
  for (const fn of Object.values(stack.functions)) {
    hosts[fn.name] = fn.invoke
    fn.invoke = async (event) => {
      running += 1
      try {
        return await hosts[fn.name]?.(event)
      } finally {
        running -= 1
        busyAt = performance.now()
      }
    }
  }
  const { events = '', overflow = '', escalation = '' } = stack.addresses.queues
  const isQueued = async () => {
    const depths = await Promise.all([events, overflow, escalation].map((url) => queueDepth(sqs, url)))
    return running > 0 || depths.some(({ ready, inHand }) => ready + inHand > 0)
  }
  return {
    hosts,
    async idle() {
      do {
        busyAt = performance.now()
        while (running > 0 || performance.now() - busyAt < quietMs) await wait(5)
      } while (await isQueued())
    },
  }
}
