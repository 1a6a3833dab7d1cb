import { createHash, createHmac } from 'node:crypto'
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

/** A request without a query. Header names are in lower case. */
export interface SignableRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string
}

/**
 * The request's headers and those that sign it: `host`, `x-amz-date`, `x-amz-security-token`, `authorization`.
 * AWS Signature Version 4: IAM User Guide, "Create a signed AWS API request".
 */
export function signed(
  request: SignableRequest,
  scope: { region: string; service: string },
  credentials: Credentials,
  now: Instant,
): Record<string, string> {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const date = time.slice(0, 8)
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-amz-date': time,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  }
  const names = Object.keys(headers).sort()
  const signedHeaders = names.join(';')
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}\n`).join('')
  const canonicalRequest = [
    request.method,
    request.url.pathname,
    '',
    canonicalHeaders,
    signedHeaders,
    sha256(request.body),
  ]
  const credentialScope = `${date}/${scope.region}/${scope.service}/aws4_request`
  const stringToSign = ['AWS4-HMAC-SHA256', time, credentialScope, sha256(canonicalRequest.join('\n'))].join('\n')
  const key = [date, scope.region, scope.service, 'aws4_request'].reduce(hmac, `AWS4${credentials.secretAccessKey}`)
  const signature = createHmac('sha256', key).update(stringToSign).digest('hex')
  const credential = `${credentials.accessKeyId}/${credentialScope}`
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
