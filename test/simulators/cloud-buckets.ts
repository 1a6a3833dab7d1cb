import { createHash, createHmac } from 'node:crypto'
import type { S3Object } from './s3.ts'
import { startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

export interface CloudBucketOptions {
  keyId: string
  keySecret: string
  /** Buckets, and the region of each. */
  buckets: Record<string, string>
  /** The region whose address this is. */
  region: string
  /** Beginnings of `bucket/key` that may be written. Absent: all. */
  writable?: string[]
  now(): number
}

interface Fault {
  status: number
  code: string
  message: string
}

type Checks = (request: VendorRequest, options: CloudBucketOptions) => Fault | undefined

const CLOCKS_S = 15 * 60

/** PutObject and HeadObject of OSS (Alibaba Cloud OSS, "PutObject", "HeadObject", "Error codes") with signatures of version 4. */
export const startOss = (options: CloudBucketOptions) =>
  startBuckets(options, ossFault, (bucket) =>
    options.buckets[bucket] === options.region
      ? undefined
      : refused(
          403,
          'AccessDenied',
          'The bucket you are attempting to access must be addressed using the specified endpoint.',
        ),
  )

/** PUT and HEAD Object of COS's XML API (Tencent Cloud COS, documents 436/7749, 436/7745, 436/7778, 436/7730). */
export const startCos = (options: CloudBucketOptions) =>
  startBuckets(options, cosFault, (bucket) =>
    options.buckets[bucket] === options.region ? undefined : refused(404, 'NoSuchBucket', 'no bucket in this region'),
  )

async function startBuckets(
  options: CloudBucketOptions,
  signature: Checks,
  place: (bucket: string) => Fault | undefined,
): Promise<VendorServer & { objects: Map<string, S3Object> }> {
  const objects = new Map<string, S3Object>()
  function faultOf(request: VendorRequest, bucket: string, key: string): Fault | undefined {
    if (options.buckets[bucket] === undefined)
      return refused(404, 'NoSuchBucket', 'The specified bucket does not exist.')
    const fault = place(bucket) ?? signature(request, options)
    if (fault !== undefined || request.method !== 'PUT') return fault
    if (request.headers['content-length'] === undefined) return refused(411, 'MissingContentLength', 'no length')
    if (request.headers['content-md5'] !== createHash('md5').update(request.body).digest('base64'))
      return refused(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.')
    const isWritable = options.writable?.some((beginning) => `${bucket}/${key}`.startsWith(beginning)) ?? true
    return isWritable ? undefined : refused(403, 'AccessDenied', 'no right')
  }
  const server = await startVendorServer({
    answer(request) {
      const [, bucket = '', key = ''] = /^\/([^/]+)\/(.+)$/.exec(decodeURIComponent(request.path)) ?? []
      if (request.method !== 'PUT' && request.method !== 'HEAD') return xml(refused(405, 'MethodNotAllowed', 'no'))
      const fault = faultOf(request, bucket, key)
      if (fault !== undefined)
        return request.method === 'HEAD' ? { status: fault.status, body: Buffer.alloc(0) } : xml(fault)
      const name = `${bucket}/${key}`
      if (request.method === 'PUT')
        objects.set(name, {
          body: request.body.toString(),
          type: request.headers['content-type'] ?? 'application/octet-stream',
          cacheControl: request.headers['cache-control'],
          at: options.now(),
        })
      const found = objects.get(name)
      const status = found === undefined ? 404 : 200
      const headers = { ...(found && { 'last-modified': new Date(found.at).toUTCString() }) }
      return { status, headers, body: Buffer.alloc(0) }
    },
    refuse: () => xml(refused(503, 'ServiceUnavailable', 'Please reduce your request rate.')),
  })
  return Object.assign(server, { objects })
}

/** The bucket and key are signed as they stand in the path here. */
function ossFault({ method, path, headers }: VendorRequest, { keyId, keySecret, region, now }: CloudBucketOptions) {
  const match =
    /^OSS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([a-z0-9-]+)\/oss\/aliyun_v4_request,\s*Signature=([0-9a-f]{64})$/.exec(
      String(headers.authorization),
    )
  if (match === null) return refused(400, 'InvalidArgument', 'Invalid Authorization')
  const [, id, date = '', signedRegion = '', signature] = match
  const time = String(headers['x-oss-date'])
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (id !== keyId) return refused(403, 'InvalidAccessKeyId', 'The OSS Access Key Id you provided does not exist')
  if (!time.startsWith(date) || !(Math.abs(now() - at) <= CLOCKS_S * 1000))
    return refused(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    )
  if (signedRegion !== region) return refused(400, 'InvalidArgument', 'Invalid signing region in Authorization header.')
  if (headers['x-oss-content-sha256'] !== 'UNSIGNED-PAYLOAD') return refused(400, 'InvalidArgument', 'no payload hash')
  const signed = Object.keys(headers).filter((name) => name.startsWith('x-oss-') || /^content-(md5|type)$/.test(name))
  const lines = signed.sort().map((name) => `${name}:${String(headers[name]).trim()}`)
  const canonical = `${method}\n${path}\n\n${lines.join('\n')}\n\n\nUNSIGNED-PAYLOAD`
  const digest = createHash('sha256').update(canonical).digest('hex')
  let key: string | Buffer = `aliyun_v4${keySecret}`
  for (const part of [date, region, 'oss', 'aliyun_v4_request']) key = createHmac('sha256', key).update(part).digest()
  const text = `OSS4-HMAC-SHA256\n${time}\n${date}/${region}/oss/aliyun_v4_request\n${digest}`
  const wanted = createHmac('sha256', key).update(text).digest('hex')
  return signature === wanted ? undefined : refused(403, 'SignatureDoesNotMatch', 'The signature does not match.')
}

/** Signed over what `q-header-list` names, among which the host has to be. */
function cosFault({ method, path, headers }: VendorRequest, { keyId, keySecret, now }: CloudBucketOptions) {
  const parts = new Map(
    String(headers.authorization)
      .split('&')
      .map((pair) => pair.split(/=(.*)/s) as [string, string]),
  )
  const during = parts.get('q-key-time') ?? ''
  const [from, until] = during.split(';').map(Number)
  if (parts.get('q-sign-algorithm') !== 'sha1' || from === undefined || until === undefined)
    return refused(400, 'InvalidArgument', 'Authorization is malformed')
  if (parts.get('q-ak') !== keyId) return refused(403, 'InvalidAccessKeyId', 'The access key Id does not exist.')
  if (now() / 1000 < from || now() / 1000 > until || parts.get('q-sign-time') !== during)
    return refused(403, 'RequestIsExpired', 'Request has expired')
  const names = (parts.get('q-header-list') ?? '').split(';')
  const needed = ['host', ...(method === 'PUT' ? ['content-md5', 'content-type'] : [])]
  if (names.join(';') !== [...names].sort().join(';') || !needed.every((name) => names.includes(name)))
    return refused(403, 'SignatureDoesNotMatch', 'headers are not signed, or not sorted')
  const lines = names.map((name) => `${name}=${encodeURIComponent(String(headers[name]))}`)
  const request = `${method.toLowerCase()}\n${decodeURIComponent(path)}\n\n${lines.join('&')}\n`
  const signKey = createHmac('sha1', keySecret).update(during).digest('hex')
  const text = `sha1\n${during}\n${createHash('sha1').update(request).digest('hex')}\n`
  const wanted = createHmac('sha1', signKey).update(text).digest('hex')
  return parts.get('q-signature') === wanted ? undefined : refused(403, 'SignatureDoesNotMatch', 'does not match')
}

function refused(status: number, code: string, message: string): Fault {
  return { status, code, message }
}

function xml({ status, code, message }: Fault): VendorAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) }
}
