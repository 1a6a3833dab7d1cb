import type { CompiledFailover } from '../contracts/compiled-config.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { Confirmed, RegionResult } from './confirmed.ts'
import type { FailoverFact, FailoverReason } from './failover-fact.ts'

/** What is known of a region. */
export interface RegionRecord extends Confirmed {
  /** When its bot was last spoken to and answered as it should; absent after anything else. */
  spokenAt?: Instant
}

/** Another region served from then on. */
export interface FailoverChange {
  at: Instant
  from: string
  to: string
  why: FailoverReason
}

/** Which region serves, and what is known of all. It changes only when something does: a quiet minute writes nothing. */
export interface FailoverState {
  serving: string
  since: Instant
  /** Absent: it has served from the beginning. */
  why?: FailoverReason
  regions: Record<string, RegionRecord>
  /** What people have been told of and is not over, and with which region serving. */
  notified: Partial<Record<FailoverTrouble, string>>
  /** The newest first. */
  history: FailoverChange[]
}

/** What people are told of: another than the first region serves; none is well. */
export type FailoverTrouble = 'elsewhere' | 'none-well'

/** The results of all regions. `began`: what served before anything was known, where the table says so. */
export interface FailoverEvent {
  rules: Pick<CompiledFailover, 'name' | 'regions' | 'confirm' | 'holdMs'>
  results: Record<string, RegionResult>
  began?: string
}

export interface FailoverEffect {
  type: 'alert'
  action: 'trigger' | 'resolve'
  trouble: FailoverTrouble
  fact: FailoverFact
}

export const failoverShape: Shape<FailoverState> = { current: 1 }
