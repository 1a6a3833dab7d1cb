import type { CompiledPolicy } from '../contracts/compiled-config.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import type { Instant, Language, Severity } from '../contracts/words.ts'
import type { HandoffDuty } from './handoff-duty.ts'
import type { PlanNote } from './notes.ts'

/** Somebody who can be reached. `phone` is E.164. Further keys are those of channels: what a chat knows somebody by. */
export interface Contact {
  name: string
  phone?: string
  /** Called in their order once `phone` has rung in vain, or failed. E.164. */
  otherPhones?: string[]
  email?: string
  language?: Language
  /** Their own order of channels for a severity. */
  channels?: OwnChannels
  /** At most so many calls, texts or mails in a time, such as `4/1h`: all but the first of what never waits. */
  atMost?: Partial<Record<PersonalReach, string>>
  /** Windows in which only what never waits rings or texts them, by `timezone` and `holidays`. */
  quiet?: string[]
  /** IANA name; absent: that of the configuration. */
  timezone?: string
  /** Calendars that say what `workdays` and `offdays` of `quiet` are. */
  holidays?: string[]
  [address: string]: string | string[] | OwnChannels | Partial<Record<PersonalReach, string>> | undefined
}

type OwnChannels = Partial<Record<Severity, PersonalReach[]>>

/** Who takes turns, and when they hand over. Wall-clock times in the layer's zone, never an offset. */
export interface Rotation {
  /** Turns in their order; the people of one turn are on call together. */
  rotation: (string | string[])[]
  /** `Mon 10:00` is weekly, `10:00` daily; `parseHandoff` knows all forms. */
  handoff: string
  /** The first turn's first day, `YYYY-MM-DD`. */
  start: string
  /** Only then anybody is on call by it: windows such as `Mon-Fri 09:00-18:00`. Absent: always. */
  during?: string[]
  /** It counts from then on, `YYYY-MM-DD HH:MM`. Absent: it always has. */
  from?: string
  /** It counts until then. Absent: for good. */
  until?: string
}

/** One of several rotations of a schedule, with a zone and holidays of its own if they differ. */
export interface Layer extends Rotation {
  timezone?: string
  holidays?: string[]
}

interface ScheduleBase {
  timezone: string
  /** Whoever has no layer with anybody on call goes on to the first of these contacts and schedules that has. */
  then?: string[]
  /** The calendars that say what `workdays` and `offdays` are. */
  holidays?: string[]
  /** What is done at each hand-off to other people. */
  atHandoff?: HandoffDuty[]
  /** Who finishes a shift that a change of the rotation would have taken from them; only in the table. */
  keep?: { contacts: string[]; until: Instant }
}

/** One rotation, or layers of them: the first that has anybody is on call. */
export type Schedule = ScheduleBase & (Rotation | { layers: Layer[] })

/** When an override counts: wall-clock times in the schedule's zone, `YYYY-MM-DD HH:MM`. */
interface Spell {
  from: string
  to: string
  note?: string
  /** Who made it where; absent: it is one of oncall.yml. */
  made?: { id: string; by: string; at: Instant }
}

/** `contact` stands in for everybody on call, or for one person: `for`. */
export type StandIn = Spell & { schedule: string; contact: string; for?: string }

/**
 * What is otherwise for a while: somebody stands in, is on call as well (`add`), is not (`remove`), two people swap their turns, or
 * somebody is away from every schedule, in each by its own zone.
 */
export type Override =
  | StandIn
  | (Spell & { schedule: string; add: string })
  | (Spell & { schedule: string; remove: string })
  | (Spell & { schedule: string; swap: [string, string] })
  | (Spell & { away: string })

/** The days on which a calendar differs from Monday to Friday. */
export interface CalendarDays {
  /** The last day that it knows, `YYYY-MM-DD`. */
  until: string
  /** Days off, `YYYY-MM-DD`. */
  off: string[]
  /** Saturdays and Sundays on which people work. */
  working: string[]
}

/** What says who is on call. */
export interface Roster {
  schedules: Record<string, Schedule>
  overrides: Override[]
  calendars?: Record<string, CalendarDays>
}

/** One row of the contacts table: all that a project's pages need. */
export interface Directory extends Roster {
  contacts: Record<string, Contact>
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
  /** How often this phone is called, where its route is to be asked less often than the layer has it. */
  calls?: number
  /** Further numbers of theirs, in the order in which they are called after the first. */
  others?: PlannedNumber[]
}

/** A number of somebody's: its HMAC, and how often it is called where that is less than the layer has it. */
export interface PlannedNumber {
  phoneHash: string
  calls?: number
}

export interface PlannedLayer {
  targets: PlannedTarget[]
  /** Robots that are told from this layer on, beside those before it. */
  chat?: string[]
  /** It pages nobody: robots are told, and have its time. */
  tellsOnly?: true
  calls: number
  ackTimeoutMs: number
  /** Absent: as the plan has it. */
  acknowledgeOn?: 'key' | 'answer'
  /** Why somebody of the policy is not among the targets. */
  notes: PlanNote[]
}

/** A layer, from 0, that only tells robots which none before it has told. */
export interface LaterRobots {
  layer: number
  chat: string[]
  afterMs: number
}

/** Who has to take an incident: so many people, or somebody of each role, which is a contact or a schedule. */
export type Needed = { count: number } | { roles: { name: string; people: string[] }[] }

/** A policy resolved for one project, severity and time. */
export interface Plan {
  layers: PlannedLayer[]
  rounds: number
  repeatEveryMs: number
  /** What only robots hear of is told again this often; absent: as usual. */
  remindEveryMs?: number
  acknowledgeOn: 'key' | 'answer'
  /** An acknowledgement ends after so long, ms; absent: never. */
  ackExpiresMs?: number
  /** Who has to take it; absent: anybody alone. */
  needs?: Needed
  /** What nobody takes for so long is as bad as the next worse severity, ms; absent: never. */
  raiseAfterMs?: number
  /** Robots that are told from the first layer on: keys of the configuration's channels. Empty: none. */
  chat: string[]
  /** Where nobody is paged: the layers that bring in further robots, each so long after the one before. */
  later?: LaterRobots[]
  /** False: this severity only tells the chat, nobody is paged. */
  pages: boolean
  at: Instant
  /** What it was made of, with a layer before it for those whom the incident was handed to. */
  policy?: CompiledPolicy
}
