import { PeerRefusal } from '../../contracts/peers.ts'
import { REJECTION } from '../../contracts/rejection.ts'
import type { Instant } from '../../contracts/words.ts'
import { failureOf, postText } from './json-call.ts'
import type { Env } from './lambda.ts'
import { serviceAddress } from './service-address.ts'
import { type Credentials, signed } from './sigv4.ts'

/** An incident of 400 KB at most, in JSON once more. */
const ANSWER_LIMIT_BYTES = 1_000_000

interface Invoking {
  region: string
  credentials: Credentials
  limitMs: number
  env: Env
  now(): Instant
}

/**
 * Has a function of another region work, and waits for its answer (Lambda API reference, "Invoke", RequestResponse). Rejects unless there is one
 * within the limit, with a `PeerRefusal` where it was refused. A function that failed answers with its error, as 200.
 */
export async function invoke(
  functionName: string,
  input: object,
  { region, credentials, limitMs, env, now }: Invoking,
): Promise<Record<string, unknown>> {
  const url = new URL(
    `/2015-03-31/functions/${functionName}/invocations`,
    env.FENGHUO_REGIONS_URL || serviceAddress('lambda', region),
  )
  const body = Buffer.from(JSON.stringify(input))
  const plain = { 'content-type': 'application/json', 'x-amz-invocation-type': 'RequestResponse' }
  const headers = signed(
    { method: 'POST', url, headers: plain, body },
    { region, service: 'lambda' },
    credentials,
    now(),
  )
  const answer = await postText(url, headers, body, { limitMs, answerLimitBytes: ANSWER_LIMIT_BYTES })
  if (answer.status !== 200) throw new Error(`${functionName} in ${region}: ${failureOf(answer).reason}`)
  if ('errorMessage' in answer.body) {
    const said = `${functionName} in ${region}: ${String(answer.body.errorMessage)}`
    throw answer.body.errorType === REJECTION ? new PeerRefusal(said) : new Error(said)
  }
  return answer.body
}
