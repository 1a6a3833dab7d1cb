import { type Store, type StoredIo, withStored } from '../stored-secrets.ts'
import type { Env, Handler, LambdaContext } from './lambda.ts'
import { credentialsOf } from './sigv4.ts'

/** Systems Manager's parameters and Secrets Manager, as a Lambda function reads them. */
export const awsStores: Store<LambdaContext> = {
  leftMs: (context) => context.getRemainingTimeInMillis(),
  async read(env, _, until) {
    const { readStored } = await import('./read-stored.ts')
    return readStored(env, { env, credentials: credentialsOf(env), ...until })
  },
}

/** A Lambda function's handler, built from its environment together with what AWS's stores keep of it. */
export function withStoredSecrets(wire: (env: Env) => Handler, io: StoredIo): Handler {
  return withStored(wire, awsStores, io)
}
