import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../../contracts/words.ts'
import { callJson, failureOf, type JsonAnswer, reasonOf } from './json-call.ts'
import type { Env } from './lambda.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { serviceAddress } from './service-address.ts'
import { type Credentials, credentialsOf } from './sigv4.ts'

/** The first pause between tries; each further one is twice as long, and half of each is by chance. */
const FIRST_PAUSE_MS = 50

/** The refusals of a signature whose time is not theirs. */
const CLOCK = /^(InvalidSignature|RequestExpired|RequestTimeTooSkewed)/

/** A signature holds for five minutes before and after its time (IAM User Guide, "Elements of an AWS API request signature"). */
const CLOCK_OFF_MS = 4 * 60_000

/** A service that speaks AWS's JSON protocol 1.0. */
export interface JsonService {
  /** As it stands in host names and signatures. */
  name: string
  /** What its actions are of, such as `AmazonSQS`. */
  target: string
  /** The variable that moves its address. */
  addressVariable: string
  answerLimitBytes: number
  /** Actions without an output: their success has an empty body (Smithy, "AWS JSON 1.0"). */
  silent?: readonly string[]
  /** Whether an answer is one to this question: garbage may be JSON, too. */
  isAnswer?(action: string, input: object, answer: Record<string, unknown>): boolean
}

export interface JsonServiceOptions {
  patience?: Patience
  /** Asked before each request. Default: those that Lambda puts into the environment. */
  credentials?(): Credentials | Promise<Credentials>
  now?(): Instant
  /** Uniform in [0, 1). */
  random?(): number
}

/** A refusal, by the service's own name for it. */
export class AwsRefusal extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

/**
 * Makes what asks a service of the environment's region without its SDK, which would be most of what a function loads and of the time that
 * a request takes. A request that hangs, breaks, is throttled, meets an error of theirs or gets no answer to its question is made again,
 * so one whose answer was lost may come twice. A clock that is off is put right by theirs. Rejects with an `AwsRefusal` when it is refused,
 * and with the reason when there is no answer. Throws without a region.
 */
export function jsonService(
  { name, target, addressVariable, answerLimitBytes, silent = [], isAnswer = () => true }: JsonService,
  env: Env,
  options: JsonServiceOptions,
): (action: string, input: object) => Promise<Record<string, unknown>> {
  const { patience = PATIENCE, credentials = () => credentialsOf(env), now = Date.now, random = Math.random } = options
  const region = env.AWS_REGION
  if (!region) throw new Error('AWS_REGION is not set')
  const scope = { region, service: name }
  const limits = { answerLimitBytes, connectMs: patience.connectMs, limitMs: patience.tryMs, keepsConnection: true }
  const url = new URL('/', env[addressVariable] || serviceAddress(name, region))
  let clockOffMs = 0

  /** Whether the clock was off by more than signatures bear: it is put right for all further requests. */
  function isClockMended({ date }: JsonAnswer, refusal: AwsRefusal): boolean {
    const theirs = Date.parse(date ?? '')
    if (!CLOCK.test(refusal.name) || !(Math.abs(theirs - now() - clockOffMs) > CLOCK_OFF_MS)) return false
    clockOffMs = theirs - now()
    return true
  }

  return async (action, input) => {
    const keys = await credentials()
    const call = { url, target: `${target}.${action}`, version: '1.0' as const, input, ...limits }
    for (let tries = 1; ; tries++) {
      const isLast = tries >= patience.tries
      try {
        const answer = await callJson(call, scope, keys, now() + clockOffMs)
        const isTaken = answer.status === 200
        const isSaid = answer.isJson ? isAnswer(action, input, answer.body) : answer.isEmpty && silent.includes(action)
        if (isTaken && isSaid) return answer.body
        const refusal = refusalOf(action, answer)
        const passes = isTaken || failureOf(answer).isPassing || isClockMended(answer, refusal)
        if (isLast || !passes) throw refusal
      } catch (error) {
        if (error instanceof AwsRefusal) throw error
        if (isLast) throw new Error(`${action} at ${url.host}: ${reasonOf(error)} (tries: ${tries})`, { cause: error })
      }
      await wait(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + 0.5 * random()))
    }
  }
}

function refusalOf(action: string, { status, body, isJson }: JsonAnswer): AwsRefusal {
  if (status === 200)
    return new AwsRefusal('NoAnswer', `${action}: the answer is ${isJson ? 'to no such question' : 'no JSON'}`)
  const type = String(body.__type ?? '').replace(/^.*#/, '') || `HTTP ${status}`
  return new AwsRefusal(type, `${action}: ${String(body.message ?? body.Message ?? `HTTP ${status} without a reason`)}`)
}
