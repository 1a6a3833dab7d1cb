import type { Backend } from '../provider/backend.ts'
import { movedAddress } from '../provider/moved.ts'
import { markOf, type Service, type Surroundings } from '../provider/service.ts'
import { apiOf } from './api.ts'
import { findCredentials } from './credentials.ts'
import type { TencentProviderDefinition } from './definition.ts'
import { ScfBackend } from './scf.ts'

const NAMESPACE = 'default'

/**
 * SCF in the service's region and namespace, with the credentials of this machine. Throws for credentials that are missing, and for
 * an address in `FENGHUO_TENCENT_URL` that is none.
 */
export async function connect(
  service: Service<TencentProviderDefinition>,
  around: Surroundings,
  secrets: readonly string[],
): Promise<Backend> {
  const key = await findCredentials(around)
  const movedTo = movedAddress(around.env, 'FENGHUO_TENCENT_URL')
  const api = apiOf({ region: service.region, key, ...(movedTo === undefined ? {} : { movedTo }) }, secrets, around)
  const namespace = service.provider.namespace ?? NAMESPACE
  return new ScfBackend(api, { region: service.region, namespace, mark: markOf(service) })
}
