import { deleteParameter, readParameter } from '../../shared/clouds/aws/secret-stores.ts'
import { languageOf } from '../../shared/contracts/words.ts'
import { type Configured, load } from '../config/load.ts'
import { accessOf, type Deploying } from '../config/secrets.ts'
import { keepOwnSecret } from './keep.ts'
import { say } from './words.ts'

/** What CloudFormation names the secret of an earlier version by, and Secrets Manager the copy of that in another region. */
const MADE_BY_A_STACK = ':secret:Secret-'

/** What this plugin uses of the Serverless Framework. */
interface Serverless extends Configured, Deploying {
  service: {
    service: string
    provider: { stage?: string }
    custom: { config: string; ownSecret: string; secretArn?: string }
  }
}

interface Writers {
  log: { warning(text: string): void; notice(text: string): void }
}

/**
 * Makes the deployment's secret before the stack that reads it, since CloudFormation makes no `SecureString`, and takes it away after the
 * stack. Where `secretArn` names another one there is nothing to do.
 */
export default class OwnSecretPlugin {
  readonly hooks: Record<string, () => Promise<void>>

  constructor(serverless: Serverless, _options: object, { log }: Writers) {
    const keep = async () => {
      const { service, provider, custom } = serverless.service
      const language = languageOf(process.env)
      if (custom.secretArn) {
        if (custom.secretArn.includes(MADE_BY_A_STACK)) log.warning(say.mayGo(custom.secretArn)[language])
        return
      }
      const region = serverless.getProvider('aws').getRegion()
      const { regions: { order = [] } = {} } = await load(serverless)
      const secret = {
        parameter: custom.ownSecret,
        reader: `${service}-${provider.stage}-page`,
        region,
        regions: order,
      }
      try {
        const kept = await keepOwnSecret(secret, (one) => accessOf(serverless, one))
        if (kept.kind !== 'there') log.notice(say[kept.kind]({ ...secret, from: '', ...kept })[language])
      } catch (error) {
        throw new serverless.classes.Error(say.failed(secret, reasonOf(error))[language], 'FENGHUO_SECRET')
      }
    }
    const remove = async () => {
      const { custom } = serverless.service
      if (custom.secretArn) return
      const region = serverless.getProvider('aws').getRegion()
      const secret = { parameter: custom.ownSecret, region }
      try {
        const access = await accessOf(serverless, region)
        if ((await readParameter(secret.parameter, access)) !== undefined)
          await deleteParameter(secret.parameter, access)
      } catch (error) {
        log.warning(say.stays(secret, reasonOf(error))[languageOf(process.env)])
      }
    }
    this.hooks = { 'before:deploy:deploy': keep, 'after:remove:remove': remove }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
