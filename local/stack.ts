import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { failoversIn } from '../shared/checks/regions/seed-variables.ts'
import { contactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { resourceAddresses, vendorAddresses } from './addresses.ts'
import { cloudNames } from './clouds.ts'
import { atThisMachine } from './config.ts'
import { consoleFunction } from './console-function.ts'
import type { FunctionDefinition } from './definition.ts'
import type { Demo } from './demo.ts'
import { eventBus } from './events.ts'
import { localSecret, type StackFile, writeStackFile } from './files.ts'
import { makeFunctions, runningHere } from './functions.ts'
import { type Ground, startGround } from './ground.ts'
import { localKeys, withLocalKeys } from './ingest-keys.ts'
import type { Resources } from './intrinsics.ts'
import type { LocalFunction } from './invoke.ts'
import type { Journal } from './journal.ts'
import { type Keep, kept } from './kept.ts'
import { noticeFactIn, reachedAt } from './notice-facts.ts'
import { applyPeople } from './people.ts'
import { startPollers } from './pollers.ts'
import { readProbes } from './probes.ts'
import { regionalQueues, servePeer } from './region.ts'
import { localResources } from './resources.ts'
import type { Sandboxes } from './sandboxes.ts'
import { refuseSecondStart } from './second-start.ts'
import type { StackOptions } from './stack-options.ts'
import { startTimers } from './timers.ts'

export interface Stack {
  addresses: StackFile
  config: CompiledConfig
  functions: Record<string, LocalFunction>
  sandboxes: Sandboxes
  demo: Demo
  journal: Journal
  /** Variables that the configuration refers to and the environment lacks: what needs them fails, and says so. */
  unset: string[]
  stop(): Promise<void>
}

/** How long stopping waits for what is under way; after that it is left to the queues, which keep their messages. */
const stopMs = 1500

/**
 * Starts everything that a deployment has, in this process and on the loopback address: queues, tables, functions with their
 * triggers, sandboxes for vendors without credentials, the demo service and the console. Throws `StartError` for what whoever
 * starts it can put right.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.root, options.dataDir)
  refuseSecondStart(dataDir)
  mkdirSync(dataDir, { recursive: true })

  const { keep, stop } = kept()
  try {
    const ground = await startGround(options, dataDir, keep)
    const placed = await placeFunctions(options, ground, keep)
    const addresses = await open(options, ground, placed, keep)
    const { config, functions, unset } = placed
    const { sandboxes, demo, journal } = ground
    return { addresses, config, functions, sandboxes, demo, journal, unset: [...unset].sort(), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Makes queues, tables and people, and the functions that run here, each ready to be invoked. */
async function placeFunctions(options: StackOptions, ground: Ground, keep: Keep) {
  const { root, now } = options
  const { dataDir, local, web, credentials, stores, sandboxes, definition, env, journal } = ground
  const { region } = local
  const made = await stores.make(definition)
  const queues = options.region ? regionalQueues(made, options.region) : made
  await applyPeople(contactsTable(dynamoDb(env), definition.tables.ContactsTable?.name ?? ''), local)

  const instanceId = (env.CONNECT_INSTANCE_ID ?? 'none').split('/').at(-1) ?? ''
  const resources = localResources(definition, { region, queues, instanceId, functionUrl: web.url })
  const secret = localSecret(dataDir)
  const config = atThisMachine(withLocalKeys(sandboxes.config, env, secret), web.url)
  const sender = {
    FENGHUO_SENDER_KEY_ID: credentials.accessKeyId,
    FENGHUO_SENDER_KEY_SECRET: credentials.secretAccessKey,
    FENGHUO_EVENTS_QUEUE_URL: queues.EventsQueue?.url,
    FENGHUO_REPORTS_URL: web.url,
  }
  const probes = readProbes({ root, local: { ...local, config }, env: { ...env, ...sender }, resources })
  const definitions = runningHere([...Object.values(definition.functions), ...probes], {
    clouds: options.clouds ?? cloudNames,
    hasFailovers: failoversIn(config, env).length > 0,
    hasPeers: options.region !== undefined,
  })
  const unset = new Set<string>()
  const functions = makeFunctions({
    ...{ root, dataDir, definitions, resources, config, env, secret, journal, now },
    madeUp: sandboxes.env,
    onLine(line) {
      const fact = noticeFactIn(line)
      if (fact === undefined) return
      const reached = reachedAt(fact.to, local)
      if (reached !== undefined) journal.notified(fact.tells, reached, now())
    },
    needs: (names) => {
      for (const name of names) unset.add(name)
    },
  })
  for (const fn of Object.values(functions)) keep({ stop: () => fn.close() })
  const peer =
    options.region && keep(await servePeer(options.region, { definition, resources, functions, credentials, now }))
  const bus = eventBus(definition, resources, functions)
  ground.hearing.functions = functions
  ground.hearing.put = bus.put
  return { queues, resources, secret, config, definitions, functions, unset, peer, bus }
}

/** Starts the triggers and opens the console: from here on everything runs, and others find it by its addresses. */
async function open(
  options: StackOptions,
  ground: Ground,
  placed: Awaited<ReturnType<typeof placeFunctions>>,
  keep: Keep,
): Promise<StackFile> {
  const { now } = options
  const { dataDir, local, web, demo, stores, sandboxes, definition, env, journal } = ground
  const { queues, resources, secret, config, definitions, functions, peer, bus } = placed
  const { region } = local
  const failed = (fn: string) => (error: unknown) => journal.tell({ type: 'failed', at: now(), function: fn, error })
  const triggers = [
    ...startTimers(definitions, functions, { region, now, every: options.timers ?? {} }),
    ...startPollers(definitions, functions, { sqs: stores.sqs, queues, region, failed }),
  ]
  const probes = probesOf(definitions, resources)
  const probeNow = () => probeSoon(Object.keys(probes).flatMap((name) => functions[name] ?? []))
  if (options.interactive) probeNow()
  keep({ stop: () => within(stopMs, Promise.all(triggers.map((trigger) => trigger.stop()))) })

  const addresses: StackFile = {
    pid: process.pid,
    console: web.url,
    sqs: stores.sqsUrl,
    dynamodb: stores.dynamodbUrl,
    ...vendorAddresses(sandboxes, options.env),
    demo: demo.url,
    config: resolve(options.root, options.config),
    oncall: resolve(options.root, options.oncall),
    ingest: { url: web.url, keys: localKeys(config, secret) },
    region,
    ...(peer && { lambda: peer.url }),
    probes,
    ...resourceAddresses(queues, definition.tables),
    functions: Object.keys(functions),
  }
  const stage = { demo, probeNow, journal, sandboxes, people: local.people }
  web.open({
    functions,
    pages: await consoleFunction({ config, env, secret, addresses, stage }),
    bus,
    stage,
  })
  keep({ stop: async () => web.shut() })
  const removeFile = writeStackFile(dataDir, addresses)
  keep({ stop: async () => removeFile() })
  return addresses
}

/** Enough observations for most `confirm` settings within seconds; a failed run has been told of. */
function probeSoon(probes: LocalFunction[]): void {
  for (const ms of [0, 1500, 3000]) {
    setTimeout(() => {
      for (const probe of probes) void probe.invoke({ all: true }).catch(() => undefined)
    }, ms).unref()
  }
}

/** The vantages by the names of the functions that look from there. */
function probesOf(definitions: FunctionDefinition[], resources: Resources): Record<string, string> {
  const vantages = definitions.map(({ name, environment }) => [name, environment(resources).VANTAGE])
  return Object.fromEntries(vantages.filter(([, vantage]) => vantage !== undefined))
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, new Promise((done) => setTimeout(done, ms).unref())])
}
