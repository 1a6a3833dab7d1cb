import type { Account } from './account.ts'
import { Fault } from './fault.ts'
import { asyncOperations2, functionOperations2 } from './functions2-api.ts'
import type { Operation } from './router.ts'
import type { Service, Snapshot } from './service.ts'
import { serviceOperations, serviceTagOperations } from './services-api.ts'
import { configAsObject, triggerOperations } from './triggers-api.ts'
import { versionOperations } from './versions-api.ts'

/** Function Compute 2.0, the API of 2016-08-15: services hold functions, and versions and aliases are the service's. */
export function operations2(account: Account): Operation[] {
  const { services } = account

  /** A service by its name alone: what changes it takes no qualifier. */
  function find(name: string): Service {
    const found = services.get(name)
    if (found) return found
    throw new Fault(404, 'ServiceNotFound', `service '${name}' does not exist`)
  }

  /** Of `svc.qualifier`. */
  function split(text: string): { service: Service; qualifier: string } {
    const [name = '', qualifier = 'LATEST'] = text.split('.')
    return { service: find(name), qualifier }
  }

  function arn(service: Service, name: string, qualifier: string): string {
    const { region, accountId } = account.owner
    return `acs:fc:${region}:${accountId}:services/${service.name}.${qualifier}/functions/${name}`
  }

  return [
    ...serviceOperations(account, find, split),
    ...functionOperations2(account, find, split),
    ...asyncOperations2(account, split, arn),
    ...serviceTagOperations(find),
    ...versionOperations(account, '/services/{}', versioned, {
      publish: 'PublishVersion',
      list: 'ListVersions',
      remove: 'DeleteVersion',
    }),
    ...triggerOperations(account, '/services/{}/functions/{}', triggered, configAsObject),
  ]

  function versioned(name: string) {
    const service = find(name)
    return {
      versions: service.versions,
      publish: (description: string) => service.publish(description),
      retire: (snapshot: Snapshot) => service.retire(snapshot),
      boundTo: (qualifier: string) =>
        [...service.functions.values()].flatMap(({ triggers }) => triggers.boundTo(qualifier)),
    }
  }

  function triggered(name = '', functionName = '') {
    const service = find(name)
    return {
      triggers: service.function(functionName).triggers,
      arn: (qualifier: string) => arn(service, functionName, qualifier),
      checkQualifier: (qualifier: string) => void service.functionAt(functionName, qualifier),
    }
  }
}
