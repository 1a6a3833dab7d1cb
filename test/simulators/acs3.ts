import { createHash, createHmac } from 'node:crypto'
import type { VendorRequest } from './server.ts'

const CLOCK_MS = 15 * 60_000
const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})$/

export interface Acs3Keys {
  accessKeyId: string
  accessKeySecret: string
  /** Keys of further accounts: ids with their secrets. */
  others?: Record<string, string>
  securityToken?: string
}

export interface Acs3Fault {
  status: number
  code: string
  message: string
}

/**
 * Recomputes an ACS3-HMAC-SHA256 signature from the raw request (Alibaba Cloud, "V3 request structure and signature"),
 * in the RPC and in the ROA style. Returns what is wrong with it in the codes of RPC APIs, or undefined. `now` is in
 * milliseconds since 1970-01-01 UTC; `nonces` are those seen.
 */
export function acs3Fault(
  request: VendorRequest,
  keys: Acs3Keys,
  now: number,
  nonces: Set<string>,
): Acs3Fault | undefined {
  const { headers } = request
  const match = AUTHORIZATION.exec(headers.authorization ?? '')
  if (!match) return fault(400, 'MissingAuthorization', 'Authorization is mandatory for this action.')
  const [, accessKeyId = '', signedHeaders = '', signature] = match
  const secret = accessKeyId === keys.accessKeyId ? keys.accessKeySecret : keys.others?.[accessKeyId]
  if (secret === undefined) {
    return fault(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
  }
  if (headers['x-acs-security-token'] !== keys.securityToken) {
    return fault(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.')
  }
  const names = signedHeaders.split(';')
  const mustSign = Object.keys(headers).filter((name) => /^(host|content-type|x-acs-.*)$/.test(name))
  if (mustSign.some((name) => !names.includes(name)) || names.join() !== [...names].sort().join()) {
    return fault(
      400,
      'IncompleteSignature',
      'The signed headers must hold host, content-type and all of x-acs-*, sorted.',
    )
  }
  const date = String(headers['x-acs-date'])
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) || Math.abs(now - Date.parse(date)) > CLOCK_MS) {
    return fault(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.')
  }
  const payloadHash = sha256(request.body)
  if (headers['x-acs-content-sha256'] !== payloadHash) {
    return fault(400, 'SignatureDoesNotMatch', 'The payload has another hash.')
  }
  const lines = names.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`).join('')
  const canonical = [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.params),
    lines,
    signedHeaders,
    payloadHash,
  ].join('\n')
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`
  if (createHmac('sha256', secret).update(toSign).digest('hex') !== signature) {
    const told = `Specified signature is not matched with our calculation. server string to sign is:${canonical}`
    return fault(400, 'SignatureDoesNotMatch', told)
  }
  const nonce = String(headers['x-acs-signature-nonce'] ?? '')
  if (nonce === '' || nonces.has(nonce))
    return fault(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.')
  nonces.add(nonce)
}

function canonicalPath(path: string): string {
  return path.replace(/\+/g, '%20').replace(/\*/g, '%2A').replace(/%7E/g, '~')
}

function canonicalQuery(params: URLSearchParams): string {
  const sorted = [...params].sort(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
}

/** RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

function fault(status: number, code: string, message: string): Acs3Fault {
  return { status, code, message }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
