import type { Alert, Hold, Sighting } from '../contracts/alert.ts'
import type { Arrival } from '../contracts/arrival.ts'
import type { CompiledPolicy } from '../contracts/compiled-config.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { Needed, Plan } from '../oncall/plan.ts'
import type { AckEnd } from './ack-end.ts'
import type { Attempt, CallOutcome } from './attempt.ts'
import type { Answer, Duty, Place } from './duty/duty.ts'
import type { EscalationAsked } from './escalation-asked.ts'
import type { Growth } from './growth.ts'
import type {
  Action,
  DeliveryStatus,
  IncidentState,
  Lapse,
  NoticeExtras,
  Outgrown,
  PersonName,
  Recipient,
  TriedPerson,
  Via,
} from './notice.ts'
import type { NoticeKind } from './notice-kinds.ts'
import type { Muted, Pause } from './pause/pause.ts'
import type { Raise, Raised } from './raised.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/**
 * An alert as it came to us. `endless`: its sender tells of no end, so once it is acknowledged the next one is a new incident.
 * `removed`, of a resolve: nothing has recovered, it is only no longer checked. `again`, of a trigger: nothing has happened since the last
 * one of this key, it only says that the trouble goes on. `unseen`, of a trigger: nobody sees the trouble now, so it tells of an open
 * incident and opens none.
 */
export type DatedAlert = Alert &
  Arrival & {
    endless?: boolean
    removed?: boolean
    again?: boolean
    unseen?: boolean
    /** Contacts who prove with it that they can be reached: it pages them alone, once, whatever pauses others. */
    proof?: string[]
    /** Of what is told once: who is, in place of the project's robots, whatever pauses others. */
    tells?: Recipient[]
    /** Of a group: so often people hear of who has joined it, ms. */
    gathersMs?: number
  } & Pick<Incident, 'mute' | 'neverBack'>

/**
 * What people work on: one item per (project, group key). A trigger on a resolved one starts the next generation in the same
 * item, so no pointer can dangle. Generation 0 stands for a resolve that came before its trigger.
 */
export interface Incident {
  project: string
  projectTitle: string
  groupKey: string
  generation: number
  /** The short number that can be said on the phone. */
  number: number
  status: 'open' | 'acknowledged' | 'resolved'
  title: string
  /** What its sender says of it; empty where `fact` says it. */
  summary: string
  fact?: Fact
  severity: Severity
  /** The worst severity since it opened, where that is not the present one. */
  worst?: Severity
  /** Nobody took it in its time: the least that it is until it is over. */
  raised?: Raised
  state?: IncidentState
  source: string
  component?: string
  group?: string
  class?: string
  labels?: Record<string, string>
  details?: Record<string, unknown>
  links: { href: string; text?: string }[]
  runbook?: string
  sightings: Sighting[]
  flapping?: Hold
  /** Vantages that saw the trouble and cannot say otherwise now; empty once they can. Present: people were told of it. */
  mute?: string[]
  /** Once it is over: vantages that saw the trouble and never came back to see its end. */
  neverBack?: string[]
  /** Its sender repeats its alert before then; absent for most. */
  until?: Instant
  /** It is over when its sender has not repeated it. */
  endsUnrenewed?: boolean
  /** It has happened and does not go on: it is over once the chat has been told. */
  once?: true
  /** Contacts who prove with it that they can be reached. */
  proof?: string[]
  /** Of what is told once: who is, in place of the project's robots, whatever pauses others. */
  tells?: Recipient[]
  /** Its sender has not: whether it goes on is unknown. */
  senderSilent?: true
  openedAt: Instant
  /** When we first heard of it; absent: when it began. */
  heardAt?: Instant
  /** When our queue took the newest alert that was applied: an older one, or the same, is late or repeated. */
  lastAlertAt: Instant
  /** Of a group: who has joined it, and how many of them people have heard of. */
  growth?: Growth
  /** What else is known of that alert's arrival. */
  lastAlert: Pick<Arrival, 'position' | 'source' | 'at'>
  acknowledged?: Action
  /** Where its policy wants several to take it: who has. */
  takers?: Action[]
  /** Who of them has taken that back: another region may still have their word. */
  givenBack?: Action[]
  /** When that ends by itself; absent: it lasts. */
  ackEnd?: AckEnd
  /** Why it pages again though somebody had it; absent once somebody takes it. */
  lapse?: Lapse
  /**
   * The incident, by its reference, that somebody has merged it into: it pages nobody while that one goes on. `region`: whose reference that
   * is, where it was merged in another one.
   */
  mergedInto?: { incident: string; number: number; by: string; region?: string }
  /** Its policy holds it, or did, and the chat has not been told of it yet: it is told then, be it over or taken by then. */
  heldUntil?: Instant
  /** Whom somebody has handed it to: they are paged before the policy's layers. */
  handedTo?: string[]
  /** The policy that somebody has handed it to, by its key: it pages in place of the project's. */
  handedToPolicy?: string
  /** The latest presses of a button, texts and requests by which it went on, was given back or was noted something of. */
  presses?: { once: string; at: Instant }[]
  resolved?: Action
  /** When it was last noted something of after its end. */
  notedAt?: Instant
  /** Who closed the generation before this one by hand, though its trouble went on. */
  closedTooSoon?: Action
  /** Who had taken it before it got worse than what they took; absent once somebody takes it again. */
  outgrown?: Outgrown
  /** Counts the incident's decisions, never reused, over all generations. */
  step: number
  escalation: Escalation
  /** Which of several regions pages it. */
  duty?: Duty
  /** Who was told of the problem, and is told of its end. */
  notified: Recipient[]
  calls: number
  texts: number
}
/** The version, and form, in which an incident is kept. */
export const incidentShape: Shape<Incident> = { current: 1 }

/** In place of a layer's number: everybody of every layer at once, which is tried again and again after exhaustion. */
export const EVERYBODY = -1

export interface Escalation {
  /**
   * `starting`, `next`: the queued step begins the first, or the next, layer. `layer`: one is under way. `notified`: this severity
   * only tells the chat, again at the deadline. `paused`: it pages nobody for now, as `pause` says. `guarded`: another region pages it, whose
   * word is waited for. `exhausted`: nobody answered in all rounds. `over`: acknowledged or resolved.
   */
  phase: 'starting' | 'layer' | 'next' | 'notified' | 'paused' | 'guarded' | 'exhausted' | 'over'
  /** From 0. After exhaustion rounds go on counting. */
  round: number
  /** From 0, or `EVERYBODY`. */
  layer: number
  /** When the phase ends by itself, or (`starting`, `next`) when its message must have been lost. */
  deadlineAt: Instant
  /** Contacts that each layer of this round was for, from the first one on. */
  reached?: string[][]
  /** How many layers the policy had when this one began. */
  layers?: number
  /** Of `layer`, `next` and `over`: the policy that it has followed since its first layer. */
  policy?: CompiledPolicy
  /** Who passed the last layer on by key, for the people told of the next one. */
  passedBy?: PersonName
  /** Who is called when this layer ends. */
  next: PersonName[]
  /** Robots that are being told of the opening or have been: whatever comes next is a change to them. */
  pending?: string[]
  /** Of `paused`. `warned`: the chat has heard that it ends soon. */
  pause?: Pause & { since: Instant; warned?: true }
  /** Of `guarded`: the layer that was reached is over. */
  isPassed?: true
  /** Of `next`: in the layer that is over no phone rang, for what is wrong with every voice route here. */
  isUnrung?: true
  /** Calls in a row, in the layers that are over, of whose answers none came: nobody knows of a phone that rang. */
  lost?: number
  /** Of `notified`: this severity tells nobody at all, so nothing is due. */
  isSilent?: true
  attempts: Attempt[]
  /** How often each phone of this layer is called. */
  calls: number
  /** What stops the phone: a key press, or (the seed's behaviour) an answered call. */
  acknowledgeOn: 'key' | 'answer'
  /** An acknowledgement ends after so long; absent: never. */
  ackExpiresMs?: number
  /** Who has to take it; absent: anybody alone. */
  needs?: Needed
  /** When it gets worse by itself; absent: never. */
  raise?: Raise
  /** Of `starting`: the layer that somebody asked for, from 0. */
  beginsAt?: number
  /** Everybody whose phone line was asked for a call, by HMAC. */
  people: Record<string, PersonName>
  /** How earlier layers went. */
  tried: TriedPerson[]
  exhaustedAt?: Instant
}

export type IncidentEvent =
  | { type: 'alert'; alert: DatedAlert; projectTitle: string; number?: number; place?: Place }
  /** `keepers`: how those who have it are reached without ringing, on duty or not. */
  | ({ type: 'step'; plan: Plan; pause?: Pause; muted?: Muted[]; keepers?: Recipient[] } & FromPeers)
  /** What another region says of its incident of this key. */
  | { type: 'news'; from: string; incident: Incident; place: Place; number?: number }
  /** A step message whose step has passed: it only delivers what is left. */
  | { type: 'stale' }
  /** Its sender may have fallen silent. */
  | { type: 'unrenewed' }
  /** Who has joined a group may have waited long enough. */
  | { type: 'grown' }
  | { type: 'call'; generation: number; phoneHash: string; step: number; outcome: CallOutcome; failure?: Failure }
  | { type: 'delivered'; effect: NoticeEffect; status: DeliveryStatus; failure?: Failure }
  /** What a carrier says of a text that its vendor had taken: without a failure it has arrived. */
  | { type: 'receipt'; effect: NoticeEffect; failure?: Failure }
  | {
      type: 'acknowledge'
      generation: number
      via: Via
      by?: PersonName
      before?: PersonName
      phoneHash?: string
      key?: string
      /** They want to hear of it again then. */
      until?: Instant
      once?: string
    }
  | { type: 'resolve'; generation: number; via: Via; by?: PersonName; once?: string }
  /** Whoever has it, or takes it with this, wants to hear of it again at a time. */
  | { type: 'snooze'; generation: number; via: Via; by: PersonName; until: Instant; once?: string }
  | { type: 'give-back'; generation: number; via: Via; by: PersonName; once?: string }
  | ({ type: 'escalate'; generation: number; via: Via; by: PersonName } & EscalationAsked)
  /** `number` is the other one's; `into` its reference. */
  | ({ type: 'merge'; generation: number; via: Via; by: PersonName; number: number } & (
      | { what: 'into'; into: string }
      | { what: 'out-of' }
    ))
  | { type: 'note'; generation: number; by: string; text: string; once?: string }

/** A message to one recipient. What it says is made of the incident when it is sent: an outbox of many must stay small. */
export interface NoticeEffect {
  type: 'notice'
  /** It may have been sent before: it says so. */
  repeat?: true
  kind: NoticeKind
  incident: string
  /** When the state change happened that it tells of. */
  at: Instant
  extras: NoticeExtras
  to: Recipient
}

/** What a step has found out of the other regions of a deployment. */
export interface FromPeers {
  /** Where this region stands among them. */
  place?: Place
  /** Of those that answered; absent: none was asked. */
  answers?: Answer<Incident>[]
  /** This region has perhaps been asleep: whoever else pages it goes on. */
  isLate?: boolean
  /** By this region's own canary. */
  isWell?: boolean
  /** For the incident that an answer opens, if one does. */
  number?: number
}

export type IncidentEffect =
  /** Tells a phone line that nobody needs to call about this incident any more. */
  | { type: 'cancel'; phoneHash: string; incident: string; step: number }
  /** Asks a person's phone line for a call, through the escalation queue. */
  | { type: 'call'; phoneHash: string; incident: string; step: number; severity: Severity }
  /** The next step or deadline, through the escalation queue. */
  | { type: 'step'; incident: string; step: number; at: Instant }
  | NoticeEffect
  /** Tells another region what has become of it, as it is when that is sent. */
  | { type: 'peer'; to: string; incident: string; step: number }
  /** Lets the short number be looked up; `endedAt`: from when on it need not be for ever. */
  | { type: 'number'; number: number; generation: number; endedAt?: Instant }
  /** Keeps a generation as it was when the next one took its place. */
  | { type: 'past'; incident: Incident }
  | { type: 'timeline'; entry: TimelineEntry }
  /** A line of the history of another incident, by its reference: that this one is merged into it, or is no more. */
  | { type: 'member'; of: string; entry: Extract<TimelineEntry, { kind: 'merged' }> }

/** A change of an incident: the new state and what follows from it. */
export interface Change {
  incident: Incident
  effects: IncidentEffect[]
}
