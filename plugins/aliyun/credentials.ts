import { join } from 'node:path'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import { type Bilingual, inLines } from '../../shared/contracts/words.ts'
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
export class CredentialsError extends BilingualError {
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
  const missing: Bilingual[] = []
  if (!keys) {
    missing.push({
      en:
        'There is no access key: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (and ' +
        'ALIBABA_CLOUD_SECURITY_TOKEN for temporary keys), or run "aliyun configure", which writes ~/.aliyun/config.json.',
      zh:
        '没有 AccessKey：设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET（临时密钥还要 ' +
        'ALIBABA_CLOUD_SECURITY_TOKEN），或执行 aliyun configure，它会写 ~/.aliyun/config.json。',
    })
  }
  if (!accountId) {
    missing.push({
      en:
        "The account's number is not known: set ALIBABA_CLOUD_ACCOUNT_ID, or provider.accountId in the configuration. " +
        'It is shown under the account picture of the console.',
      zh: '不知道账号 ID：设置 ALIBABA_CLOUD_ACCOUNT_ID，或在配置里写 provider.accountId。控制台的头像下可以看到它。',
    })
  } else if (!/^\d{5,20}$/.test(accountId)) {
    missing.push({
      en: `The account's number must be digits only, such as 1234567890123456, and is "${accountId}".`,
      zh: `账号 ID 只能是数字，如 1234567890123456，而现在是“${accountId}”。`,
    })
  }
  if (!keys || !accountId || missing.length > 0) throw new CredentialsError(inLines(missing))
  return { ...keys, accountId }
}

function ofEnvironment(env: Sources['env']): Keys | undefined {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = env
  if (!id && !secret) return undefined
  if (!id || !secret) {
    const [set, unset] = id
      ? ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET']
      : ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_ACCESS_KEY_ID']
    throw new CredentialsError({
      en: `${set} is set, but ${unset} is not.`,
      zh: `设置了 ${set}，却没有设置 ${unset}。`,
    })
  }
  return keysOf(
    { en: 'of the environment', zh: '环境变量里' },
    id,
    secret,
    env.ALIBABA_CLOUD_SECURITY_TOKEN,
    'ALIBABA_CLOUD_SECURITY_TOKEN',
  )
}

/** Ids of temporary keys begin so ("AssumeRole"): without their token no API takes them. */
const TEMPORARY = 'STS.'

function keysOf(
  where: Bilingual,
  accessKeyId: string,
  accessKeySecret: string,
  securityToken: string | undefined,
  tokenName: string,
): Keys {
  if (accessKeyId.startsWith(TEMPORARY) && !securityToken) {
    throw new CredentialsError({
      en: `The access key ${where.en} is a temporary one, which needs its token too: set ${tokenName}.`,
      zh: `${where.zh}的 AccessKey 是临时的，还需要它的 token：设置 ${tokenName}。`,
    })
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
    throw new CredentialsError({ en: `${file} is not valid JSON.`, zh: `${file} 不是合法的 JSON。` })
  }
  const wanted = env.ALIBABA_CLOUD_PROFILE || config.current
  const profile = Array.isArray(config.profiles) ? config.profiles.find(({ name }) => name === wanted) : undefined
  if (!profile) {
    if (env.ALIBABA_CLOUD_PROFILE) return undefined
    throw new CredentialsError({
      en: `${file} has no profile "${wanted}", which it names as the current one.`,
      zh: `${file} 没有配置“${wanted}”，而它把它写作当前配置。`,
    })
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
  if (!section)
    throw new CredentialsError({ en: `${file} has no profile "${wanted}".`, zh: `${file} 没有配置“${wanted}”。` })
  if (section.type !== 'access_key' && section.type !== 'sts') throw unusable(file, wanted, 'type', section.type)
  return complete(file, wanted, section.access_key_id, section.access_key_secret, {
    security_token: section.security_token,
  })
}

/** `given` holds the token under the name that the file has for it. */
function complete(file: string, profile: unknown, id: unknown, secret: unknown, given: Record<string, unknown>): Keys {
  const [[tokenName = '', token] = []] = Object.entries(given)
  if (typeof id !== 'string' || typeof secret !== 'string' || !id || !secret) {
    throw new CredentialsError({
      en: `Profile "${profile}" in ${file} lacks access_key_id or access_key_secret.`,
      zh: `${file} 的配置“${profile}”缺少 access_key_id 或 access_key_secret。`,
    })
  }
  return keysOf(
    { en: `of profile "${profile}" in ${file}`, zh: `${file} 的配置“${profile}”` },
    id,
    secret,
    typeof token === 'string' ? token : undefined,
    tokenName,
  )
}

function unusable(file: string, profile: unknown, key: string, value: unknown): CredentialsError {
  const variables = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN']
  return new CredentialsError({
    en:
      `Profile "${profile}" in ${file} has ${key} "${value}", which needs another service to make keys of it. ` +
      `Set the keys of "aliyun sts AssumeRole" as ${variables.slice(0, 2).join(', ')} and ${variables[2]}.`,
    zh:
      `${file} 的配置“${profile}”的 ${key} 是“${value}”，要由别的服务换成密钥。` +
      `把 aliyun sts AssumeRole 得到的密钥设为 ${variables.join('、')}。`,
  })
}
