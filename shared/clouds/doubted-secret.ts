import type { Instant } from '../contracts/words.ts'
import type { Env } from './aws/lambda.ts'
import { SECRET, SECRET_ARN } from './stored-names.ts'
import {
  type Held,
  REFRESH_MS,
  SECRET_FRESH_MS,
  type Store,
  type StoredHandler,
  type StoredIo,
  withStored,
} from './stored-secrets.ts'

/**
 * What does not fit the secret may have been made with a newer one, which is asked for then, and not again for so long: whoever sends what
 * fits none causes no more reads than these.
 */
const DOUBTED_MS = 60_000

/** The secret as its store has it, asked anew at most once a minute; undefined where there is none. Never rejects. */
export type SecretAgain = () => Promise<string | undefined>

/** A store of a secret that others sign with. */
export interface DoubtedStore<C> extends Store<C> {
  /** Whether a handler's answer says that something does not fit the secret, or may. */
  isRefusal(answer: unknown): boolean
}

/**
 * As `withStored`, for what takes what was signed elsewhere: the secret is also read when something does not fit it, and what was refused by
 * another one is taken once more.
 */
export function withDoubted<C>(
  wire: (env: Env, secretAgain: SecretAgain) => StoredHandler<C>,
  store: DoubtedStore<C>,
  io: StoredIo,
): StoredHandler<C> {
  const { env, now } = io
  const held: Held<C> = { secret: { values: {}, readAgainAt: 0 } }
  let doubted: { until: Instant; read: Promise<void> } = { until: 0, read: Promise.resolve() }
  let latest: C | undefined
  let by: string | undefined

  async function secretAgain(): Promise<string | undefined> {
    if (env[SECRET_ARN] === undefined || latest === undefined) return env[SECRET]
    if (now() >= doubted.until) doubted = { until: now() + DOUBTED_MS, read: readAgain(latest) }
    await doubted.read
    return held.secret.values[SECRET]
  }

  async function readAgain(context: C): Promise<void> {
    const deadline = now() + Math.min(REFRESH_MS, store.leftMs(context) / 2)
    const stored = await store.read(env, context, { now, deadline }).catch(() => undefined)
    const value = stored?.values[SECRET]
    // A store that does not answer now is asked when it would have been.
    if (value === undefined) return
    const isNew = value !== held.secret.values[SECRET]
    held.secret = { values: { [SECRET]: value }, readAgainAt: now() + SECRET_FRESH_MS }
    if (isNew && held.wired !== undefined) held.wired = { ...held.wired, readAgainAt: 0 }
  }

  const build = (whole: Env) => {
    by = whole[SECRET]
    return wire(whole, secretAgain)
  }
  const handler = withStored(build, store, io, held)

  return async (event, context) => {
    latest = context
    const answer = await handler(event, context)
    if (!store.isRefusal(answer) || (await secretAgain()) === by) return answer
    return handler(event, context)
  }
}
