import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { lastPut, putObject } from '../../shared/clouds/bucket.ts'
import { copyBucket } from '../../shared/clouds/copy-bucket.ts'
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
  const bucketOf = (copy: CompiledCopy, variables: Env) => copyBucket(copy, variables, () => credentialsOf(env), now)
  const copies: CopyStore = {
    put: async (copy, { name, body, type }) => {
      const bucket = bucketOf(copy, env)
      if (copy.store && resolveReferences(copy.store, env).missing.length > 0)
        throw new NotConfigured(`not set: ${resolveReferences(copy.store, env).missing.join(', ')}`)
      await putObject({ key: copy.prefix + name, body, type, cacheControl: CACHE }, bucket)
    },
    lastPut: (copy, name) => lastPut(copy.prefix + name, bucketOf(copy, env)),
    urlOf: (copy) => bucketOf(copy, {}).urlOf(copy.prefix).href,
  }
  return copyMaker(config, copies)
}
