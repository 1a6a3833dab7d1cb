import type { Backend } from '../provider/backend.ts'
import { movedAddress } from '../provider/moved.ts'
import { markOf, type Service, type Surroundings } from '../provider/service.ts'
import type { Connection } from './connection.ts'
import { findCredentials } from './credentials.ts'
import type { AliyunProviderDefinition } from './definition.ts'
import { fc2Backend } from './fc2.ts'
import { fc3Backend } from './fc3.ts'

/**
 * Finds the credentials and loads the SDK of the API that `provider.api` names; nothing is called yet. Throws a
 * `CredentialsError` for missing credentials, a `BilingualError` for an address that is none.
 */
export async function connect(
  service: Service<AliyunProviderDefinition>,
  around: Surroundings,
  secrets: readonly string[],
): Promise<Backend> {
  const { env, home, readText } = around
  const { accountId, api = '3.0' } = service.provider
  const credentials = await findCredentials({
    env,
    home,
    read: readText,
    ...(accountId === undefined ? {} : { accountId }),
  })
  const { accessKeySecret, securityToken = accessKeySecret } = credentials
  const movedTo = movedAddress(env, 'FENGHUO_ALIYUN_URL')
  const connection: Connection = {
    region: service.region,
    credentials,
    secrets: [...secrets, accessKeySecret, securityToken],
    ...(movedTo === undefined ? {} : { movedTo }),
  }
  const mark = markOf(service)
  return api === '2.0' ? fc2Backend(connection, mark, around) : fc3Backend(connection, mark, around)
}
