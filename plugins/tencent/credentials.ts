import { join } from 'node:path'
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
 * `/etc/tencentcloud/credentials`, as they do. Throws an error that names what is missing and quotes no value.
 */
export async function findCredentials({ env, home, readText }: Sources): Promise<Credentials> {
  const { TENCENTCLOUD_SECRET_ID: id, TENCENTCLOUD_SECRET_KEY: key } = env
  if (id && key) return keyOf(id, key, env.TENCENTCLOUD_TOKEN || env.TENCENTCLOUD_SESSION_TOKEN)
  if (id || key) {
    const [set, unset] = id ? ['SECRET_ID', 'SECRET_KEY'] : ['SECRET_KEY', 'SECRET_ID']
    throw new Error(`TENCENTCLOUD_${set} is set, but TENCENTCLOUD_${unset} is not.`)
  }
  const own = join(home, '.tencentcloud', 'credentials')
  const ownText = await readText(own)
  const [file, text] = ownText === undefined ? [OF_THE_MACHINE, await readText(OF_THE_MACHINE)] : [own, ownText]
  if (text === undefined) {
    throw new Error(
      'There is no key of Tencent Cloud: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_TOKEN ' +
        `for temporary keys), or write secret_id and secret_key under [default] into ${own}.`,
    )
  }
  const section = sectionOf(text, 'default')
  if (!section?.secret_id || !section.secret_key) {
    throw new Error(`${file} has no secret_id and secret_key under [default].`)
  }
  return keyOf(section.secret_id, section.secret_key, section.token)
}

function keyOf(secretId: string, secretKey: string, token: string | undefined): Credentials {
  return { secretId, secretKey, ...(token ? { token } : {}) }
}
