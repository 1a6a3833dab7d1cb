import type { FactOf } from '../contracts/fact.ts'

/** Why a layer is over. */
export type LayerEnd = FactOf<{
  /** Every phone that rang has ended, and nobody took it. */
  unacknowledged: Record<string, never>
  /** Its time is up. */
  'ack-timeout': Record<string, never>
  'all-channels-failed': Record<string, never>
  /** No route of this region placed a call: another region calls them. */
  unrung: Record<string, never>
  /** Somebody passed it on by key; `name` as messages show them. */
  'passed-on': { name: string }
}>
