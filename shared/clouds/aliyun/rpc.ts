import { createHash, createHmac } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import type { Env } from '../aws/lambda.ts'

export interface AliyunKey {
  accessKeyId: string
  accessKeySecret: string
  securityToken?: string
}

/** The key that FC puts into the environment for the function's role, or a person does. Undefined if there is none. */
export function aliyunKeyOf(env: Env): AliyunKey | undefined {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret } = env
  if (!accessKeyId || !accessKeySecret) return undefined
  return aliyunKeyWith({ keyId: accessKeyId, keySecret: accessKeySecret }, env)
}

/** A key as settings have it; a temporary one has its token in the environment. */
export function aliyunKeyWith({ keyId, keySecret }: { keyId: string; keySecret: string }, env: Env): AliyunKey {
  const securityToken = env.ALIBABA_CLOUD_SECURITY_TOKEN
  return { accessKeyId: keyId, accessKeySecret: keySecret, ...(securityToken ? { securityToken } : {}) }
}

/** An action of an API in the RPC style: all parameters in the query. */
export interface RpcRequest {
  url: URL
  action: string
  version: string
  parameters: Record<string, string>
}

/**
 * The request's address and headers, signed: ACS3-HMAC-SHA256 (Alibaba Cloud, "V3 request structure and signature"). `host` is the sender's
 * to set.
 */
export function signedRpc(
  { url, action, version, parameters }: RpcRequest,
  key: AliyunKey,
  now: Instant,
  nonce: string,
): { url: string; headers: Record<string, string> } {
  const names = Object.keys(parameters).sort()
  const query = names.map((name) => `${encoded(name)}=${encoded(parameters[name] ?? '')}`).join('&')
  const payloadHash = createHash('sha256').update('').digest('hex')
  const headers: Record<string, string> = {
    'x-acs-action': action,
    'x-acs-content-sha256': payloadHash,
    'x-acs-date': new Date(now).toISOString().replace(/\.\d{3}/, ''),
    ...(key.securityToken === undefined ? {} : { 'x-acs-security-token': key.securityToken }),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  }
  const all: Record<string, string> = { ...headers, host: url.host }
  const signedNames = Object.keys(all).sort()
  const headerLines = signedNames.map((name) => `${name}:${all[name]}\n`).join('')
  const canonicalRequest = ['POST', url.pathname, query, headerLines, signedNames.join(';'), payloadHash].join('\n')
  const toSign = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonicalRequest).digest('hex')}`
  const signature = createHmac('sha256', key.accessKeySecret).update(toSign).digest('hex')
  const credential = `Credential=${key.accessKeyId},SignedHeaders=${signedNames.join(';')},Signature=${signature}`
  return {
    url: `${url.origin}${url.pathname}?${query}`,
    headers: { ...headers, authorization: `ACS3-HMAC-SHA256 ${credential}` },
  }
}

/** RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
