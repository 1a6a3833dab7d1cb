import type { LogEntry } from '../contracts/log-entry.ts'
import type { Instant } from '../contracts/words.ts'
import type { Env } from './aws/lambda.ts'
import { SECRET, SECRET_ARN, SECRETS_UNDER } from './stored-names.ts'

/** Which of the environment's variables should be there, and could not be read. */
const UNREAD = 'FENGHUO_SECRETS_UNREAD'

/** What was changed in a store is known to all instances after so long. */
const FRESH_MS = 300_000

/** The secret itself is changed after a leak, at the most: it is asked for so seldom that a store that is down touches few instances. */
export const SECRET_FRESH_MS = 3_600_000

/**
 * What does not fit the secret may have been made with a newer one, which is asked for then, and not again for so long: whoever sends what
 * fits none causes no more reads than these.
 */
const DOUBTED_MS = 60_000

/** A store that did not answer is asked again after this, by an invocation that comes then. */
const AGAIN_MS = 5_000

/** A new instance has nothing without its secrets; one that has them waits no longer than this for fresher ones. */
const FIRST_MS = 6_000
const REFRESH_MS = 1_000

/** The variables that an environment lacks and a store has. */
export interface Stored {
  values: Env
  /** Names that no store has. */
  missing: string[]
  /** Names whose store did not answer, and why. */
  unread: string[]
  reason?: string
}

/** How the functions of a cloud read what is kept there; `C`: what the cloud hands over beside an event. */
export interface Store<C> {
  /** Tries end at the deadline. Rejects where it can't ask at all. */
  read(env: Env, context: C, until: { now(): Instant; deadline: Instant }): Promise<Stored>
  /** What is left of an invocation's time, ms. */
  leftMs(context: C): number
  /** Whether a handler's answer says that something does not fit the secret, or may; absent: none does. */
  isRefusal?(answer: unknown): boolean
}

/** What an instance needs of the world to read stores. */
export interface StoredIo {
  env: Env
  now(): Instant
  log(entry: LogEntry): void
}

type Handler<C> = (event: unknown, context: C) => Promise<unknown>

/** The secret as its store has it, asked anew at most once a minute; undefined where there is none. Never rejects. */
export type SecretAgain = () => Promise<string | undefined>

/**
 * A function's handler, built by `wire` from its environment together with what stores keep of it: read when the instance begins, and
 * again after five minutes, the secret itself after an hour, or when something does not fit it; what has changed builds the handler anew. What
 * was refused by another secret is taken once more. While a store does not answer the handler works with what there is, old or incomplete; only
 * a new instance that can do nothing without the secret itself rejects, and its message comes again.
 */
export function withStored<C>(
  wire: (env: Env, secretAgain: SecretAgain) => Handler<C>,
  store: Store<C>,
  { env, now, log }: StoredIo,
): Handler<C> {
  let secret: { values: Env; readAgainAt: Instant } = { values: {}, readAgainAt: 0 }
  let wired: { handler: Handler<C>; stored: string; readAgainAt: Instant } | undefined

  async function read(context: C, patienceMs: number): Promise<Stored> {
    try {
      const known = now() < secret.readAgainAt ? secret.values : {}
      const stored = await store.read({ ...env, ...known }, context, { now, deadline: now() + patienceMs })
      const { [SECRET]: value } = stored.values
      if (value !== undefined) secret = { values: { [SECRET]: value }, readAgainAt: now() + SECRET_FRESH_MS }
      return { ...stored, values: { ...secret.values, ...stored.values } }
    } catch (error) {
      // A new instance whose stores can't be asked at all knows not even what it lacks.
      if (wired === undefined) throw error
      return { values: {}, missing: [], unread: [], reason: String(error) }
    }
  }

  let doubted: { until: Instant; read: Promise<void> } = { until: 0, read: Promise.resolve() }
  let latest: C | undefined

  const secretNow = () => secret.values[SECRET] ?? env[SECRET]

  async function secretAgain(): Promise<string | undefined> {
    if (env[SECRET_ARN] === undefined || latest === undefined) return secretNow()
    if (now() >= doubted.until) doubted = { until: now() + DOUBTED_MS, read: readAgain(latest) }
    await doubted.read
    return secretNow()
  }

  async function readAgain(context: C): Promise<void> {
    const before = secret
    secret = { ...before, readAgainAt: 0 }
    await read(context, Math.min(REFRESH_MS, store.leftMs(context) / 2)).catch(() => {})
    // A store that does not answer now is asked when it would have been.
    if (secret.readAgainAt === 0) secret = before
    if (wired !== undefined && secret.values[SECRET] !== before.values[SECRET]) wired = { ...wired, readAgainAt: 0 }
  }

  async function current(context: C): Promise<Handler<C>> {
    if (env[SECRETS_UNDER] === undefined && env[SECRET_ARN] === undefined) {
      wired ??= { handler: wire(env, secretAgain), stored: '', readAgainAt: Number.POSITIVE_INFINITY }
      return wired.handler
    }
    if (wired !== undefined && now() < wired.readAgainAt) return wired.handler
    const patienceMs = Math.min(wired === undefined ? FIRST_MS : REFRESH_MS, store.leftMs(context) / 2)
    const { values, missing, unread, reason } = await read(context, patienceMs)
    if (missing.length > 0) log({ level: 'error', event: 'secrets missing', path: env[SECRETS_UNDER], names: missing })
    if (reason !== undefined) log({ level: 'error', event: 'secrets not read', names: unread, reason })
    const isWhole = reason === undefined
    const readAgainAt = now() + (isWhole ? FRESH_MS : AGAIN_MS)
    const stored = JSON.stringify([values, missing])
    // What is there is better than what is incomplete.
    if (wired !== undefined && (!isWhole || stored === wired.stored)) wired = { ...wired, readAgainAt }
    else {
      const whole = { ...env, ...values, ...(isWhole ? {} : { [UNREAD]: unread.join(',') }) }
      wired = { handler: wire(whole, secretAgain), stored: isWhole ? stored : '', readAgainAt }
    }
    return wired.handler
  }

  return async (event, context) => {
    latest = context
    const handler = await current(context)
    const by = secretNow()
    const answer = await handler(event, context)
    if (store.isRefusal?.(answer) !== true || (await secretAgain()) === by) return answer
    return (await current(context))(event, context)
  }
}
