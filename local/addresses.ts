import type { Queue } from './queues.ts'
import type { Sandboxes } from './sandboxes.ts'

type ByName = Record<string, string>

/** Where each vendor is reached, by the short name of its service; one that is the real vendor has none. */
export function vendorAddresses(sandboxes: Sandboxes, env: Record<string, string | undefined>): ByName {
  const all = {
    connect: sandboxes.connect?.url ?? env.AWS_ENDPOINT_URL_CONNECT,
    wecom: sandboxes.wecom?.url ?? env.FENGHUO_WECOM_URL,
    dingtalk: sandboxes.dingtalk?.url ?? env.FENGHUO_DINGTALK_URL,
    tencent: sandboxes.tencent?.url ?? env.FENGHUO_TENCENT_URL,
    smtp: sandboxes.smtp?.url,
  }
  const known = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(known)
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
