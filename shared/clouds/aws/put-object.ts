import { createHash } from 'node:crypto'
import { EMPTY_SHA256, type ObjectStore, objectUrl } from './s3-object.ts'
import { signed } from './sigv4.ts'

/** One answer has so long, its body included. */
const LIMIT_MS = 5_000

/** What S3 refuses for now may be asked for once more (S3 API reference, "Error responses": InternalError, SlowDown, 503). */
const TRIES = 2

/** What is put, and how browsers take it. */
export interface PutObject {
  bucket: string
  key: string
  body: string
  type: string
  cacheControl: string
}

/** Why S3 has not taken something: its own code for it, or `unreachable`. */
class PutFailure extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Puts an object into a bucket of S3, in place of the one before. Rejects with a `PutFailure`. */
export async function putObject(
  { bucket, key, body, type, cacheControl }: PutObject,
  store: ObjectStore,
): Promise<void> {
  const url = objectUrl(store, bucket, key)
  const content = Buffer.from(body)
  const headers = {
    'cache-control': cacheControl,
    'content-type': type,
    'x-amz-content-sha256': createHash('sha256').update(content).digest('hex'),
  }
  const scope = { region: store.region, service: 's3' }
  for (let tries = 1; ; tries++) {
    const all = signed({ method: 'PUT', url, headers, body: content }, scope, store.credentials(), store.now())
    const init = { method: 'PUT', headers: all, body: new Uint8Array(content), redirect: 'error' as const }
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) }).catch(() => undefined)
    if (answer?.ok) return void (await answer.arrayBuffer())
    const text = await answer?.text().catch(() => '')
    const isPassing = answer === undefined || answer.status >= 500
    if (isPassing && tries < TRIES) continue
    const code =
      /<Code>(\w+)<\/Code>/.exec(text ?? '')?.[1] ?? (answer === undefined ? 'unreachable' : `HTTP ${answer.status}`)
    throw new PutFailure(code, `S3 has not taken ${key} of ${bucket}: ${code}`)
  }
}

/** When an object was put last, UTC ms; undefined where nobody can tell. */
export async function lastPut(bucket: string, key: string, store: ObjectStore): Promise<number | undefined> {
  const url = objectUrl(store, bucket, key)
  const headers = { 'x-amz-content-sha256': EMPTY_SHA256 }
  const scope = { region: store.region, service: 's3' }
  const all = signed({ method: 'HEAD', url, headers, body: '' }, scope, store.credentials(), store.now())
  const init = { method: 'HEAD', headers: all, redirect: 'error' as const, signal: AbortSignal.timeout(LIMIT_MS) }
  const answer = await fetch(url, init).catch(() => undefined)
  const at = Date.parse(answer?.ok ? (answer.headers.get('last-modified') ?? '') : '')
  return Number.isNaN(at) ? undefined : at
}
