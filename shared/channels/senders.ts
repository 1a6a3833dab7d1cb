import type { Caller, Sender } from './channel.ts'
import { callers } from './registered/callers.ts'
import { senders } from './registered/senders.ts'

/** What sends for these types, by type; one that is no channel's is left out. */
export function sendersOf(types: Iterable<string>): Promise<Record<string, Sender>> {
  return loaded(senders, types)
}

/** What calls for these types, by type; one that is no voice route's is left out. */
export function callersOf(types: Iterable<string>): Promise<Record<string, Caller>> {
  return loaded(callers, types)
}

async function loaded<T>(table: Record<string, () => Promise<T>>, types: Iterable<string>): Promise<Record<string, T>> {
  const known = [...new Set(types)].flatMap((type) => {
    const load = table[type]
    return load === undefined ? [] : [load().then((one) => [type, one] as const)]
  })
  return Object.fromEntries(await Promise.all(known))
}
