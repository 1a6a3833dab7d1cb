import type { FactOf } from '../contracts/fact.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import type { Severity } from '../contracts/words.ts'

/**
 * Why somebody whom a policy names is not among the people to reach. `contact` is somebody's name for people, but the directory's where
 * it has nobody; `schedule` is the directory's.
 */
export type PlanNote = FactOf<{
  /** A gap of the schedule: the step passes on. */
  'nobody-on-call': { schedule: string }
  /** The rotation has nobody but who is on call already. */
  'nobody-next': { schedule: string }
  'no-such-contact': { contact: string }
  /** It was handed to a policy that is not there any more, or by which nobody can be reached: the project's pages it. */
  'not-handed': { policy: string }
  /** It is their quiet hours, and it may wait. */
  'quiet-hours': { contact: string; window: string }
  'without-phone': { contact: string }
  'without-address': { contact: string }
  /** The layer says so: it has no channel for this severity. */
  'not-for-severity': { severity: Severity }
  /** They have taken it, or are none of those whose word is missing. */
  'not-missing': { contact: string }
  /** They have none of these channels, and no other that would do. */
  'not-reached-by': { contact: string; channels: PersonalReach[] }
}>
