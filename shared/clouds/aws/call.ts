import type { Instant } from '../../contracts/words.ts'
import type { Env } from './lambda.ts'
import { serviceAddress } from './service-address.ts'
import { type Credentials, credentialsOf, signed } from './sigv4.ts'

/** One request to an AWS API of a target's region. */
export interface AwsCall {
  /** As it stands in host names and signatures, such as `lambda`. */
  service: string
  method: 'GET' | 'POST'
  /** With its query, encoded. */
  path: string
  /** Names are in lower case. */
  headers?: Record<string, string>
  body?: string
  signal: AbortSignal
}

/** What a request needs of the world. */
export interface AwsCallIo {
  now(): Instant
  fetch: typeof fetch
  /** Default: those that Lambda puts into the environment. */
  credentials?(): Promise<Credentials>
}

/**
 * Asks an API for which no client is installed, in the environment's region; `AWS_ENDPOINT_URL_<SERVICE>` moves the address. Rejects as
 * `fetch` does, and as whoever gives credentials when there are none.
 */
export async function callAws(call: AwsCall, env: Env, { now, fetch, credentials }: AwsCallIo): Promise<Response> {
  const { service, method, path, headers = {}, body = '', signal } = call
  const region = env.AWS_REGION ?? ''
  const keys = credentials === undefined ? credentialsOf(env) : await credentials()
  const url = new URL(path, endpointOf(service, region, env))
  const all = signed({ method, url, headers, body }, { region, service }, keys, now())
  return fetch(url, { method, headers: all, signal, ...(body === '' ? {} : { body }) })
}

/** The SDK's own variables name a service by its id, which is not always that of its host. */
const variables: Record<string, string> = {
  servicequotas: 'SERVICE_QUOTAS',
  monitoring: 'CLOUDWATCH',
  'sms-voice': 'PINPOINT_SMS_VOICE_V2',
}

/** Where a service is asked, in its region or where the environment says. */
export function endpointOf(service: string, region: string, env: Env): string {
  const variable = `AWS_ENDPOINT_URL_${variables[service] ?? service.toUpperCase()}`
  return env[variable] || serviceAddress(service, region)
}
