import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import { receiptsPath } from '../shared/channels/receipts/receipts-address.ts'
import { failoversIn } from '../shared/checks/regions/seed-variables.ts'
import { contactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { isFailoverFunction, isRegionsFunction } from '../shared/contracts/functions.ts'
import { resourceAddresses, vendorAddresses } from './addresses.ts'
import { startAlarmTopic } from './alarm-topic.ts'
import { type CloudName, cloudNames } from './clouds.ts'
import { atThisMachine, loadLocalConfig } from './config.ts'
import { type Console, startConsole } from './console.ts'
import { consoleFunction } from './console-function.ts'
import { type FunctionDefinition, readDefinition } from './definition.ts'
import { type Demo, startDemo } from './demo.ts'
import { eventBus } from './events.ts'
import { localSecret, type StackFile, writeStackFile } from './files.ts'
import { makeFunctions } from './functions.ts'
import { localKeys, withLocalKeys } from './ingest-keys.ts'
import type { Resources } from './intrinsics.ts'
import type { LocalFunction } from './invoke.ts'
import { createJournal, type Journal, type StackEvent } from './journal.ts'
import { noticeFactIn, reachedAt } from './notice-facts.ts'
import { applyPeople } from './people.ts'
import { readSource } from './place.ts'
import { startPollers } from './pollers.ts'
import { readProbes } from './probes.ts'
import { createQueues, startQueueServer } from './queues.ts'
import { postReceipts } from './receipts.ts'
import { type OneOfRegions, regionalQueues, servePeer } from './region.ts'
import { localResources } from './resources.ts'
import { type Sandboxes, startSandboxes } from './sandboxes.ts'
import { refuseSecondStart } from './second-start.ts'
import { answering, credentialsOf, embed } from './servers.ts'
import { createTables, startTableServer } from './tables.ts'
import { startTimers } from './timers.ts'

export interface StackOptions {
  /** The project's folder. Other paths are relative to it. */
  root: string
  dataDir: string
  /** Of the console; 0: any free one. */
  port: number
  config: string
  oncall: string
  /** A URL to watch beside the configured checks. */
  url?: string
  env: Record<string, string | undefined>
  now(): number
  /** Milliseconds between runs of a timer's function (`probe`, `tencent-uptime`), in place of the definition's. */
  timers?: Record<string, number>
  /** Whose functions run here; absent: those of all clouds. Reports are awaited from the others all the same. */
  clouds?: CloudName[]
  /** Absent: one machine is one region. */
  region?: OneOfRegions
  /** True: somebody watches. Voices take the time that saying a text takes, and the first checks come in quick succession. */
  interactive: boolean
  /** Told of everything that happens, from the very start. */
  onEvent?(event: StackEvent): void
}

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
  const { root, now } = options
  const dataDir = resolve(root, options.dataDir)
  refuseSecondStart(dataDir)
  mkdirSync(dataDir, { recursive: true })

  const started: { stop(): Promise<void> }[] = []
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part)
    return part
  }
  const stop = async () => {
    for (const part of started.reverse()) await part.stop()
    started.length = 0
  }
  try {
    return await start()
  } catch (error) {
    await stop()
    throw error
  }

  async function start(): Promise<Stack> {
    const journal = createJournal()
    if (options.onEvent) journal.listen(options.onEvent)
    const local = loadLocalConfig({
      root,
      configFile: options.config,
      oncallFile: options.oncall,
      ...(options.url !== undefined && { url: options.url }),
      ...(options.region && { region: options.region.name }),
    })
    const { region } = local

    const web: Console = keep(await startConsole(options.port, now))
    const demo = keep(await startDemo())
    const credentials = credentialsOf(options.env)
    const [sqsServer, tableServer] = await Promise.all([
      embed(options.env.AWS_ENDPOINT_URL_SQS, () =>
        startQueueServer({ dataDir: join(dataDir, 'sqs'), port: 0, region, credentials }),
      ),
      embed(options.env.AWS_ENDPOINT_URL_DYNAMODB, () =>
        startTableServer({ dataDir: join(dataDir, 'dynamodb'), port: 0, credentials }),
      ),
    ])
    keep(sqsServer)
    keep(tableServer)

    let functions: Record<string, LocalFunction> = {}
    let put: (event: unknown) => Promise<unknown> = async () => undefined
    const sandboxes = keep(
      await startSandboxes({
        config: local.config,
        env: options.env,
        region,
        journal,
        now,
        speaking: options.interactive,
        invokeLambda: async (arn, event) => functions[arn.split(':').at(-1) ?? '']?.invoke(event),
        emit: async (event) => {
          journal.tell({ type: 'contact-event', at: now(), event })
          await put(event)
        },
        postReceipts: (vendor, receipts) =>
          postReceipts(`${web.url}${receiptsPath(vendor, localSecret(dataDir))}`, receipts),
      }),
    )
    const definition = readDefinition(readSource(join(root, 'serverless.yml')), {
      ...{ stage: 'local', region, params: {} },
      env: { ...given(options.env), ...sandboxes.env, FENGHUO_REPORTS_URL: web.url },
    })
    const alarms = keep(await startAlarmTopic({ definition, region, credentials, journal, now }))
    const env: Env = {
      DEMO_URL: demo.url,
      ...alarms.env,
      ...given(options.env),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...sandboxes.env,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_SQS: sqsServer.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: tableServer.endpoint,
      ...(options.region && { FENGHUO_REGIONS_URL: options.region.othersUrl }),
    }
    const client = { region, credentials }
    const sqs = new SQSClient({ ...client, endpoint: sqsServer.endpoint, useQueueUrlAsEndpoint: false })
    const tableMaker = new DynamoDBClient({ ...client, endpoint: tableServer.endpoint })
    const dynamodb = dynamoDb(env)
    keep({
      stop: async () => {
        sqs.destroy()
        tableMaker.destroy()
      },
    })

    const made = await answering('AWS_ENDPOINT_URL_SQS', sqsServer.endpoint, createQueues(sqs, definition.queues))
    const queues = options.region ? regionalQueues(made, options.region) : made
    await answering('AWS_ENDPOINT_URL_DYNAMODB', tableServer.endpoint, createTables(tableMaker, definition.tables))
    await applyPeople(contactsTable(dynamodb, definition.tables.ContactsTable?.name ?? ''), local)

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
    const hasPeers = options.region !== undefined
    const all = [
      ...Object.values(definition.functions),
      ...readProbes({ root, local: { ...local, config }, env: { ...env, ...sender }, resources }),
    ]
      .filter(({ cloud }) => (options.clouds ?? cloudNames).includes(cloud))
      // As packaging leaves them out.
      .filter(
        ({ key }) =>
          !isFailoverFunction(key) || failoversIn(config, env).length > 0 || (hasPeers && key === 'region-health'),
      )
      // On one machine it is part of the local stack's own server, and open to it.
      .filter(({ key }) => key !== 'console')
      .filter(({ key }) => !isRegionsFunction(key) || hasPeers)
    const unset = new Set<string>()
    functions = makeFunctions({
      root,
      dataDir,
      definitions: all,
      resources,
      config,
      env,
      madeUp: sandboxes.env,
      secret,
      journal,
      now,
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
    put = bus.put

    const failed = (fn: string) => (error: unknown) => journal.tell({ type: 'failed', at: now(), function: fn, error })
    const triggers = [
      ...startTimers(all, functions, { region, now, every: options.timers ?? {} }),
      ...startPollers(all, functions, { sqs, queues, region, failed }),
    ]
    const probes = probesOf(all, resources)
    const probeNow = () => probeSoon(Object.keys(probes).flatMap((name) => functions[name] ?? []))
    if (options.interactive) probeNow()
    keep({ stop: () => within(stopMs, Promise.all(triggers.map((trigger) => trigger.stop()))) })

    const addresses: StackFile = {
      pid: process.pid,
      console: web.url,
      sqs: sqsServer.endpoint,
      dynamodb: tableServer.endpoint,
      ...vendorAddresses(sandboxes, options.env),
      demo: demo.url,
      config: resolve(root, options.config),
      oncall: resolve(root, options.oncall),
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
    return { addresses, config, functions, sandboxes, demo, journal, unset: [...unset].sort(), stop }
  }
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

function given(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, new Promise((done) => setTimeout(done, ms).unref())])
}
