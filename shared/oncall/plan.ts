import type { PersonalReach } from '../contracts/reach.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { PlanNote } from './notes.ts'

/** Somebody who can be reached. `phone` is E.164. Further keys are those of channels: what a chat knows somebody by. */
export interface Contact {
  name: string
  phone?: string
  email?: string
  language?: Language
  [address: string]: string | undefined
}

/** A rotation of contacts. `handoff` is a wall-clock time in `timezone`, never an offset. */
export interface Schedule {
  rotation: string[]
  /** `Mon 10:00` is weekly, `10:00` daily. */
  handoff: string
  timezone: string
  /** The first one's first day, `YYYY-MM-DD`. */
  start: string
}

/** Somebody stands in. Wall-clock times in the schedule's zone: `YYYY-MM-DD HH:MM`. */
export interface Override {
  schedule: string
  contact: string
  from: string
  to: string
  note?: string
}

/** One row of the contacts table: all that a project's pages need. */
export interface Directory {
  contacts: Record<string, Contact>
  schedules: Record<string, Schedule>
  overrides: Override[]
  /** For an imported seed row, which has one string attribute per layer. */
  layers?: string[]
}

/** Who is to be reached at one layer, now. */
export interface PlannedTarget {
  contact: string
  name: string
  language: Language
  /** Channels to use at once. */
  channels: PersonalReach[]
  /** Further channels of this contact, in the order they take over when one fails. */
  fallback: PersonalReach[]
  /** HMAC of the phone number; absent without a phone. */
  phoneHash?: string
}

export interface PlannedLayer {
  targets: PlannedTarget[]
  calls: number
  ackTimeoutMs: number
  /** Why somebody of the policy is not among the targets. */
  notes: PlanNote[]
}

/** A policy resolved for one project, severity and time. */
export interface Plan {
  layers: PlannedLayer[]
  rounds: number
  repeatEveryMs: number
  acknowledgeOn: 'key' | 'answer'
  /** Keys of the configuration's channels. Empty: this severity tells no chat. */
  chat: string[]
  /** False: this severity only tells the chat, nobody is paged. */
  pages: boolean
  at: Instant
}
