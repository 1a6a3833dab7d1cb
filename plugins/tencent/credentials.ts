import { join } from 'node:path'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import { sectionOf } from '../provider/ini.ts'
import type { Surroundings } from '../provider/service.ts'

export interface Credentials {
  secretId: string
  secretKey: string
  /** Of temporary keys. */
  token?: string
}

type Sources = Pick<Surroundings, 'env' | 'home' | 'readText'>

/** Where the vendor's SDKs look if there is no file in the home folder (tencentcloud-sdk-nodejs, ProfileCredential). */
const OF_THE_MACHINE = '/etc/tencentcloud/credentials'

/**
 * The key in `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, for temporary keys, `TENCENTCLOUD_TOKEN`, which the vendor's
 * SDKs call `TENCENTCLOUD_SESSION_TOKEN`; else the profile `default` of `~/.tencentcloud/credentials` or
 * `/etc/tencentcloud/credentials`, as they do. Throws a `BilingualError` that names what is missing and quotes no value.
 */
export async function findCredentials({ env, home, readText }: Sources): Promise<Credentials> {
  const { TENCENTCLOUD_SECRET_ID: id, TENCENTCLOUD_SECRET_KEY: key } = env
  if (id && key) return keyOf(id, key, env.TENCENTCLOUD_TOKEN || env.TENCENTCLOUD_SESSION_TOKEN)
  if (id || key) {
    const [set, unset] = id ? ['SECRET_ID', 'SECRET_KEY'] : ['SECRET_KEY', 'SECRET_ID']
    throw new BilingualError({
      en: `TENCENTCLOUD_${set} is set, but TENCENTCLOUD_${unset} is not.`,
      zh: `设置了 TENCENTCLOUD_${set}，却没有设置 TENCENTCLOUD_${unset}。`,
    })
  }
  const own = join(home, '.tencentcloud', 'credentials')
  const ownText = await readText(own)
  const [file, text] = ownText === undefined ? [OF_THE_MACHINE, await readText(OF_THE_MACHINE)] : [own, ownText]
  if (text === undefined) {
    throw new BilingualError({
      en:
        'There is no key of Tencent Cloud: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_TOKEN ' +
        `for temporary keys), or write secret_id and secret_key under [default] into ${own}.`,
      zh:
        '没有腾讯云的密钥：设置 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY（临时密钥还要 TENCENTCLOUD_TOKEN），' +
        `或在 ${own} 的 [default] 下写上 secret_id 和 secret_key。`,
    })
  }
  const section = sectionOf(text, 'default')
  if (!section?.secret_id || !section.secret_key) {
    throw new BilingualError({
      en: `${file} has no secret_id and secret_key under [default].`,
      zh: `${file} 的 [default] 下没有 secret_id 和 secret_key。`,
    })
  }
  return keyOf(section.secret_id, section.secret_key, section.token)
}

function keyOf(secretId: string, secretKey: string, token: string | undefined): Credentials {
  return { secretId, secretKey, ...(token ? { token } : {}) }
}
