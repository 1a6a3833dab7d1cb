import { ossBucket } from '../../shared/clouds/aliyun/oss-bucket.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { s3Bucket } from '../../shared/clouds/aws/s3-bucket.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { type Bucket, lastPut, putObject } from '../../shared/clouds/bucket.ts'
import { cosBucket } from '../../shared/clouds/tencent/cos-bucket.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import type { CompiledCopy } from '../../shared/contracts/status-page.ts'
import { type CopyStore, copyMaker } from '../../shared/engine/status/copies.ts'

/** A reader, and whoever stands between, may keep a copy for so long. */
const CACHE = 'max-age=60'

/** Variables that are not set are told of as what a bucket refuses. */
class NotConfigured extends Error {
  readonly code = 'not-configured'
}

/** What puts copies of status pages into their buckets: at AWS by the function's own rights, elsewhere by a key of its environment. */
export function statusCopies(
  config: Parameters<typeof copyMaker>[0],
  env: Env,
  now: () => number,
): ReturnType<typeof copyMaker> {
  const copies: CopyStore = {
    put: async (copy, { name, body, type }) => {
      const bucket = bucketOf(copy, env, now)
      if (copy.store && resolveReferences(copy.store, env).missing.length > 0)
        throw new NotConfigured(`not set: ${resolveReferences(copy.store, env).missing.join(', ')}`)
      await putObject({ key: copy.prefix + name, body, type, cacheControl: CACHE }, bucket)
    },
    lastPut: (copy, name) => lastPut(copy.prefix + name, bucketOf(copy, env, now)),
    urlOf: (copy) => bucketOf(copy, {}, now).urlOf(copy.prefix).href,
  }
  return copyMaker(config, copies)
}

/** The bucket of a copy; addresses that variables move are those of requests alone. */
function bucketOf({ store, bucket: name, region }: CompiledCopy, env: Env, now: () => number): Bucket {
  const moved = (endpoint: string | undefined) => (endpoint ? { endpoint } : {})
  if (store === undefined)
    return s3Bucket(name, { region, ...moved(env.AWS_ENDPOINT_URL_S3), credentials: () => credentialsOf(env), now })
  const { keyId, keySecret, cloud } = resolveReferences(store, env).value
  const key = { name, region, keyId, keySecret, now }
  return cloud === 'aliyun'
    ? ossBucket({ ...key, ...moved(env.FENGHUO_ALIYUN_URL) })
    : cosBucket({ ...key, ...moved(env.FENGHUO_TENCENT_URL) })
}
