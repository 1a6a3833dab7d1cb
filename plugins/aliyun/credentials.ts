import { join } from 'node:path'
import { sectionOf } from '../provider/ini.ts'

export interface Credentials {
  accessKeyId: string
  accessKeySecret: string
  /** Of temporary keys. */
  securityToken?: string
  accountId: string
}

/** Where credentials are looked for. `read` gives a file's text, or undefined if it is not there. */
export interface Sources {
  env: Record<string, string | undefined>
  home: string
  read(file: string): Promise<string | undefined>
  /** `provider.accountId` of the configuration. */
  accountId?: string
}

/** No usable credentials: the message says where they were looked for and what is wrong there. */
export class CredentialsError extends Error {
  override name = 'CredentialsError'
}

type Keys = Omit<Credentials, 'accountId'>

/**
 * The access key of the environment (`ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET`,
 * `ALIBABA_CLOUD_SECURITY_TOKEN`), else of the vendor's command line (`~/.aliyun/config.json`), else of its SDKs
 * (`~/.alibabacloud/credentials`, or the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names); `ALIBABA_CLOUD_PROFILE` chooses
 * the profile in both files. The account's number is part of the API's host name and comes from `ALIBABA_CLOUD_ACCOUNT_ID`
 * or the configuration. The order is that of the vendor's SDKs.
 *
 * @throws {CredentialsError} naming everything that is missing
 */
export async function findCredentials(sources: Sources): Promise<Credentials> {
  const { env } = sources
  const accountId = env.ALIBABA_CLOUD_ACCOUNT_ID || sources.accountId
  const keys = ofEnvironment(env) ?? (await ofCommandLine(sources)) ?? (await ofSdkFile(sources))
  const missing: string[] = []
  if (!keys) {
    missing.push(
      'There is no access key: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (and ' +
        'ALIBABA_CLOUD_SECURITY_TOKEN for temporary keys), or run "aliyun configure", which writes ~/.aliyun/config.json.',
    )
  }
  if (!accountId) {
    missing.push(
      "The account's number is not known: set ALIBABA_CLOUD_ACCOUNT_ID, or provider.accountId in the configuration. " +
        'It is shown under the account picture of the console.',
    )
  } else if (!/^\d{5,20}$/.test(accountId)) {
    missing.push(`The account's number must be digits only, such as 1234567890123456, and is "${accountId}".`)
  }
  if (!keys || !accountId || missing.length > 0) throw new CredentialsError(missing.join('\n'))
  return { ...keys, accountId }
}

function ofEnvironment(env: Sources['env']): Keys | undefined {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = env
  if (!id && !secret) return undefined
  if (!id || !secret) {
    const [set, unset] = id
      ? ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET']
      : ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_ACCESS_KEY_ID']
    throw new CredentialsError(`${set} is set, but ${unset} is not.`)
  }
  return keysOf('of the environment', id, secret, env.ALIBABA_CLOUD_SECURITY_TOKEN, 'ALIBABA_CLOUD_SECURITY_TOKEN')
}

/** Ids of temporary keys begin so ("AssumeRole"): without their token no API takes them. */
const TEMPORARY = 'STS.'

function keysOf(
  where: string,
  accessKeyId: string,
  accessKeySecret: string,
  securityToken: string | undefined,
  tokenName: string,
): Keys {
  if (accessKeyId.startsWith(TEMPORARY) && !securityToken) {
    throw new CredentialsError(
      `The access key ${where} is a temporary one, which needs its token too: set ${tokenName}.`,
    )
  }
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) }
}

interface CommandLineProfile {
  name?: unknown
  mode?: unknown
  access_key_id?: unknown
  access_key_secret?: unknown
  sts_token?: unknown
}

/** The file is never quoted in an error: it holds secrets. */
async function ofCommandLine({ env, home, read }: Sources): Promise<Keys | undefined> {
  const file = join(home, '.aliyun', 'config.json')
  const text = await read(file)
  if (text === undefined) return undefined
  let config: { current?: unknown; profiles?: CommandLineProfile[] }
  try {
    config = JSON.parse(text)
  } catch {
    throw new CredentialsError(`${file} is not valid JSON.`)
  }
  const wanted = env.ALIBABA_CLOUD_PROFILE || config.current
  const profile = Array.isArray(config.profiles) ? config.profiles.find(({ name }) => name === wanted) : undefined
  if (!profile) {
    if (env.ALIBABA_CLOUD_PROFILE) return undefined
    throw new CredentialsError(`${file} has no profile "${wanted}", which it names as the current one.`)
  }
  if (profile.mode !== 'AK' && profile.mode !== 'StsToken') throw unusable(file, wanted, 'mode', profile.mode)
  return complete(file, wanted, profile.access_key_id, profile.access_key_secret, { sts_token: profile.sts_token })
}

async function ofSdkFile({ env, home, read }: Sources): Promise<Keys | undefined> {
  const file = env.ALIBABA_CLOUD_CREDENTIALS_FILE || join(home, '.alibabacloud', 'credentials')
  const text = await read(file)
  if (text === undefined) return undefined
  const wanted = env.ALIBABA_CLOUD_PROFILE || 'default'
  const section = sectionOf(text, wanted)
  if (!section) throw new CredentialsError(`${file} has no profile "${wanted}".`)
  if (section.type !== 'access_key' && section.type !== 'sts') throw unusable(file, wanted, 'type', section.type)
  return complete(file, wanted, section.access_key_id, section.access_key_secret, {
    security_token: section.security_token,
  })
}

/** `given` holds the token under the name that the file has for it. */
function complete(file: string, profile: unknown, id: unknown, secret: unknown, given: Record<string, unknown>): Keys {
  const [[tokenName = '', token] = []] = Object.entries(given)
  if (typeof id !== 'string' || typeof secret !== 'string' || !id || !secret) {
    throw new CredentialsError(`Profile "${profile}" in ${file} lacks access_key_id or access_key_secret.`)
  }
  return keysOf(
    `of profile "${profile}" in ${file}`,
    id,
    secret,
    typeof token === 'string' ? token : undefined,
    tokenName,
  )
}

function unusable(file: string, profile: unknown, key: string, value: unknown): CredentialsError {
  return new CredentialsError(
    `Profile "${profile}" in ${file} has ${key} "${value}", which needs another service to make keys of it. ` +
      'Set the keys of "aliyun sts AssumeRole" as ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ' +
      'ALIBABA_CLOUD_SECURITY_TOKEN.',
  )
}
