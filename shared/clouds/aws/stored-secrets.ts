import { type SecretAgain, type Store, type StoredIo, withStored } from '../stored-secrets.ts'
import type { Env, Handler, LambdaContext } from './lambda.ts'
import { credentialsOf } from './sigv4.ts'

/** Systems Manager's parameters and Secrets Manager, as a Lambda function reads them. */
const awsStores: Store<LambdaContext> = {
  // A link, or a job's address, that is signed with another secret leads nowhere.
  isRefusal: (answer) => [403, 404].includes(Object(answer).statusCode),
  leftMs: (context) => context.getRemainingTimeInMillis(),
  async read(env, _, until) {
    const { readStored } = await import('./read-stored.ts')
    return readStored(env, { env, credentials: credentialsOf(env), ...until })
  },
}

/** A Lambda function's handler, built from its environment together with what AWS's stores keep of it. */
export function withStoredSecrets(wire: (env: Env, secretAgain: SecretAgain) => Handler, io: StoredIo): Handler {
  return withStored(wire, awsStores, io)
}
