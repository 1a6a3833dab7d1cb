import { join } from 'node:path'
import { receiptsPath } from '../shared/channels/receipts/receipts-address.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { startAlarmTopic } from './alarm-topic.ts'
import { type LocalConfig, loadLocalConfig } from './config.ts'
import { type Console, startConsole } from './console.ts'
import { type Definition, readDefinition } from './definition.ts'
import { type Demo, startDemo } from './demo.ts'
import { localSecret } from './files.ts'
import type { LocalFunction } from './invoke.ts'
import { createJournal, type Journal } from './journal.ts'
import type { Keep } from './kept.ts'
import { readSource } from './place.ts'
import { postReceipts } from './receipts.ts'
import type { localCredentials } from './resources.ts'
import { type Sandboxes, startSandboxes } from './sandboxes.ts'
import { credentialsOf } from './servers.ts'
import type { StackOptions } from './stack-options.ts'
import { type Stores, startStores } from './stores.ts'

/** What functions stand on: everything that is there before they are. */
export interface Ground {
  dataDir: string
  journal: Journal
  local: LocalConfig
  web: Console
  demo: Demo
  credentials: typeof localCredentials
  stores: Stores
  sandboxes: Sandboxes
  definition: Definition
  /** What every function finds in its environment. */
  env: Env
  /** Who hears of what happens in the sandboxes: nobody yet. */
  hearing: { functions: Record<string, LocalFunction>; put(event: unknown): Promise<unknown> }
}

/** Starts what needs no function: the servers, the demo service, and the sandboxes. */
export async function startGround(options: StackOptions, dataDir: string, keep: Keep): Promise<Ground> {
  const { root, now } = options
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
  const web = keep(await startConsole(options.port, now))
  const demo = keep(await startDemo())
  const credentials = credentialsOf(options.env)
  const stores = await startStores(dataDir, { env: options.env, region, credentials, keep })

  const hearing: Ground['hearing'] = { functions: {}, put: async () => undefined }
  const sandboxes = keep(
    await startSandboxes({
      ...{ config: local.config, env: options.env, region, journal, now },
      speaking: options.interactive,
      invokeLambda: async (arn, event) => hearing.functions[arn.split(':').at(-1) ?? '']?.invoke(event),
      emit: async (event) => {
        journal.tell({ type: 'contact-event', at: now(), event })
        await hearing.put(event)
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
    AWS_ENDPOINT_URL_SQS: stores.sqsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: stores.dynamodbUrl,
    ...(options.region && { FENGHUO_REGIONS_URL: options.region.othersUrl }),
  }
  return { dataDir, journal, local, web, demo, credentials, stores, sandboxes, definition, env, hearing }
}

function given(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])))
}
