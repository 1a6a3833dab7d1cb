import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { VendorRequest } from './server.ts'

const CLOCK_MS = 5 * 60_000
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/\s]+)\/(\d{4}-\d{2}-\d{2})\/([a-z0-9-]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/

export interface Tc3Keys {
  secretId: string
  secretKey: string
  /** Keys of further accounts: secret ids with their secret keys. */
  others?: Record<string, string>
  /** The product's name in the credential scope. The SDK takes the endpoint's first label, so that is accepted too. */
  service: string
}

export interface Tc3Fault {
  code: string
  message: string
}

/**
 * Recomputes a TC3-HMAC-SHA256 signature from the raw request (cloud.tencent.com/document/api/213/30654).
 * Returns what is wrong with it in the vendor's codes, or undefined. `now` is in milliseconds since 1970-01-01 UTC.
 */
export function tc3Fault(request: VendorRequest, keys: Tc3Keys, now: number): Tc3Fault | undefined {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '')
  if (!match) return fault('InvalidAuthorization', 'Authorization in the request header is invalid.')
  const [, secretId = '', date = '', service = '', signedHeaders = '', signature = ''] = match
  const secretKey = secretId === keys.secretId ? keys.secretKey : keys.others?.[secretId]
  if (secretKey === undefined) return fault('SecretIdNotFound', 'The SecretId is not found.')

  const host = request.headers.host ?? ''
  if (service !== keys.service && service !== host.split(/[.:]/)[0]) {
    return fault('InvalidAuthorization', `The credential scope names the service ${service}.`)
  }
  const names = signedHeaders.split(';')
  if (!names.includes('content-type') || !names.includes('host') || names.join(';') !== [...names].sort().join(';')) {
    return fault('InvalidAuthorization', 'SignedHeaders must hold content-type and host, sorted.')
  }
  const timestamp = String(request.headers['x-tc-timestamp'] ?? '')
  const seconds = Number(timestamp)
  if (!/^\d+$/.test(timestamp) || Math.abs(now - seconds * 1000) > CLOCK_MS) {
    return fault('SignatureExpire', 'The signature is expired: timestamp and server time differ by over five minutes.')
  }
  if (new Date(seconds * 1000).toISOString().slice(0, 10) !== date) {
    return fault('SignatureFailure', 'The date of the credential scope is not that of X-TC-Timestamp.')
  }

  // The SDK signs the host without its port, and sends it with one.
  const fits = [host, host.replace(/:\d+$/, '')].some((signedHost) => {
    const scope = `${date}/${service}/tc3_request`
    const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical(request, names, signedHost))}`
    const expected = hmac(hmac(hmac(hmac(`TC3${secretKey}`, date), service), 'tc3_request'), toSign)
    return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
  })
  return fits ? undefined : fault('SignatureFailure', 'The provided credentials could not be validated.')
}

function canonical(request: VendorRequest, names: string[], host: string): string {
  const headers = names.map((name) => `${name}:${headerValue(request, name, host)}\n`).join('')
  return [request.method, request.path, request.query, headers, names.join(';'), sha256(request.body)].join('\n')
}

function headerValue(request: VendorRequest, name: string, host: string): string {
  if (name === 'host') return host
  const value = String(request.headers[name] ?? '').trim()
  return name === 'x-tc-action' ? value.toLowerCase() : value
}

function fault(code: string, message: string): Tc3Fault {
  return { code: `AuthFailure.${code}`, message }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
