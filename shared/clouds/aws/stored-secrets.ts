import { references } from '../../contracts/references.ts'
import type { Instant } from '../../contracts/words.ts'
import { readConfig } from './env.ts'
import type { Env, Handler, LambdaContext } from './lambda.ts'
import { readParameters, readSecret, type StoreAccess } from './secret-stores.ts'
import { credentialsOf } from './sigv4.ts'

/** The path of Systems Manager's parameters below which what the function's configuration refers to is kept. Absent: in the environment. */
const PATH = 'FENGHUO_SECRETS'

/** The ARN of the secret that Secrets Manager keeps. Absent: it is in the environment, as on the local stack. */
const ARN = 'FENGHUO_SECRET_ARN'

/** Which of the environment's variables should be there, and could not be read. */
const UNREAD = 'FENGHUO_SECRETS_UNREAD'

/** What was changed in a store is known to all instances after so long. */
const FRESH_MS = 300_000

/** A store that did not answer is asked again after this, by an invocation that comes then. */
const AGAIN_MS = 5_000

/** A new instance has nothing without its secrets; one that has them waits no longer than this for fresher ones. */
const FIRST_MS = 4_000
const REFRESH_MS = 1_000

/** The variables that `env` lacks and the stores have. */
export interface Stored {
  values: Env
  /** Names that no store has. */
  missing: string[]
  /** Names whose store did not answer, and why. */
  unread: string[]
  reason?: string
}

/** Reads what an environment names in stores. Rejects only if the secret itself can't be read: nothing works without it. */
async function readStored(env: Env, access: StoreAccess): Promise<Stored> {
  const { [PATH]: path, [ARN]: arn } = env
  const names = path === undefined ? [] : references(readConfig(env, env.LAMBDA_TASK_ROOT)).filter((name) => !env[name])
  const secret = arn === undefined || env.FENGHUO_SECRET ? undefined : readSecret(arn, access)
  const parameters = readParameters(path ?? '', names, access).then(
    (read): Stored => ({ ...read, unread: [] }),
    (error: unknown): Stored => ({ values: {}, missing: [], unread: names, reason: String(error) }),
  )
  const [FENGHUO_SECRET, stored] = await Promise.all([secret, parameters])
  return FENGHUO_SECRET === undefined ? stored : { ...stored, values: { ...stored.values, FENGHUO_SECRET } }
}

/** What an instance needs of the world to read stores. */
export interface StoredIo {
  env: Env
  now(): Instant
  log(line: Record<string, unknown>): void
}

/**
 * A function's handler, built by `wire` from its environment together with what stores keep of it: read when the instance begins, and
 * again after five minutes, when what has changed builds it anew. While a store does not answer the handler works with what there is,
 * old or incomplete; only a new instance that can't read the secret itself rejects, and its message comes again.
 */
export function withStoredSecrets(wire: (env: Env) => Handler, { env, now, log }: StoredIo): Handler {
  let wired: { handler: Handler; stored: string; readAgainAt: Instant } | undefined

  async function current(context: LambdaContext): Promise<Handler> {
    if (env[PATH] === undefined && env[ARN] === undefined) {
      wired ??= { handler: wire(env), stored: '', readAgainAt: Number.POSITIVE_INFINITY }
      return wired.handler
    }
    if (wired !== undefined && now() < wired.readAgainAt) return wired.handler
    const patienceMs = Math.min(wired === undefined ? FIRST_MS : REFRESH_MS, context.getRemainingTimeInMillis() / 2)
    const read = readStored(env, { env, credentials: credentialsOf(env), now, deadline: now() + patienceMs })
    try {
      const { values, missing, unread, reason } = await read
      if (missing.length > 0) log({ level: 'error', event: 'secrets missing', path: env[PATH], names: missing })
      if (reason !== undefined) log({ level: 'error', event: 'secrets not read', names: unread, reason })
      const isWhole = unread.length === 0
      const readAgainAt = now() + (isWhole ? FRESH_MS : AGAIN_MS)
      const stored = JSON.stringify([values, missing])
      // What is there is better than what is incomplete.
      if (wired !== undefined && (!isWhole || stored === wired.stored)) wired = { ...wired, readAgainAt }
      else {
        const whole = { ...env, ...values, ...(isWhole ? {} : { [UNREAD]: unread.join(',') }) }
        wired = { handler: wire(whole), stored: isWhole ? stored : '', readAgainAt }
      }
    } catch (error) {
      log({ level: 'error', event: 'secret not read', reason: String(error) })
      if (wired === undefined) throw error
      wired = { ...wired, readAgainAt: now() + AGAIN_MS }
    }
    return wired.handler
  }

  return async (event, context) => (await current(context))(event, context)
}
