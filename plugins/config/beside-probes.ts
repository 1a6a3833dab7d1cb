import { receiptQueuesAt } from '../../shared/channels/receipts/receipt-queues.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { ReceiptQueue } from '../../shared/contracts/receipt-queue.ts'
import { references } from '../../shared/contracts/references.ts'
import { type Environment, emptyIn, withVariables } from './environment.ts'
import type { FunctionDefinition } from './functions.ts'
import type { Lack } from './words.ts'

// What is deployed beside the probes of a cloud, where a channel of the configuration names the place.

export interface Prepared {
  lacks: Lack[]
  /** What the function reads, by its file. */
  file?: { path: string; queues: ReceiptQueue[] }
}

/** Whether a function is one of these: it has none of what probes have in their environment. */
export function isBesideProbes({ relays, collects }: FunctionDefinition): boolean {
  return relays !== undefined || collects !== undefined
}

/** Fills in what such a function needs at `place` (`cloud/region`); undefined: no channel wants it there. */
export function prepare(
  name: string,
  fn: FunctionDefinition,
  place: unknown,
  { channels }: Pick<CompiledConfig, 'channels'>,
  env: Record<string, string | undefined>,
  configFile: string,
): Prepared | undefined {
  if (fn.relays !== undefined)
    return isRelayedFrom(place, fn.relays, channels) ? { lacks: emptyIn(fn.environment ?? {}, name) } : undefined
  const queues = receiptQueuesAt(place, channels)
  if (queues.length === 0) return undefined
  const path = String(fn.environment?.FENGHUO_CONFIG)
  const { environment, missing } = withVariables(fn.environment ?? {}, references(queues), env)
  fn.environment = environment satisfies Environment
  fn.package = { ...fn.package, patterns: [...(fn.package?.patterns ?? []), path] }
  const lacks = missing.map(
    (variable): Lack => ({ code: 'variable', args: { name: variable, file: configFile, fn: name } }),
  )
  return { lacks, file: { path, queues } }
}

function isRelayedFrom(place: unknown, type: string, channels: CompiledConfig['channels']): boolean {
  return Object.values(channels).some((channel) => {
    const { relay } = Object(channel.settings)
    return channel.type === type && place !== undefined && Object(relay).at === place
  })
}
