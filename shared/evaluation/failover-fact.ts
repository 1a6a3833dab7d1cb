import type { Fact, FactOf } from '../contracts/fact.ts'

/** What is asked of a region beside its bots. */
export type RegionService = 'connect' | 'sqs' | 'dynamodb' | 'cloudwatch' | 'servicequotas'

/** What was found wrong in a region; its bots have the faults of a `lex` check. `of` is an ARN. */
export type RegionFault = FactOf<{
  /** No connection, or no answer in time. */
  'region-silent': { of: string; service: RegionService; error: string }
  'region-failed': { of: string; service: RegionService; status: number; said: string }
  'region-throttled': { of: string; service: RegionService }
  'region-not-allowed': { of: string; service: RegionService; said: string }
  'region-without': { of: string; service: RegionService; said: string }
  /** It takes messages, and nobody works on them: the oldest has waited for so long. */
  'queue-not-consumed': { of: string; ageMs: number }
  /** Messages wait, and nobody knows for how long. */
  'queue-age-unknown': { of: string; waiting: number; why?: Fact }
  'instance-not-active': { of: string; status: string }
  /** Its quota allows fewer calls at once than it has to carry. */
  'quota-too-low': { of: string; calls: number; needed: number }
}>

/** Why another region serves. */
export type FailoverReason = FactOf<{
  'region-faulty': { region: string; fault?: Fact }
  /** An earlier one has been well for so long. */
  'region-back': { region: string; forMs: number }
  /** It stands in the configuration no longer. */
  'region-unlisted': { region: string }
}>

/** What people are told of a failover. */
export type FailoverFact = FactOf<{
  'failover-elsewhere': { failover: string; from: string; to: string; why?: Fact }
  'failover-home': { failover: string; region: string }
  /** The region that was the last good one keeps serving. */
  'failover-none-well': { failover: string; keeps: string; faults: { region: string; fault?: Fact }[] }
  'failover-well-again': { failover: string; region: string }
}>
