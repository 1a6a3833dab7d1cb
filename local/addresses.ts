import type { Descriptor } from '../shared/channels/channel.ts'
import { channels } from '../shared/channels/registered/channels.ts'
import { voiceRoutes } from '../shared/channels/registered/voice-routes.ts'
import type { Queue } from './resources.ts'
import type { Sandboxes } from './sandboxes.ts'

type ByName = Record<string, string>

/** What other tools call a vendor: the part of its variable that names it, `wecom` of FENGHUO_WECOM_URL; without one, the type. */
export function vendorName({ type, url }: Pick<Descriptor<unknown>, 'type' | 'url'>): string {
  return url?.variable.replace(/^FENGHUO_|^AWS_ENDPOINT_URL_|_URL$/g, '').toLowerCase() ?? type
}

/** Where each vendor is reached, by its name; one that is the real vendor has none. */
export function vendorAddresses({ running }: Sandboxes, env: Record<string, string | undefined>): ByName {
  const all = [...Object.values(channels), ...Object.values(voiceRoutes)].flatMap((descriptor): [string, string][] => {
    const address = running.get(descriptor.type)?.url ?? (descriptor.url && env[descriptor.url.variable])
    return address ? [[vendorName(descriptor), address]] : []
  })
  return Object.fromEntries(all)
}

/** Queue URLs and table names by what they are called in short: `EventsQueue` → `events`, `EventsDlq` → `eventsDlq`. */
export function resourceAddresses(
  queues: Record<string, Queue>,
  tables: Record<string, { name: string }>,
): { queues: ByName; tables: ByName } {
  return {
    queues: Object.fromEntries(Object.entries(queues).map(([id, queue]) => [shortName(id), queue.url])),
    tables: Object.fromEntries(Object.entries(tables).map(([id, table]) => [shortName(id), table.name])),
  }
}

function shortName(id: string): string {
  const name = id.replace(/(Queue|Table)$/, '')
  return name.charAt(0).toLowerCase() + name.slice(1)
}
