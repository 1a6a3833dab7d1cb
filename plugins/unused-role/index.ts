import { languageOf } from '../../shared/contracts/words.ts'

interface Serverless {
  service: { provider: { compiledCloudFormationTemplate: { Resources: Record<string, unknown> } } }
}

/** The role that the framework makes for functions without one of their own. */
const sharedRole = 'IamRoleLambdaExecution'

const sharing = {
  en: `A function has no iamRoleStatements and would run with ${sharedRole}`,
  zh: `有函数没有 iamRoleStatements，会以 ${sharedRole} 运行`,
}

/**
 * Takes the framework's shared role out of the template: serverless-iam-roles-per-function uses it as a model for each
 * function's own role and leaves it behind, allowed what all functions together need. Must be listed after that plugin.
 */
export default class UnusedRole {
  readonly hooks: Record<string, () => void>

  constructor(serverless: Serverless) {
    this.hooks = {
      'before:package:finalize': () => {
        const { Resources } = serverless.service.provider.compiledCloudFormationTemplate
        const { [sharedRole]: role, ...others } = Resources
        if (JSON.stringify(others).includes(`"${sharedRole}"`)) {
          throw new Error(sharing[languageOf(process.env)])
        }
        if (role) delete Resources[sharedRole]
      },
    }
  }
}
