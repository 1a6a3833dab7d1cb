import { fileURLToPath } from 'node:url'
import { buildAssets } from '../plugins/console/assets.ts'
import type { ConsoleDeps } from '../services/console/deps.ts'
import { contactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { dynamoDb } from '../shared/clouds/aws/dynamodb.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { lateDirectories } from '../shared/clouds/aws/late-directories.ts'
import { heldByEach } from '../shared/clouds/aws/queue-depth.ts'
import { queueDesk } from '../shared/clouds/aws/queue-desk.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { ownProperty } from '../shared/contracts/own-property.ts'
import { engineOnAws } from '../shared/engine/on-aws.ts'
import { feedPath } from '../shared/oncall/feed-address.ts'
import { directoryOf } from '../shared/oncall/owner.ts'
import type { StackFile } from './files.ts'
import type { LocalFunction } from './invoke.ts'
import { readJsx } from './jsx.ts'
import type { Stage } from './pages/routes.tsx'

/** So long nobody else delivers what a person has decided here; if this process ends before, watch does after that. */
const LEASE_MS = 8_000

/** What the pages load that only one machine has. */
const browser = new URL('pages/browser/', import.meta.url)

/**
 * The console as it is deployed, for whoever reaches this machine's loopback address: that is what lets people in here, so it has no
 * sign-in. Beside it are the pages of what only one machine has.
 */
export async function consoleFunction(options: {
  config: CompiledConfig
  env: Env
  secret: string
  addresses: Pick<StackFile, 'tables' | 'queues' | 'ingest'>
  stage: Stage
}): Promise<Pick<LocalFunction, 'invoke'>> {
  readJsx()
  const { consoleApp } = await import('../services/console/app.tsx')
  const { assetsOf } = await import('../services/console/assets.ts')
  const { stagePages } = await import('./pages/routes.tsx')
  const { nav } = await import('../services/console/nav.ts')
  const { answerUrl } = await import('../services/console/url.ts')
  const { config, secret, stage } = options
  const { tables, queues, ingest } = options.addresses
  const env = {
    ...options.env,
    INCIDENTS_TABLE: tables.incidents,
    CHECKS_TABLE: tables.checks,
    ESCALATION_QUEUE_URL: queues.escalation,
    SUBSCRIBERS_QUEUE_URL: queues.subscribers,
  }
  const engine = engineOnAws(env)
  const [dynamodb, table] = [dynamoDb(env), tables.contacts ?? '']
  const read = lateDirectories(dynamodb, table)
  const [own, ofStage] = await Promise.all([buildAssets(), buildAssets(fileURLToPath(browser))])
  const deps: ConsoleDeps = {
    config,
    assets: assetsOf({ names: own.names, files: { ...own.files, ...ofStage.files } }),
    secret,
    calendar: (feed) => feedPath(feed, secret),
    directory: (project) => directoryOf(project, config, read),
    regions: async () => [{ region: 'local', contacts: contactsTable(dynamodb, table) }],
    io: () => engine.io({ getRemainingTimeInMillis: () => LEASE_MS }),
    queues: () => heldByEach(engine.sqs, queues),
    queueDesk: async () => queueDesk(engine.sqs, queues, Date.now),
    access: 'open',
    fetch,
    env,
    originFor: (host) => `http://${host}`,
    isSecure: false,
    inbound: { url: ingest.url, keyOf: (project) => ownProperty(ingest.keys, project) },
    nav: [...nav, { path: '/demo', name: 'demo' }, { path: '/phones', name: 'phones' }],
  }
  const app = consoleApp(deps)
  app.route('/', stagePages(stage, deps, ofStage.names))
  return { invoke: (event) => answerUrl(app, event) }
}
