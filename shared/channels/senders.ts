import type { Sender } from './channel.ts'
import { senders } from './registered/senders.ts'

/** What sends for these types, by type; one that is not known is left out. */
export async function sendersOf(types: Iterable<string>): Promise<Record<string, Sender>> {
  const known = [...new Set(types)].flatMap((type) => {
    const load = senders[type]
    return load === undefined ? [] : [load().then((sender) => [type, sender] as const)]
  })
  return Object.fromEntries(await Promise.all(known))
}
