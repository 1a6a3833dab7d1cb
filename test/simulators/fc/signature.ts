import { createHash, createHmac } from 'node:crypto'
import type { Acs3Keys } from '../acs3.ts'
import type { VendorRequest } from '../server.ts'
import { Fault, invalid } from './fault.ts'

const CLOCK_MS = 15 * 60_000
const AUTHORIZATION = /^FC ([^:]+):([A-Za-z0-9+/]+=*)$/
const RFC_1123 = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/**
 * Recomputes the signature of a request to the API of 2016-08-15 (Function Compute 2.0, "Signature authentication", and
 * what `@alicloud/fc2` sends). `now` is in milliseconds since 1970-01-01 UTC.
 *
 * @throws {Fault} with the vendor's code when anything is wrong with it
 */
export function checkFc2Signature(request: VendorRequest, keys: Acs3Keys, now: number): void {
  const { headers } = request
  const match = AUTHORIZATION.exec(headers.authorization ?? '')
  if (!match) throw new Fault(400, 'MissingRequiredHeader', 'the header Authorization is missing or malformed')
  const [, accessKeyId, signature] = match
  if (accessKeyId !== keys.accessKeyId)
    throw new Fault(403, 'InvalidAccessKeyID', `access key id ${accessKeyId} is invalid`)
  if (headers['x-fc-security-token'] !== keys.securityToken) {
    throw new Fault(403, 'AccessDenied', 'the security token is missing, or is not that of the access key')
  }
  const date = headers.date ?? ''
  if (date === '') throw new Fault(400, 'MissingRequiredHeader', 'the header Date is missing')
  if (!RFC_1123.test(date) || Math.abs(now - Date.parse(date)) > CLOCK_MS) {
    throw new Fault(403, 'AccessDenied', `the header Date, ${date}, is more than 15 minutes off`)
  }
  if (createHmac('sha256', keys.accessKeySecret).update(fc2StringToSign(request)).digest('base64') !== signature) {
    throw new Fault(403, 'SignatureNotMatch', 'the request signature we calculated does not match the one provided')
  }
  checkMd5(request)
}

/** The lines that are signed. The query is left out, but for http triggers. */
export function fc2StringToSign({ method, path, params, headers }: VendorRequest): string {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-fc-'))
    .sort()
  const lines = own.map((name) => `${name}:${headers[name]}\n`).join('')
  const query = [...params].map(([name, value]) => `${name}=${value}`).sort()
  const proxied = path.startsWith('/2016-08-15/proxy/') ? `\n${query.join('\n')}` : ''
  const { 'content-md5': md5 = '', 'content-type': type = '', date = '' } = headers
  return `${method}\n${md5}\n${type}\n${date}\n${lines}${path}${proxied}`
}

/** The SDK sends base64 of the hexadecimal text. Which form the vendor checks is not documented; the SDK's is taken. */
function checkMd5({ headers, body }: VendorRequest): void {
  const sent = headers['content-md5']
  if (sent === undefined) return
  const hex = createHash('md5').update(body).digest('hex')
  if (sent !== Buffer.from(hex).toString('base64')) throw invalid('the header Content-MD5 is not that of the body')
}
