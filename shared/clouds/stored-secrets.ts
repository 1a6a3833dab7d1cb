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

/** A store that did not answer is asked again after this, by an invocation that comes then. */
const AGAIN_MS = 5_000

/** A new instance has nothing without its secrets; one that has them waits no longer than this for fresher ones. */
const FIRST_MS = 6_000
export const REFRESH_MS = 1_000

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
}

/** What an instance needs of the world to read stores. */
export interface StoredIo {
  env: Env
  now(): Instant
  log(entry: LogEntry): void
}

/** What a cloud calls. */
export type StoredHandler<C> = (event: unknown, context: C) => Promise<unknown>

/** What an instance has read, and the handler that was built with it. */
export interface Held<C> {
  secret: { values: Env; readAgainAt: Instant }
  wired?: { handler: StoredHandler<C>; stored: string; readAgainAt: Instant }
}

/**
 * A function's handler, built by `wire` from its environment together with what stores keep of it: read when the instance begins, and
 * again after five minutes, the secret itself after an hour; what has changed builds the handler anew. While a store does not answer the
 * handler works with what there is, old or incomplete; only a new instance that can do nothing without the secret itself rejects, and its
 * message comes again.
 */
export function withStored<C>(
  wire: (env: Env) => StoredHandler<C>,
  store: Store<C>,
  { env, now, log }: StoredIo,
  held: Held<C> = { secret: { values: {}, readAgainAt: 0 } },
): StoredHandler<C> {
  async function read(context: C, patienceMs: number): Promise<Stored> {
    try {
      const known = now() < held.secret.readAgainAt ? held.secret.values : {}
      const stored = await store.read({ ...env, ...known }, context, { now, deadline: now() + patienceMs })
      const { [SECRET]: value } = stored.values
      if (value !== undefined) held.secret = { values: { [SECRET]: value }, readAgainAt: now() + SECRET_FRESH_MS }
      return { ...stored, values: { ...held.secret.values, ...stored.values } }
    } catch (error) {
      // A new instance whose stores can't be asked at all knows not even what it lacks.
      if (held.wired === undefined) throw error
      return { values: {}, missing: [], unread: [], reason: String(error) }
    }
  }

  async function current(context: C): Promise<StoredHandler<C>> {
    if (env[SECRETS_UNDER] === undefined && env[SECRET_ARN] === undefined) {
      held.wired ??= { handler: wire(env), stored: '', readAgainAt: Number.POSITIVE_INFINITY }
      return held.wired.handler
    }
    if (held.wired !== undefined && now() < held.wired.readAgainAt) return held.wired.handler
    const patienceMs = Math.min(held.wired === undefined ? FIRST_MS : REFRESH_MS, store.leftMs(context) / 2)
    const { values, missing, unread, reason } = await read(context, patienceMs)
    if (missing.length > 0) log({ level: 'error', event: 'secrets missing', path: env[SECRETS_UNDER], names: missing })
    if (reason !== undefined) log({ level: 'error', event: 'secrets not read', names: unread, reason })
    const isWhole = reason === undefined
    const readAgainAt = now() + (isWhole ? FRESH_MS : AGAIN_MS)
    const stored = JSON.stringify([values, missing])
    // What is there is better than what is incomplete.
    if (held.wired !== undefined && (!isWhole || stored === held.wired.stored)) {
      held.wired = { ...held.wired, readAgainAt }
      return held.wired.handler
    }
    const whole = { ...env, ...values, ...(isWhole ? {} : { [UNREAD]: unread.join(',') }) }
    held.wired = { handler: wire(whole), stored: isWhole ? stored : '', readAgainAt }
    return held.wired.handler
  }

  return async (event, context) => (await current(context))(event, context)
}
