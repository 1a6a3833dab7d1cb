import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { VendorRequest } from '../server.ts'

const CLOCK_MS = 5 * 60_000
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/

export interface SigningKeys {
  accessKeyId: string
  secretAccessKey: string
  /** Absent: whatever region the request names. */
  region?: string
  service: string
}

/** An AWS error: its name for `x-amzn-ErrorType`, and its message. */
export interface AwsFault {
  type: string
  message: string
}

/**
 * Recomputes a Signature Version 4 (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
 * from the raw request. Returns what is wrong with it, or undefined. `now` is in milliseconds since 1970-01-01 UTC.
 */
export function signatureFault(request: VendorRequest, keys: SigningKeys, now: number): AwsFault | undefined {
  const authorization = request.headers.authorization
  if (!authorization) return { type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' }
  const match = AUTHORIZATION.exec(authorization)
  if (!match) return { type: 'IncompleteSignatureException', message: 'The Authorization header can not be read.' }
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match
  if (accessKeyId !== keys.accessKeyId) {
    return { type: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }
  }
  const wanted = keys.region ?? region
  if (region !== wanted || service !== keys.service) {
    return invalid(`Credential should be scoped to ${wanted}/${keys.service}, not to ${region}/${service}.`)
  }
  const time = String(request.headers['x-amz-date'] ?? '')
  if (!time.startsWith(date)) return invalid(`Date in Credential scope does not match x-amz-date: ${time}`)
  if (Math.abs(now - instantOf(time)) > CLOCK_MS) return invalid(`Signature expired or not yet current: ${time}`)
  const names = signedHeaders.split(';')
  const must = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))]
  const unsigned = must.find((name) => !names.includes(name))
  if (unsigned) return invalid(`${unsigned} must be a 'SignedHeader' in the AWS Authorization.`)

  const scope = `${date}/${region}/${service}/aws4_request`
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical(request, names))}`
  const key = signingKey(keys.secretAccessKey, date, region, service)
  if (timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))) return
  return invalid('The request signature we calculated does not match the signature you provided.')
}

/** A day's requests to a service have the same key; two services are signed for on one machine. */
const MOST_KEYS = 8
const made = new Map<string, KeyObject>()

function signingKey(secret: string, ...scope: string[]): KeyObject {
  const name = [secret, ...scope].join('/')
  const known = made.get(name)
  if (known !== undefined) return known
  const key = [...scope, 'aws4_request'].reduce(
    (before, part) => createSecretKey(hmac(before, part)),
    createSecretKey(`AWS4${secret}`, 'utf8'),
  )
  if (made.size === MOST_KEYS) made.clear()
  made.set(name, key)
  return key
}

function canonical(request: VendorRequest, names: string[]): string {
  // The path is encoded twice: the bytes on the wire, encoded once more.
  const path = request.path.split('/').map(encode).join('/')
  const query = [...request.params]
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join('&')
  const headers = names.map((name) => {
    const value = String(request.headers[name] ?? '')
    return `${name}:${value.trim().replace(/ +/g, ' ')}\n`
  })
  return [request.method, path, query, headers.join(''), names.join(';'), sha256(request.body)].join('\n')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** 20261121T030405Z. */
function instantOf(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function invalid(message: string): AwsFault {
  return { type: 'InvalidSignatureException', message }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: KeyObject, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
