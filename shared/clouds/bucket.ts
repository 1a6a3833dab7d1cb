import type { Instant } from '../contracts/words.ts'

/** One answer has so long, its body included. */
const LIMIT_MS = 5_000

/** What a store refuses for now may be asked for once more (S3's, OSS's and COS's error responses: all of 500 and above). */
const TRIES = 2

/** A request to a bucket as it is to be signed. Header names are in lower case. */
export interface BucketRequest {
  method: 'PUT' | 'HEAD'
  url: URL
  key: string
  headers: Record<string, string>
  body: Buffer
}

/** A bucket of a cloud, with the right to write into it. */
export interface Bucket {
  name: string
  /** Where an object is. */
  urlOf(key: string): URL
  /** The request's headers and those that sign it; `host` and the content's length are the sender's to set. */
  signed(request: BucketRequest): Record<string, string>
}

/** A bucket of Alibaba Cloud or Tencent Cloud, and who signs requests to it. */
export interface CloudBucket {
  name: string
  region: string
  keyId: string
  keySecret: string
  /** Takes the place of the cloud's own address; the bucket is the first part of the path there. */
  endpoint?: string
  now(): Instant
}

/** What is put, and how browsers take it. */
export interface PutObject {
  key: string
  body: string
  type: string
  cacheControl: string
}

/** Why a bucket has not taken something: its cloud's own code for it, or `unreachable`. */
class PutFailure extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Puts an object into a bucket, in place of the one before. Rejects with a `PutFailure`. */
export async function putObject({ key, body, type, cacheControl }: PutObject, bucket: Bucket): Promise<void> {
  const url = bucket.urlOf(key)
  const content = Buffer.from(body)
  const headers = { 'cache-control': cacheControl, 'content-type': type }
  for (let tries = 1; ; tries++) {
    const all = bucket.signed({ method: 'PUT', url, key, headers, body: content })
    const init = { method: 'PUT', headers: all, body: new Uint8Array(content), redirect: 'manual' as const }
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }).catch(() => undefined)
    const text = await answer?.text().catch(() => '')
    if (answer?.ok) return
    const isPassing = answer === undefined || answer.status >= 500
    if (isPassing && tries < TRIES) continue
    const code =
      /<Code>(\w+)<\/Code>/.exec(text ?? '')?.[1] ?? (answer === undefined ? 'unreachable' : `HTTP ${answer.status}`)
    throw new PutFailure(code, `the bucket ${bucket.name} has not taken ${key}: ${code}`)
  }
}

/** When an object was put last, UTC ms; undefined where nobody can tell. */
export async function lastPut(key: string, bucket: Bucket): Promise<number | undefined> {
  const url = bucket.urlOf(key)
  const headers = bucket.signed({ method: 'HEAD', url, key, headers: {}, body: Buffer.alloc(0) })
  const init = { method: 'HEAD', headers, redirect: 'manual' as const, signal: AbortSignal.timeout(LIMIT_MS) }
  const answer = await fetch(url, init).catch(() => undefined)
  const at = Date.parse(answer?.ok ? (answer.headers.get('last-modified') ?? '') : '')
  return Number.isNaN(at) ? undefined : at
}
