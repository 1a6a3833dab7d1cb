import { type AwsCallIo, callAws } from '../../clouds/aws/call.ts'
import type { Env } from '../../clouds/aws/lambda.ts'
import type { RegionResult } from '../../evaluation/confirmed.ts'
import type { RegionFault, RegionService } from '../../evaluation/failover-fact.ts'

/** A region that has not answered by then is faulty, ms: somebody on the phone would not wait longer. */
export const CHECK_MS = 3_000

/** More of what a service says of an error nobody reads. */
const QUOTED_LENGTH = 200

export interface RegionIo extends AwsCallIo {
  env: Env
}

/** What is asked of a service, about what its ARN names. */
export interface RegionQuestion {
  of: string
  service: RegionService
  /** `/instance/…`, for an API of paths; absent where the operation stands in a header. */
  path?: string
  target?: string
  /** The version of its JSON; absent: 1.0. */
  json?: '1.1'
  body?: object
}

/** What a region answered instead of what it was asked for, or that it did not. */
export class RegionTrouble extends Error {
  readonly result: RegionResult

  constructor(fault: RegionFault, found: 'faulty' | 'unknown' = 'faulty') {
    super(fault.code)
    this.result = { found, fault }
  }
}

/** As service names stand in host names and signatures. */
const hosts: Record<RegionService, string> = {
  connect: 'connect',
  sqs: 'sqs',
  dynamodb: 'dynamodb',
  cloudwatch: 'monitoring',
  servicequotas: 'servicequotas',
}

/** Asks a service in the region of an ARN once, and gives its JSON. Rejects with a `RegionTrouble` for anything but that. */
export async function askRegion(question: RegionQuestion, io: RegionIo): Promise<Record<string, unknown>> {
  const { of, service, path = '/', target, json: version = '1.0', body } = question
  const json = { 'content-type': `application/x-amz-json-${version}`, ...(target && { 'x-amz-target': target }) }
  const call = {
    service: hosts[service],
    method: body === undefined ? ('GET' as const) : ('POST' as const),
    path,
    ...(body && { headers: json, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(CHECK_MS),
  }
  const env = { ...io.env, AWS_REGION: of.split(':')[3] }
  const { status, name, text } = await callAws(call, env, io)
    .then(read)
    .catch((error: unknown) => {
      throw new RegionTrouble({ code: 'region-silent', args: { of, service, error: errorName(error) } })
    })
  const answer = objectIn(text)
  if (status === 200 && answer !== undefined) return answer
  throw refusal(
    question,
    status,
    name ?? String(answer?.__type ?? ''),
    String(answer?.message ?? answer?.Message ?? ''),
  )
}

async function read(answer: Response) {
  const name = answer.headers.get('x-amzn-errortype') ?? undefined
  return { status: answer.status, name, text: await answer.text() }
}

function refusal({ of, service }: RegionQuestion, status: number, name: string, words: string): RegionTrouble {
  const said = words.slice(0, QUOTED_LENGTH)
  if (status === 429 || /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded/i.test(name))
    return new RegionTrouble({ code: 'region-throttled', args: { of, service } }, 'unknown')
  if (/NotFound|NonExistent|NotExist/i.test(name) || status === 404)
    return new RegionTrouble({ code: 'region-without', args: { of, service, said } })
  if (/AccessDenied|NotAuthorized|UnrecognizedClient|Signature|ExpiredToken/i.test(name) || status === 403)
    return new RegionTrouble({ code: 'region-not-allowed', args: { of, service, said } })
  return new RegionTrouble({ code: 'region-failed', args: { of, service, status, said } })
}

/** Of `fetch`, which keeps the network's own error below. */
function errorName(error: unknown): string {
  const { name, message, cause } = error as { name?: unknown; message?: unknown; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return `${CHECK_MS / 1000} s`
  return String(cause?.code ?? message).slice(0, QUOTED_LENGTH)
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
