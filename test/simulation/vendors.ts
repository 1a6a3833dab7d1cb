import { aliyunIvr } from '../../shared/channels/aliyun-ivr/aliyun-ivr.ts'
import { connectKeys } from '../../shared/channels/connect/keys.ts'
import { readRecently } from '../../shared/delivery/recent-directory.ts'
import type { GatewayDeps } from '../../shared/delivery/vendors.ts'
import { ivrFetch } from './ivr-vendor.ts'
import type { Phones } from './phones.ts'
import type { Setting } from './setting.ts'
import type { Texts } from './texts.ts'
import type { Process } from './world.ts'

export const SECRET = 'simulated'

/** What people can be reached by. */
interface Vendors {
  setting: Setting
  texts: Texts
  phones(): Phones
}

/** The vendors of a world as a process of `page` reaches them. */
export function gatewayDeps(
  { setting, texts, phones }: Vendors,
  directoryOf: GatewayDeps['directory'],
  process: Process,
): GatewayDeps {
  const read = async (project: string) => {
    const directory = await directoryOf(project)
    return directory && { directory, problems: [] }
  }
  const route = (type: string) => ({
    type,
    keys: connectKeys,
    limits: { perSecond: 2 },
    rateKey: () => 'phones',
    place: (call: Parameters<Phones['place']>[0]) => phones().place(call, type, process),
    stop: (contactId: string) => phones().stop(contactId, process),
  })
  return {
    config: setting.config,
    directory: readRecently(
      { read },
      () => process.clock(),
      () => {},
    ),
    phoneHashOf: (phone) => `person-${phone}`,
    channels: { robot: texts.robot(process), texts: texts.texts(process), smtp: texts.mails(process) },
    voiceRoutes: { simulated: route('simulated'), second: route('second'), 'aliyun-ivr': aliyunIvr },
    env: {},
    fetch: ivrFetch(phones(), process),
    secret: SECRET,
    linkBase: undefined,
  }
}
