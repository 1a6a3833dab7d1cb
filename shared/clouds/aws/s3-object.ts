import { serviceAddress } from './service-address.ts'
import { type Credentials, signed } from './sigv4.ts'

/** Of a mail no more is read: attachments come last. In bytes. */
const MOST_BYTES = 1_000_000

/** One answer has so long, its body included. */
const LIMIT_MS = 3_000

/** Of an empty body; S3 wants it said (S3 API reference, "Authenticating requests: using the Authorization header"). */
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export interface ObjectStore {
  region: string
  /** Takes the place of S3's own address; the bucket is the first part of the path there. */
  endpoint?: string
  credentials(): Credentials
  now(): number
}

/** Where an object is asked for: by the host of its bucket, or below an address that is moved. */
export function objectUrl(
  { region, endpoint }: Pick<ObjectStore, 'region' | 'endpoint'>,
  bucket: string,
  key: string,
): URL {
  const base = endpoint ? `${endpoint}/${bucket}` : serviceAddress(`${bucket}.s3`, region)
  return new URL(`${base}/${key.split('/').map(encodeURIComponent).join('/')}`)
}

/** Reads the beginning of an object of S3. Rejects for anything but a success. */
export function objectFetcher(store: ObjectStore): (bucket: string, key: string) => Promise<Buffer> {
  const { region, credentials, now } = store
  return async (bucket, key) => {
    const url = objectUrl(store, bucket, key)
    const headers = { 'x-amz-content-sha256': EMPTY_SHA256, range: `bytes=0-${MOST_BYTES - 1}` }
    const request = { method: 'GET', url, headers, body: '' }
    const all = signed(request, { region, service: 's3' }, credentials(), now())
    const answer = await fetch(url, { headers: all, redirect: 'error', signal: AbortSignal.timeout(LIMIT_MS) })
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (answer.ok) return bytes
    throw new Error(`S3 answered ${answer.status} ${bytes.toString().slice(0, 200)}`)
  }
}
