import { createHash, createHmac } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import type { Env } from '../aws/lambda.ts'

export interface TencentKey {
  secretId: string
  secretKey: string
  token?: string
}

/**
 * The key in a function's environment: TENCENTCLOUD_SECRET_ID, _SECRET_KEY and _TOKEN, or what SCF puts there for the function's role
 * (TENCENTCLOUD_SECRETID, _SECRETKEY, _SESSIONTOKEN). Undefined if there is none.
 */
export function tencentKeyOf(env: Env): TencentKey | undefined {
  const secretId = env.TENCENTCLOUD_SECRET_ID ?? env.TENCENTCLOUD_SECRETID
  const secretKey = env.TENCENTCLOUD_SECRET_KEY ?? env.TENCENTCLOUD_SECRETKEY
  const token = env.TENCENTCLOUD_TOKEN ?? env.TENCENTCLOUD_SESSIONTOKEN
  if (!secretId || !secretKey) return undefined
  return { secretId, secretKey, ...(token ? { token } : {}) }
}

/** A key as settings have it; a temporary one has its token in the environment. */
export function tencentKeyWith({ secretId, secretKey }: Omit<TencentKey, 'token'>, env: Env): TencentKey {
  const token = env.TENCENTCLOUD_TOKEN
  return { secretId, secretKey, ...(token ? { token } : {}) }
}

/** An action of a product of API 3.0: a POST of JSON to `/`. */
export interface Tc3Request {
  /** The product's host. */
  url: URL
  /** The product's name in its public host, such as `sms`. */
  service: string
  action: string
  version: string
  region: string
  /** JSON. */
  body: string
}

/** An action with these fields, signed, to be posted as it is. */
export function tc3Post(
  action: Omit<Tc3Request, 'body'>,
  fields: object,
  key: TencentKey,
  now: Instant,
): { url: string; headers: Record<string, string>; body: string } {
  const body = JSON.stringify(fields)
  return { url: action.url.href, headers: signedTc3({ ...action, body }, key, now), body }
}

const CONTENT_TYPE = 'application/json; charset=utf-8'

/** The request's headers, signed: TC3-HMAC-SHA256 (cloud.tencent.com/document/api/213/30654). `host` is the sender's to set. */
export function signedTc3(request: Tc3Request, key: TencentKey, now: Instant): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const date = new Date(now).toISOString().slice(0, 10)
  const headers = { 'content-type': CONTENT_TYPE, host: request.url.host }
  const headerLines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const signedHeaders = Object.keys(headers).join(';')
  const canonicalRequest = ['POST', '/', '', headerLines.join(''), signedHeaders, sha256(request.body)].join('\n')
  const scope = `${date}/${request.service}/tc3_request`
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonicalRequest)].join('\n')
  const signature = hmac(scope.split('/').reduce(hmac, `TC3${key.secretKey}`), toSign).toString('hex')
  const credential = `Credential=${key.secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  return {
    'content-type': CONTENT_TYPE,
    'x-tc-action': request.action,
    'x-tc-version': request.version,
    'x-tc-timestamp': timestamp,
    'x-tc-region': request.region,
    ...(key.token === undefined ? {} : { 'x-tc-token': key.token }),
    authorization: `TC3-HMAC-SHA256 ${credential}`,
  }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
