import { createHash } from 'node:crypto'
import { signatureFault } from './connect/signature.ts'
import { startVendorServer, type VendorAnswer, type VendorRequest, type VendorServer } from './server.ts'

export interface S3Options {
  accessKeyId: string
  secretAccessKey: string
  /** Buckets, and the region of each. */
  buckets: Record<string, string>
  /** Beginnings of `bucket/key` that may be written. Absent: all. */
  writable?: string[]
  /** Beginnings of `bucket/key` that may be read. Absent: all. */
  readable?: string[]
  now(): number
}

export interface S3Object {
  body: string
  type: string
  cacheControl: string | undefined
  at: number
}

/** S3 object key limit, in bytes of UTF-8 (S3 user guide, "Naming Amazon S3 objects"). */
const MOST_KEY_BYTES = 1_024

/**
 * PutObject and HeadObject of S3 with path-style addresses (S3 API reference): SigV4 for `s3` with the digest of the payload in
 * `x-amz-content-sha256`, errors as XML. A bucket is asked in its own region, or the signature is refused with that.
 */
export async function startS3(options: S3Options): Promise<VendorServer & { objects: Map<string, S3Object> }> {
  const objects = new Map<string, S3Object>()

  function answer(request: VendorRequest): VendorAnswer {
    const [, bucket = '', key = ''] = /^\/([^/]+)\/(.+)$/.exec(request.path) ?? []
    if (request.method !== 'PUT' && request.method !== 'HEAD') return error(405, 'MethodNotAllowed', 'not allowed')
    const digest = request.headers['x-amz-content-sha256']
    if (digest === undefined) return error(400, 'InvalidRequest', 'Missing required header: x-amz-content-sha256')
    const region = options.buckets[bucket]
    if (region === undefined) return error(404, 'NoSuchBucket', 'The specified bucket does not exist')
    if (!String(request.headers.authorization).includes(`/${region}/s3/aws4_request`))
      return error(400, 'AuthorizationHeaderMalformed', `the region is wrong; expecting '${region}'`)
    const fault = signatureFault(request, { ...options, region, service: 's3' }, options.now())
    if (fault?.type === 'UnrecognizedClientException') return error(403, 'InvalidAccessKeyId', fault.message)
    if (fault) return error(403, 'SignatureDoesNotMatch', fault.message)
    if (digest !== createHash('sha256').update(request.body).digest('hex'))
      return error(400, 'XAmzContentSHA256Mismatch', 'The provided header does not match what was computed.')
    if (Buffer.byteLength(key) > MOST_KEY_BYTES) return error(400, 'KeyTooLongError', 'Your key is too long')
    return request.method === 'PUT' ? put(request, bucket, key) : head(bucket, key)
  }

  function put({ headers, body }: VendorRequest, bucket: string, key: string): VendorAnswer {
    if (headers['content-length'] === undefined) return error(411, 'MissingContentLength', 'Content-Length is needed')
    if (!isWithin(options.writable, bucket, key)) return error(403, 'AccessDenied', 'Access Denied')
    objects.set(`${bucket}/${key}`, {
      body: body.toString(),
      type: headers['content-type'] ?? 'binary/octet-stream',
      cacheControl: headers['cache-control'],
      at: options.now(),
    })
    return {
      status: 200,
      headers: { etag: `"${createHash('md5').update(body).digest('hex')}"` },
      body: Buffer.alloc(0),
    }
  }

  function head(bucket: string, key: string): VendorAnswer {
    const found = objects.get(`${bucket}/${key}`)
    if (!isWithin(options.readable, bucket, key)) return { status: 403, body: Buffer.alloc(0) }
    if (found === undefined) return { status: 404, body: Buffer.alloc(0) }
    return { status: 200, headers: { 'last-modified': new Date(found.at).toUTCString() }, body: Buffer.alloc(0) }
  }

  const server = await startVendorServer({
    answer,
    refuse: (failure) =>
      failure.kind === 'rate-limit'
        ? error(503, 'SlowDown', 'Please reduce your request rate.')
        : error(503, String(failure.code), failure.message ?? 'planned failure'),
  })
  return Object.assign(server, { objects })
}

function isWithin(allowed: string[] | undefined, bucket: string, key: string): boolean {
  return allowed === undefined || allowed.some((beginning) => `${bucket}/${key}`.startsWith(beginning))
}

function error(status: number, code: string, message: string): VendorAnswer {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(xml) }
}
