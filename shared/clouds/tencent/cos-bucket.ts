import { createHash, createHmac } from 'node:crypto'
import type { Bucket, CloudBucket } from '../bucket.ts'

/** A signature holds for so long, and from so long before, s: clocks differ. */
const HOLDS_S = 600
const CLOCKS_S = 60

/** Where an object of a bucket is, for whoever reads it. The name ends with the account's APPID. */
export function cosUrl(
  { name, region, endpoint }: Pick<CloudBucket, 'name' | 'region' | 'endpoint'>,
  key: string,
): URL {
  const base = endpoint === undefined ? `https://${name}.cos.${region}.myqcloud.com` : `${endpoint}/${name}`
  return new URL(`${base}/${key.split('/').map(encoded).join('/')}`)
}

/** A bucket of COS. The body is signed by its MD5, which COS compares. */
export function cosBucket(bucket: CloudBucket): Bucket {
  const { name, now } = bucket
  return {
    name,
    urlOf: (key) => cosUrl(bucket, key),
    signed: ({ method, url, headers, body }) => {
      const all = {
        ...headers,
        ...(method === 'PUT' && { 'content-md5': createHash('md5').update(body).digest('base64') }),
      }
      const at = Math.floor(now() / 1000)
      const path = decodeURIComponent(url.pathname)
      const during = `${at - CLOCKS_S};${at + HOLDS_S}`
      return {
        ...all,
        authorization: cosAuthorization({ method, path, headers: { ...all, host: url.host } }, bucket, during),
      }
    },
  }
}

/**
 * What signs a request by COS's XML API: over method, path and all of these headers, whose names are in lower case, and for the seconds
 * `during`, `from;until` (Tencent Cloud COS, "Request Signature", document 436/7778).
 */
export function cosAuthorization(
  { method, path, headers }: { method: string; path: string; headers: Record<string, string> },
  { keyId, keySecret }: Pick<CloudBucket, 'keyId' | 'keySecret'>,
  during: string,
): string {
  const names = Object.keys(headers).sort()
  const pairs = names.map((name) => `${encoded(name).toLowerCase()}=${encoded(headers[name] ?? '')}`)
  const request = `${method.toLowerCase()}\n${path}\n\n${pairs.join('&')}\n`
  const toSign = `sha1\n${during}\n${createHash('sha1').update(request).digest('hex')}\n`
  const signature = hmac(hmac(keySecret, during), toSign)
  const parts = {
    'q-sign-algorithm': 'sha1',
    'q-ak': keyId,
    'q-sign-time': during,
    'q-key-time': during,
    'q-header-list': names.join(';'),
    'q-url-param-list': '',
    'q-signature': signature,
  }
  return Object.entries(parts)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function hmac(key: string, text: string): string {
  return createHmac('sha1', key).update(text).digest('hex')
}

/** RFC 3986: all but letters, digits and `-._~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
