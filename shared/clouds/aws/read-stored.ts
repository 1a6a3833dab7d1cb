import { references } from '../../contracts/references.ts'
import { SECRET, SECRET_ARN, SECRETS_UNDER } from '../stored-names.ts'
import type { Stored } from '../stored-secrets.ts'
import { readConfig } from './env.ts'
import type { Env } from './lambda.ts'
import { type Parameters, readParameters, readSecret, type StoreAccess } from './secret-stores.ts'

/**
 * Reads what an environment names in stores, the secret by a call of its own: what is wrong with another name is not its trouble. This
 * module is loaded by functions that keep something there alone.
 */
export async function readStored(env: Env, access: StoreAccess): Promise<Stored> {
  const { [SECRETS_UNDER]: path, [SECRET_ARN]: arn } = env
  const names = path === undefined ? [] : references(readConfig(env, env.LAMBDA_TASK_ROOT)).filter((name) => !env[name])
  const secret =
    arn === undefined || env[SECRET]
      ? NOTHING
      : read(
          [SECRET],
          readSecret(arn, access).then((value) => ({ values: { [SECRET]: value }, missing: [] })),
        )
  const parameters = read(names, readParameters(path ?? '', names, access))
  const [first, second] = await Promise.all([secret, parameters])
  const reasons = [first.reason, second.reason].filter((reason) => reason !== undefined)
  return {
    values: { ...first.values, ...second.values },
    missing: second.missing,
    unread: [...first.unread, ...second.unread],
    ...(reasons.length > 0 && { reason: reasons.join('; ') }),
  }
}

const NOTHING: Stored = { values: {}, missing: [], unread: [] }

/** What was read of these names, or why nothing was. */
function read(names: string[], reading: Promise<Parameters>): Promise<Stored> {
  return reading.then(
    (found): Stored => ({ ...found, unread: [] }),
    (error: unknown): Stored => ({ values: {}, missing: [], unread: names, reason: String(error) }),
  )
}
