import { createHash } from 'node:crypto'
import type { Bucket } from '../bucket.ts'
import { type ObjectStore, objectUrl } from './s3-object.ts'
import { signed } from './sigv4.ts'

/** A bucket of S3. It wants the body's digest said (S3 API reference, "Authenticating requests: using the Authorization header"). */
export function s3Bucket(name: string, store: ObjectStore): Bucket {
  return {
    name,
    urlOf: (key) => objectUrl(store, name, key),
    signed: ({ method, url, headers, body }) => {
      const all = { ...headers, 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') }
      return signed(
        { method, url, headers: all, body },
        { region: store.region, service: 's3' },
        store.credentials(),
        store.now(),
      )
    },
  }
}
