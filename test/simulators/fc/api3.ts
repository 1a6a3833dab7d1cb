import type { Account } from './account.ts'
import type { State3 } from './function3.ts'
import { find, functionArn, functionOperations } from './functions-api.ts'
import type { Operation } from './router.ts'
import { settingOperations } from './settings-api.ts'
import { tagOperations } from './tags-api.ts'
import { configAsText, triggerOperations } from './triggers-api.ts'
import { versionOperations } from './versions-api.ts'

/** Function Compute 3.0, the API of 2023-03-30. */
export function operations3(account: Account): Operation[] {
  const triggered = (name = '') => {
    const { triggers, versions } = find(account, name)
    return {
      triggers,
      arn: (qualifier: string) => functionArn(account, name, qualifier),
      checkQualifier: (qualifier: string) => void versions.resolve(qualifier, 1),
    }
  }
  const versioned = (name: string) => {
    const owner = find(account, name)
    return {
      versions: owner.versions,
      publish: (description: string) => owner.publish(description),
      retire: (state: State3) => owner.retire(state),
      boundTo: (qualifier: string) => owner.triggers.boundTo(qualifier),
    }
  }
  const names = { publish: 'PublishFunctionVersion', list: 'ListFunctionVersions', remove: 'DeleteFunctionVersion' }
  return [
    ...functionOperations(account),
    ...versionOperations(account, '/functions/{}', versioned, names),
    ...triggerOperations(account, '/functions/{}', triggered, configAsText),
    ...settingOperations(account),
    ...tagOperations(account),
  ]
}
