import { createHash, createHmac } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import type { Bucket, CloudBucket } from '../bucket.ts'

/**
 * In the finance cloud addresses for the internet have other names than the regions, by whose ids requests are signed (Alibaba Cloud OSS,
 * "Regions and endpoints").
 */
const PUBLIC_NAMES: Record<string, string> = {
  'cn-hangzhou-finance': 'cn-hzfinance',
  'cn-shanghai-finance-1': 'cn-shanghai-finance-1-pub',
  'cn-shenzhen-finance-1': 'cn-szfinance',
  'cn-beijing-finance-1': 'cn-beijing-finance-1-pub',
}

/** Where an object of a bucket is, for whoever reads it. */
export function ossUrl(
  { name, region, endpoint }: Pick<CloudBucket, 'name' | 'region' | 'endpoint'>,
  key: string,
): URL {
  const host = `${name}.oss-${PUBLIC_NAMES[region] ?? region}.aliyuncs.com`
  const base = endpoint === undefined ? `https://${host}` : `${endpoint}/${name}`
  return new URL(`${base}/${encodedPath(key)}`)
}

/** A bucket of OSS. The body is signed by its MD5, which OSS compares. */
export function ossBucket(bucket: CloudBucket): Bucket {
  const { name, now } = bucket
  return {
    name,
    urlOf: (key) => ossUrl(bucket, key),
    signed: ({ method, key, headers, body }) => {
      const all = {
        ...headers,
        ...(method === 'PUT' && { 'content-md5': createHash('md5').update(body).digest('base64') }),
        'x-oss-content-sha256': UNSIGNED,
        'x-oss-date': timeOf(now()),
      }
      return { ...all, authorization: ossAuthorization({ method, path: `/${name}/${key}`, headers: all }, bucket) }
    },
  }
}

/** The body has a digest of its own. */
const UNSIGNED = 'UNSIGNED-PAYLOAD'

/**
 * What signs a request by OSS's version 4: over the bucket and key whatever the host is, over `content-md5`, `content-type` and all of
 * `x-oss-`, of which `x-oss-date` says when (Alibaba Cloud OSS, "Include a V4 signature in the Authorization header"). Header names are in
 * lower case; `query` is sorted and encoded.
 */
export function ossAuthorization(
  {
    method,
    path,
    query = '',
    headers,
  }: { method: string; path: string; query?: string; headers: Record<string, string> },
  { region, keyId, keySecret }: Pick<CloudBucket, 'region' | 'keyId' | 'keySecret'>,
): string {
  const time = headers['x-oss-date'] ?? ''
  const lines = Object.entries(headers)
    .filter(([name]) => /^(content-md5|content-type|x-oss-.*)$/.test(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`)
  const canonical = [method, encodedPath(path), query, lines.join(''), '', headers['x-oss-content-sha256']].join('\n')
  const scope = `${time.slice(0, 8)}/${region}/oss/aliyun_v4_request`
  const toSign = ['OSS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(hmac, `aliyun_v4${keySecret}`)
  return `OSS4-HMAC-SHA256 Credential=${keyId}/${scope},Signature=${hmac(key, toSign).toString('hex')}`
}

function timeOf(now: Instant): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** RFC 3986: all but letters, digits and `-._~`. */
function encodedPath(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return encoded.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
