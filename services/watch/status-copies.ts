import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { lastPut, putObject } from '../../shared/clouds/aws/put-object.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { type CopyStore, copyMaker } from '../../shared/engine/status/copies.ts'

/** A reader, and whoever stands between, may keep a copy for so long. */
const CACHE = 'max-age=60'

/** What puts copies of status pages into their buckets, by the function's own rights. */
export function statusCopies(
  config: Parameters<typeof copyMaker>[0],
  env: Env,
  now: () => number,
): ReturnType<typeof copyMaker> {
  const { AWS_ENDPOINT_URL_S3: endpoint } = env
  const store = (region: string) => ({
    region,
    ...(endpoint && { endpoint }),
    credentials: () => credentialsOf(env),
    now,
  })
  const copies: CopyStore = {
    put: ({ bucket, region, prefix }, { name, body, type }) =>
      putObject({ bucket, key: prefix + name, body, type, cacheControl: CACHE }, store(region)),
    lastPut: ({ bucket, region, prefix }, name) => lastPut(bucket, prefix + name, store(region)),
  }
  return copyMaker(config, copies)
}
