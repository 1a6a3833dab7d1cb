import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { withDoubtedSecret } from '../../shared/clouds/aws/doubted-secret.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { lateDirectories } from '../../shared/clouds/aws/late-directories.ts'
import { LITTLE_PATIENCE } from '../../shared/clouds/aws/patience.ts'
import { peersOnAws, SHORT_SEND_MS } from '../../shared/clouds/aws/peers.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { ACK_PATH } from '../../shared/incidents/acknowledge-link.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import { directoryOf } from '../../shared/oncall/owner.ts'
import type { Access } from './access/admission.ts'
import { consoleApp } from './app.tsx'
import { type AssetNames, type Assets, packedName } from './assets.ts'
import { nav } from './nav.ts'
import { contactFinder } from './people.ts'
import { answerUrl } from './url.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const config = readConfig(env)
  const engine = engineOnAws(env, { config, patience: LITTLE_PATIENCE })
  const peers = config.regions && peersOnAws(env, Date.now, { sendMs: SHORT_SEND_MS })
  const read = lateDirectories(dynamoDb(env, { patience: LITTLE_PATIENCE }), required(env, 'CONTACTS_TABLE'))
  const directory = (project: string) => directoryOf(project, config, read)
  const secret = required(env, 'FENGHUO_SECRET')
  const acknowledge = required(env, 'ACKNOWLEDGE_URL').replace(/\/+$/, '')
  // An instance serves one request at a time.
  let remaining = () => 0
  const app = consoleApp({
    config,
    assets: packagedAssets(join(env.LAMBDA_TASK_ROOT ?? '', required(env, 'CONSOLE_ASSETS'))),
    access: accessIn(config, env),
    contactOf: contactFinder(Object.keys(config.projects), directory),
    fetch,
    env,
    secret,
    directory,
    regions: async () => (await import('../../shared/clouds/aws/region-people.ts')).peopleOfRegions(env, config),
    calendar: (feed) => acknowledge + feedPath(feed, secret),
    io: () => ({ ...engine.io({ getRemainingTimeInMillis: remaining }), ...(peers && { peers }) }),
    queues: async () => {
      const { heldByEach, urlsIn } = await import('../../shared/clouds/aws/queue-depth.ts')
      return heldByEach(engine.sqs, urlsIn(env))
    },
    queueDesk: async () => {
      const [{ queueDesk }, { urlsIn }] = await Promise.all([
        import('../../shared/clouds/aws/queue-desk.ts'),
        import('../../shared/clouds/aws/queue-depth.ts'),
      ])
      return queueDesk(engine.sqs, urlsIn(env), Date.now)
    },
    originFor: (host) => config.console?.url ?? originOf(host),
    isSecure: true,
    inbound: { url: inboundUrl(env) },
    nav,
  })
  return async (event, context) => {
    remaining = () => context.getRemainingTimeInMillis()
    // Whoever gave the console a domain has one that phones and chats reach: links are taken there, too, before anybody signs in.
    const request = urlRequestOf(event)
    if (request.rawPath === ACK_PATH) {
      const io = { ...engine.io(context), ...(peers && { peers }) }
      const [{ answerLink }, { basesElsewhere }] = await Promise.all([
        import('../../shared/engine/answers/answer-link.ts'),
        import('../../shared/engine/regions/bases-elsewhere.ts'),
      ])
      const deps = { secret, language: config.language, directory, elsewhere: () => basesElsewhere(io) }
      return answerLink(request, deps, io)
    }
    return answerUrl(app, request)
  }
}

/** Nobody is sent a link to what a request alone says that we are. */
function originOf(host: string): string {
  if (host === '') throw new Error('nobody knows where this console is: set console.url in fenghuo.yml')
  return `https://${host}`
}

/** At a domain of one's own where there is one: senders are not to know the function's. */
function inboundUrl(env: Env): string {
  return env.INBOUND_DOMAIN ? `https://${env.INBOUND_DOMAIN}` : required(env, 'INGEST_URL').replace(/\/+$/, '')
}

function accessIn({ console }: CompiledConfig, env: Env): Access {
  if (console === undefined) return 'closed'
  const { value, missing } = resolveReferences(console, env)
  if (missing.length > 0) writeLog({ level: 'error', event: 'variables not set', names: missing })
  return value
}

/** What packaging has put beside the file that names it. */
function packagedAssets(file: string): Assets {
  const names = JSON.parse(readFileSync(file, 'utf8')) as AssetNames
  const read = async (name: string) => {
    const bytes = new Uint8Array(await readFile(join(dirname(file), packedName(name))))
    return { bytes, coding: 'br' as const }
  }
  return { ...names, read: (name) => read(name).catch(() => undefined) }
}

/** What Lambda calls. */
export const handler = withDoubtedSecret(wire, { env: process.env, now: Date.now, log: writeLog })
