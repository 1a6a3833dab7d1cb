import { references } from '../../contracts/references.ts'
import { SECRET_ARN, SECRETS_UNDER } from '../stored-names.ts'
import type { Stored } from '../stored-secrets.ts'
import { readConfig } from './env.ts'
import type { Env } from './lambda.ts'
import { readParameters, readSecret, type StoreAccess } from './secret-stores.ts'

/**
 * Reads what an environment names in stores. Rejects only if the secret itself can't be read: nothing works without it. This module is
 * loaded by functions that keep something there alone.
 */
export async function readStored(env: Env, access: StoreAccess): Promise<Stored> {
  const { [SECRETS_UNDER]: path, [SECRET_ARN]: arn } = env
  const names = path === undefined ? [] : references(readConfig(env, env.LAMBDA_TASK_ROOT)).filter((name) => !env[name])
  const secret = arn === undefined || env.FENGHUO_SECRET ? undefined : readSecret(arn, access)
  const parameters = readParameters(path ?? '', names, access).then(
    (read): Stored => ({ ...read, unread: [] }),
    (error: unknown): Stored => ({ values: {}, missing: [], unread: names, reason: String(error) }),
  )
  const [FENGHUO_SECRET, stored] = await Promise.all([secret, parameters])
  return FENGHUO_SECRET === undefined ? stored : { ...stored, values: { ...stored.values, FENGHUO_SECRET } }
}
