import { type SecretAgain, withDoubted } from '../doubted-secret.ts'
import type { StoredIo } from '../stored-secrets.ts'
import type { Env, Handler } from './lambda.ts'
import { awsStores } from './stored-secrets.ts'

// A link, or a job's address, that is signed with another secret leads nowhere.
const isRefusal = (answer: unknown) => [403, 404].includes(Object(answer).statusCode)

/** The handler of a Lambda function that takes what was signed elsewhere, built as by `withStoredSecrets`. */
export function withDoubtedSecret(wire: (env: Env, secretAgain: SecretAgain) => Handler, io: StoredIo): Handler {
  return withDoubted(wire, { ...awsStores, isRefusal }, io)
}
