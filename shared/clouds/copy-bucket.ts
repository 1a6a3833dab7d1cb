import { resolveReferences } from '../contracts/references.ts'
import type { CompiledCopy } from '../contracts/status-page.ts'
import { ossBucket } from './aliyun/oss-bucket.ts'
import type { Env } from './aws/lambda.ts'
import { s3Bucket } from './aws/s3-bucket.ts'
import type { Credentials } from './aws/sigv4.ts'
import type { Bucket } from './bucket.ts'
import { cosBucket } from './tencent/cos-bucket.ts'

/**
 * The bucket of a copy of a status page: at AWS by these credentials, elsewhere by a key of the environment. Addresses that variables move are
 * those of requests alone.
 */
export function copyBucket(
  { store, bucket: name, region }: CompiledCopy,
  env: Env,
  credentials: () => Credentials,
  now: () => number,
): Bucket {
  const moved = (endpoint: string | undefined) => (endpoint ? { endpoint } : {})
  if (store === undefined) return s3Bucket(name, { region, ...moved(env.AWS_ENDPOINT_URL_S3), credentials, now })
  const { keyId, keySecret, cloud } = resolveReferences(store, env).value
  const key = { name, region, keyId, keySecret, now }
  return cloud === 'aliyun'
    ? ossBucket({ ...key, ...moved(env.FENGHUO_ALIYUN_URL) })
    : cosBucket({ ...key, ...moved(env.FENGHUO_TENCENT_URL) })
}
