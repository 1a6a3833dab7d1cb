import { readParameters, type StoreAccess } from '../../shared/clouds/aws/secret-stores.ts'
import type { Credentials } from '../../shared/clouds/aws/sigv4.ts'
import { SENDER_KEY, SENDER_KEY_SECRET } from '../../shared/clouds/stored-names.ts'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Environment } from './environment.ts'
import { faults, type Lack, type Note } from './words.ts'

/** Stands in the template as it is: no secret, and asked for by the template's own parameter. */
const NO_SECRETS = ['CONNECT_INSTANCE_ID']

/** The store is asked for so long before a deployment goes on without its answer, ms. */
const ASK_MS = 10_000

/**
 * The store of each cloud that has one, as `secrets` names it, and what stands between the beginning of its names and each one's own:
 * parameters of Systems Manager, secrets of Tencent's Secrets Manager (SSM), and of Alibaba's Key Management Service.
 */
const STORES: Record<string, { secrets: string; between: string }> = {
  aws: { secrets: 'ssm', between: '/' },
  tencent: { secrets: 'ssm', between: '-' },
  aliyun: { secrets: 'kms', between: '-' },
}

/** What of the Serverless Framework knows as whom it deploys, and where. */
export interface Deploying {
  getProvider(name: 'aws'): {
    getRegion(): string
    getAwsSdkV3Config(): Promise<{ credentials(): Promise<Credentials> }>
  }
}

/** Where a deployment keeps what its configuration refers to. */
export interface SecretStore {
  path: string
  /** What all names begin with. */
  prefix: string
  /** Names that a function reads there. */
  names: string[]
}

/**
 * What a function reads from its cloud's store: what its part of the configuration refers to and its environment has no value for, and on
 * the other clouds the secret half of the key that it sends with. Undefined: nothing, or all is in the environment.
 */
export function storeOf(
  cloud: string,
  environment: Environment,
  references: string[],
  { secrets, secretsPath: path }: { secrets?: string; secretsPath?: string },
): SecretStore | undefined {
  const { secrets: own, between } = STORES[cloud] ?? { secrets: 'environment', between: '' }
  if (secrets !== undefined && secrets !== own && secrets !== 'environment')
    throw new BilingualError(faults.wrongSecrets(secrets, own))
  const unset = references.filter((name) => environment[name] === undefined && !NO_SECRETS.includes(name))
  const sends = cloud !== 'aws' && environment[SENDER_KEY] ? [SENDER_KEY_SECRET] : []
  const names = [...unset, ...sends]
  if (secrets !== own || path === undefined || names.length === 0) return undefined
  return { path, prefix: `${path}${between}`, names }
}

/** What its role needs for that: just those parameters. AWS's own key decrypts for whoever may read a parameter of the account. */
export function readingStatement({ path, names }: SecretStore): object {
  return {
    Effect: 'Allow',
    Action: ['ssm:GetParameters'],
    Resource: names.map((name) => ({
      'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter${path}/${name}`,
    })),
  }
}

/**
 * Each parameter that is not there, with the command that puts it there. What can't be asked is told by `warn`: whoever
 * deploys need not be allowed to read parameters.
 */
export async function notThere(
  stores: Record<string, SecretStore>,
  region: string,
  deploying: Deploying,
  warn: (told: Note) => void,
): Promise<Lack[]> {
  const [path] = Object.values(stores).map((store) => store.path)
  if (path === undefined) return []
  const names = [...new Set(Object.values(stores).flatMap((store) => store.names))]
  try {
    const { missing } = await readParameters(path, names, await accessOf(deploying, region), false)
    return missing.map(
      (name): Lack => ({ code: 'parameter', args: { path, name, region, putting: putting(path, name, region) } }),
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    warn({ code: 'unknown-parameters', args: { path, names, reason } })
    return []
  }
}

/**
 * Asks as whoever deploys. The framework goes by `--aws-profile`, a stage's own variables and a profile before the environment's keys, which
 * may be of another account: what is read or made by these would not be where the stack is.
 */
export async function accessOf(deploying: Deploying, region: string): Promise<StoreAccess> {
  const { credentials: find } = await deploying.getProvider('aws').getAwsSdkV3Config()
  const credentials = await find()
  return { env: { ...process.env, AWS_REGION: region }, credentials, now: Date.now, deadline: Date.now() + ASK_MS }
}

/** How a parameter gets there, with the value from the shell's own environment. */
export function putting(path: string, name: string, region: string): `aws ${string}` {
  return `aws ssm put-parameter --region ${region} --type SecureString --overwrite --name ${path}/${name} --value "$${name}"`
}
