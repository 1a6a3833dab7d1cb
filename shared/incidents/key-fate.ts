import type { FactOf } from '../contracts/fact.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'

/** What became of an alert that has no incident of its own. `key` is its dedup key, or the check's id. */
export type KeyFate = FactOf<{
  'never-came': { key: string; projects: string[] }
  /** Its end overtook it. */
  'resolved-first': { key: string; project: string; at: Instant }
  /** By its number. */
  'in-storm': { key: string; project: string; number: number; open: boolean }
  /** By what the alerts of its group have alike, as text. */
  'in-group': { key: string; project: string; number: number; by: string; open: boolean }
  'check-well': { key: string; verdict: VerdictWord }
  'check-waits': { key: string; on: string }
  'check-unseen': { key: string }
}>
