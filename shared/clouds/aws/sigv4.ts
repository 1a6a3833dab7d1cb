import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import type { Env } from './lambda.ts'

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** The credentials that Lambda puts into the environment. Throws, naming the variable, if one is missing. */
export function credentialsOf(env: Env): Credentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env
  if (!accessKeyId) throw new Error('AWS_ACCESS_KEY_ID is not set')
  if (!secretAccessKey) throw new Error('AWS_SECRET_ACCESS_KEY is not set')
  return { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) }
}

/** Header names are in lower case. */
export interface SignableRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string | Buffer
}

/**
 * The request's headers and those that sign it: `x-amz-date`, `x-amz-security-token`, `authorization`. `host` is signed, too, and the
 * sender's to set. AWS Signature Version 4: IAM User Guide, "Create a signed AWS API request".
 */
export function signed(
  request: SignableRequest,
  scope: Scope,
  credentials: Credentials,
  now: Instant,
): Record<string, string> {
  const time = signingTime(now)
  const headers: Record<string, string> = {
    ...request.headers,
    'x-amz-date': time,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  }
  const all: Record<string, string> = { ...headers, host: request.url.host }
  const names = Object.keys(all).sort()
  const signedHeaders = names.join(';')
  const canonicalHeaders = names.map((name) => `${name}:${all[name]?.trim().replace(/ +/g, ' ')}\n`).join('')
  const canonicalRequest = [
    request.method,
    request.url.pathname,
    canonicalQuery(request.url),
    canonicalHeaders,
    signedHeaders,
    sha256(request.body),
  ]
  const signature = signatureOf(canonicalRequest.join('\n'), time, scope, credentials)
  const credential = `${credentials.accessKeyId}/${scopeOf(time, scope)}`
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  }
}

/** The address with a signature in its query, which holds for `forSeconds`; a GET without headers. Its query must be encoded. */
export function presigned(url: URL, forSeconds: number, scope: Scope, credentials: Credentials, now: Instant): string {
  const time = signingTime(now)
  const parameters: Record<string, string> = {
    ...Object.fromEntries(url.searchParams),
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scopeOf(time, scope)}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(forSeconds),
    'X-Amz-SignedHeaders': 'host',
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
  }
  const query = sortedQuery(Object.entries(parameters))
  const canonicalRequest = ['GET', url.pathname, query, `host:${url.host}\n`, 'host', sha256('')].join('\n')
  const signature = signatureOf(canonicalRequest, time, scope, credentials)
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${signature}`
}

export interface Scope {
  region: string
  service: string
}

function signingTime(now: Instant): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function scopeOf(time: string, { region, service }: Scope): string {
  return `${time.slice(0, 8)}/${region}/${service}/aws4_request`
}

function signatureOf(canonicalRequest: string, time: string, scope: Scope, credentials: Credentials): string {
  const credentialScope = scopeOf(time, scope)
  const stringToSign = ['AWS4-HMAC-SHA256', time, credentialScope, sha256(canonicalRequest)].join('\n')
  return hmac(keyOf(credentialScope, credentials), stringToSign).toString('hex')
}

/** An instance signs for one or two services, with credentials that are replaced every few hours. */
const MOST_KEYS = 8
const keys = new Map<string, KeyObject>()

/** Made once a day for each service: it takes ten times what a signature by it takes. */
function keyOf(credentialScope: string, { secretAccessKey }: Credentials): KeyObject {
  const name = `${credentialScope}/${secretAccessKey}`
  const known = keys.get(name)
  if (known !== undefined) return known
  const made = credentialScope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  const key = createSecretKey(Buffer.from(made))
  if (keys.size === MOST_KEYS) keys.clear()
  keys.set(name, key)
  return key
}

function canonicalQuery(url: URL): string {
  return url.search === '' ? '' : sortedQuery([...url.searchParams])
}

function sortedQuery(parameters: [string, string][]): string {
  const pairs = parameters.map(([name, value]): [string, string] => [encoded(name), encoded(value)])
  return pairs
    .sort(([one, first], [other, second]) => (one < other || (one === other && first < second) ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&')
}

/** RFC 3986, as every signature wants it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

function hmac(key: string | Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
