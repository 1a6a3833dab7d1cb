import type { Hold, Sighting } from '../contracts/alert.ts'
import type { Fact } from '../contracts/fact.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import type { Instant, Language, Severity } from '../contracts/words.ts'
import type { Needed } from '../oncall/plan.ts'
import type { NoticeKind } from './notice-kinds.ts'
import type { Muted, PauseCause } from './pause/pause.ts'
import type { Raised } from './raised.ts'

/** What a check is in. `partial`: up all in all, but not from everywhere. */
export const incidentStates = ['down', 'degraded', 'partial', 'unknown'] as const
export type IncidentState = (typeof incidentStates)[number]

/** A person as a message shows them. No number and no address: those are looked up when sending. */
export interface PersonName {
  contact: string
  name: string
}

/**
 * How an acknowledgement or an end came. `link`: one's own; `group-link`: one that a whole group has, where the name was picked.
 * `button`: of a card in a chat, which says who pressed it. `reply`: a text of theirs, by the number or id that it came from. `removed`: what
 * the incident is about is no longer checked. `unrenewed`: its sender has stopped repeating it. `calm`: no more has come of a storm.
 * `unproven`: who was to prove that they can be reached was not. `once`: it has happened and does not go on, so that its notice was its end.
 */
export type Via =
  | 'phone'
  | 'link'
  | 'group-link'
  | 'button'
  | 'reply'
  | 'cli'
  | 'console'
  | 'api'
  | 'system'
  | 'removed'
  | 'unrenewed'
  | 'calm'
  | 'unproven'
  | 'once'

/** What a person did, for `acknowledged` and `resolved`. */
export interface Action {
  at: Instant
  /** Absent: the system did it (recovery before anybody acknowledged). */
  by?: PersonName
  via: Via
  /** Of `phone`: the key that was pressed; absent: to answer was enough. */
  key?: string
  /** Of a group's link: who the same browser had been before, if that is another. */
  before?: PersonName
}

/** Who is missing of those who have to take it: so many people, or somebody of each of these roles. */
export type Missing = { count: number } | { roles: string[] }

/** An acknowledgement that ended though the incident goes on. `by`: who ended it, for what somebody did. */
export interface Lapse {
  action: Action
  why: 'expired' | 'snooze-over' | 'given-back' | 'escalated'
  by?: Action
}

/** An acknowledgement of an incident that has got worse since, and pages again. */
export interface Outgrown {
  action: Action
  /** The worst that it had been until then. */
  severity: Severity
}

/** How the tries to reach one person ended, for `exhausted`. */
export interface TriedPerson extends PersonName {
  /** How often their phone rang. */
  calls: number
  outcome: 'unanswered' | 'no-key' | 'busy' | 'failed' | 'not-placed' | 'unknown' | 'passed'
}

/** Everything a message about an incident may say. Pure data: the text is made by `shared/messages`. */
export interface Notice {
  kind: NoticeKind
  /** `project#generation#groupKey`. */
  incident: string
  /** The short number that can be said aloud. */
  number: number
  project: string
  projectTitle: string
  /** What broke, short: the check's title, or the alert's. */
  title: string
  /** What its sender says of it; empty where `fact` says it. */
  summary: string
  fact?: Fact
  severity: Severity
  /** It has been worse since it opened, and is escalated as that. */
  worst?: Severity
  /** Nobody took it in its time. */
  raised?: Raised
  /** From a check; absent for an alert from elsewhere. */
  state?: IncidentState
  source: string
  /** It goes on and off so often that it is held in its worse state. */
  flapping?: Hold
  /** Vantages that saw the trouble and cannot say otherwise now. */
  mute?: string[]
  /** For `resolved`: vantages that saw the trouble and never came back to see its end. */
  neverBack?: string[]
  openedAt: Instant
  /** When this state change happened. */
  at: Instant
  sightings: Sighting[]
  links: { href: string; text?: string }[]
  runbook?: string
  /** Who is being called now, for `opened`, `page`, `escalated`. */
  calling: PersonName[]
  /** Why nobody is paged, for `paused` and `pause-ends`; until when is `until`. */
  pause?: PauseCause
  /** They are reached by texts and mail alone: no phone rings. */
  withoutPhone?: true
  /**
   * Unless somebody acknowledges before, `next` is called then; of `sender-silent`, by when its sender was to be heard of; of a
   * pause, its end.
   */
  until?: Instant
  next: PersonName[]
  /** Of those, whose phone has not rung yet: the vendor refuses for now, and the call is still tried. */
  unplaced: PersonName[]
  /** What reaches them meanwhile. */
  meanwhile: PersonalReach[]
  acknowledged?: Action
  /** Where several have to take it: who has, and who is missing. */
  needed?: { needs: Needed; takers: Action[]; missing?: Missing }
  /** For `acknowledged` and `ack-ends`: when it pages again. */
  ackEndsAt?: Instant
  resolved?: Action
  /** Who closed it by hand, though it goes on: why it pages again. */
  closedTooSoon?: Action
  /** Who had taken it before it got worse: why it pages again. */
  outgrown?: Outgrown
  /** Who had it, and does not any more: why it pages again. */
  lapse?: Lapse
  /** For `exhausted`. */
  tried: TriedPerson[]
  rounds: number
  layers: number
  repeatAt?: Instant
  /** For `grown`: how many alerts have joined its group since the last notice of that. */
  joined?: number
  /** What is muted in its project. */
  muted?: Muted[]
  /** How many calls and texts went out, for `resolved` and `exhausted`. */
  calls: number
  texts: number
}

/** What only some notices say; the rest comes from the incident. */
export interface NoticeExtras {
  calling?: PersonName[]
  until?: Instant
  next?: PersonName[]
  rounds?: number
  layers?: number
  repeatAt?: Instant
  joined?: number
  muted?: Muted[]
}

/** Who gets a notice: a robot of the project, or one person by one of their channels. */
export type Recipient =
  | { chat: string }
  | { contact: string; name?: string; channel: 'sms' | 'email'; language?: Language }

/** What became of a message, by its vendor: one that is `waiting` was refused for now, and is tried again. */
export type DeliveryStatus = 'waiting' | 'sent' | 'failed' | 'unknown'
/** `arrived` and `not-arrived` are a carrier's words for a text that was sent. */
export type MessageStatus = DeliveryStatus | 'arrived' | 'not-arrived'
