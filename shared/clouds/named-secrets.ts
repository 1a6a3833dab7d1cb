import { references } from '../contracts/references.ts'
import type { Instant } from '../contracts/words.ts'
import { readConfig } from './aws/env.ts'
import { type JsonAnswer, postText, reasonOf } from './aws/json-call.ts'
import type { Env } from './aws/lambda.ts'
import { SECRETS_UNDER, SENDER_KEY, SENDER_KEY_SECRET } from './stored-names.ts'
import type { Stored } from './stored-secrets.ts'

/** A secret's longest value is 32 KB at Alibaba, 4 KB at Tencent; and what is told with it. */
const ANSWER_LIMIT_BYTES = 65_536

/** The first call of a new instance opens a connection; afterwards a store answers within 50 ms. */
const TRY_MS = 1_500
const PAUSE_MS = 200

/** What an answer of a store says. */
export type Answered = { value: string } | { missing: true } | { isPassing: boolean; reason: string }

/** A store that gives one secret a call, each by a name of its own. */
export interface NamedSecrets {
  /** As in errors. */
  operation: string
  /** The request for a secret, signed anew for each try. */
  request(secret: string): { url: URL; headers: Record<string, string>; body: string }
  /** What a JSON answer says; a 5xx never comes here. */
  answeredBy(answer: JsonAnswer): Answered
}

/**
 * Reads what a function's configuration refers to and its environment has no value for, all at once, each as the secret `<prefix><name>`;
 * so too the secret half of the key that it sends with. Tries again until the deadline what may pass. Never rejects: a reason holds no
 * value.
 */
export async function readNamed(
  env: Env,
  root: string | undefined,
  store: NamedSecrets,
  until: { now(): Instant; deadline: Instant },
): Promise<Stored> {
  const named = [...references(readConfig(env, root)), ...(env[SENDER_KEY] ? [SENDER_KEY_SECRET] : [])]
  const names = named.filter((name) => !env[name])
  const read = await Promise.all(
    names.map(async (name) => ({ name, ...(await askFor(`${env[SECRETS_UNDER] ?? ''}${name}`, store, until)) })),
  )
  const values = Object.fromEntries(read.flatMap((one) => ('value' in one ? [[one.name, one.value]] : [])))
  const unread = read.flatMap((one) => ('reason' in one ? [one] : []))
  return {
    values,
    missing: read.flatMap((one) => ('missing' in one ? [one.name] : [])),
    unread: unread.map(({ name }) => name),
    ...(unread[0] && { reason: `${store.operation} ${unread[0].name}: ${unread[0].reason}` }),
  }
}

async function askFor(
  secret: string,
  { request, answeredBy }: NamedSecrets,
  { now, deadline }: { now(): Instant; deadline: Instant },
): Promise<Answered> {
  for (;;) {
    const { url, headers, body } = request(secret)
    const limits = { limitMs: Math.min(TRY_MS, deadline - now()), answerLimitBytes: ANSWER_LIMIT_BYTES }
    const answered = await postText(url, headers, body, limits).then(
      (answer): Answered =>
        answer.status >= 500 ? { isPassing: true, reason: `HTTP ${answer.status}` } : answeredBy(answer),
      (error: unknown): Answered => ({ isPassing: true, reason: reasonOf(error) }),
    )
    if (!('reason' in answered) || !answered.isPassing || now() + PAUSE_MS >= deadline) return answered
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** A 200 without what was asked for came from something in between. */
export function noAnswer({ status }: Pick<JsonAnswer, 'status'>): Answered {
  return { isPassing: true, reason: `HTTP ${status}, an answer that is none` }
}

/** The region of a probe's vantage, where its function runs and its secrets are. */
export function regionOf({ VANTAGE = '' }: Env): string {
  return VANTAGE.split('/')[1] ?? ''
}

/** Nothing can be read without a key: the role that the function should have. */
export function unreadable(): never {
  throw new Error('there is no key to read the secrets with: the function needs a role')
}
