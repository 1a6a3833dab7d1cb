import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../../contracts/words.ts'
import { type Actions, type DynamoDb, DynamoDbError } from './dynamodb-actions.ts'
import { callJson, type JsonAnswer, reasonOf } from './json-call.ts'
import type { Env } from './lambda.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { type Credentials, credentialsOf } from './sigv4.ts'

/** An answer has at most 16 MB of items (API reference, BatchGetItem), which JSON may write with twice as many characters. */
const ANSWER_LIMIT_BYTES = 40 * 1024 * 1024

/** The first pause between tries; each further one is twice as long, and half of each is by chance. */
const FIRST_PAUSE_MS = 50

/** What passes by itself (developer guide, "Error handling with DynamoDB"): of the 400s, those that ask for patience. */
const PASSING = /Throttling|ThroughputExceeded|LimitExceeded|ServiceUnavailable|RequestTimeout/

/** The refusals of a signature whose time is not DynamoDB's. */
const CLOCK = /^(InvalidSignature|RequestExpired|RequestTimeTooSkewed)/

/** Signatures hold for five minutes before and after (IAM User Guide, "Elements of an AWS API request signature"). */
const CLOCK_OFF_MS = 4 * 60_000

export interface DynamoDbOptions {
  patience?: Patience
  /** Asked before each request. Default: those that Lambda puts into the environment. */
  credentials?(): Credentials | Promise<Credentials>
  now?(): Instant
  /** Uniform in [0, 1). */
  random?(): number
}

/**
 * DynamoDB of the environment's region, by its JSON protocol and no SDK: a third of the code that each function would load, and most of the
 * time that a request takes, would be the SDK's. `AWS_ENDPOINT_URL_DYNAMODB` moves the address. A request that hangs, breaks, is
 * throttled or meets an error of theirs is tried again, so a write whose answer was lost may meet itself. A clock that is off is put
 * right by DynamoDB's. Throws without a region.
 */
export function dynamoDb(env: Env, options: DynamoDbOptions = {}): DynamoDb {
  const { patience = PATIENCE, credentials = () => credentialsOf(env), now = Date.now, random = Math.random } = options
  const region = env.AWS_REGION
  if (!region) throw new Error('AWS_REGION is not set')
  const url = new URL('/', env.AWS_ENDPOINT_URL_DYNAMODB || dynamoDbAddress(region))
  let clockOffMs = 0

  function tryOnce(action: keyof Actions, input: object, keys: Credentials): Promise<JsonAnswer> {
    const call = {
      url,
      target: `DynamoDB_20120810.${action}`,
      version: '1.0' as const,
      input,
      answerLimitBytes: ANSWER_LIMIT_BYTES,
      connectMs: patience.connectMs,
      limitMs: patience.tryMs,
      keepsConnection: true,
    }
    return callJson(call, { region: region ?? '', service: 'dynamodb' }, keys, now() + clockOffMs)
  }

  /** Whether the clock was off by more than signatures bear: it is put right for all further requests. */
  function isClockMended({ date }: JsonAnswer, type: string): boolean {
    const theirs = Date.parse(date ?? '')
    if (!CLOCK.test(type) || !(Math.abs(theirs - now() - clockOffMs) > CLOCK_OFF_MS)) return false
    clockOffMs = theirs - now()
    return true
  }

  return async (action, input) => {
    const keys = await credentials()
    for (let tries = 1; ; tries++) {
      const isLast = tries >= patience.tries
      try {
        const answer = await tryOnce(action, input, keys)
        if (answer.status === 200 && answer.isJson) return answer.body
        const refusal = refusalOf(action, answer)
        const passes = answer.status === 200 || answer.status >= 500 || PASSING.test(refusal.type)
        if (isLast || !(passes || isClockMended(answer, refusal.type))) throw refusal
      } catch (error) {
        if (error instanceof DynamoDbError) throw error
        if (isLast) throw new Error(`${action}: ${reasonOf(error)} (tries: ${tries})`, { cause: error })
      }
      await wait(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + 0.5 * random()))
    }
  }
}

function refusalOf(action: string, { status, body, isJson }: JsonAnswer): DynamoDbError {
  const type = String(body.__type ?? '').replace(/^.*#/, '') || `HTTP ${status}`
  const message = body.message ?? body.Message ?? (isJson ? 'no reason is given' : 'the answer is no JSON')
  return new DynamoDbError(type, `${action}: ${String(message)}`)
}

/** The partition of China has a domain of its own (AWS General Reference, "Service endpoints"). */
export function dynamoDbAddress(region: string): string {
  return `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
}
