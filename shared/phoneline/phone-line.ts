import type { Failure } from '../contracts/failure.ts'
import type { KeyDecision } from '../contracts/phone-keys.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { CallOutcome } from '../incidents/attempt.ts'

/**
 * A person's phone line: who is being called, about which incidents, and which wait. One per phone number, across projects, so that
 * nobody ever has two calls at once and a storm is one call.
 */
export interface PhoneLine {
  phoneHash: string
  /** Counts this person's calls. `line:hash:seq` is a call's token at its vendor: a redelivery is the same call, a repeat a new one. */
  seq: number
  waiting: Request[]
  call?: LineCall
  /** The last calls that are over: a key pressed in one may reach us late, and still acknowledges. */
  past: { seq: number; incidents: string[]; contactId?: string; keyless?: true; snoozed?: true }[]
  /** Per incident, the last decision that was dialled for or called off: requests up to it are done with. */
  settled: Record<string, { step: number; at: Instant }>
}
/** The version, and form, in which a person's phone line is kept. */
export const phoneLineShape: Shape<PhoneLine> = { current: 1 }

/** A wish to be called about an incident, by its decision `step`. */
export interface Request {
  incident: string
  step: number
  /** As what the incident is escalated; absent: as the worst. */
  severity?: Severity
  /** The incident called off its request; whoever already listens still hears of it. */
  off?: boolean
  /** Since when it waits for another call to end. */
  since?: Instant
  /** The incident has heard that it waits. */
  waitTold?: boolean
}

/** What is particular to the calls of the route that placed one. */
export interface CallTraits {
  /**
   * Nobody can reach into it, to stop it or to have it tell of more: so long after it was placed it is certainly over, ms. Absent: it can
   * be stopped, and asks what to say.
   */
  lastsMs?: number
  /** It takes no keys: one that is told of all the same decides nothing. */
  keyless?: true
}

/** Of anything that has them, what is particular to the calls of its route. */
export function traitsOf({ lastsMs, keyless }: CallTraits): CallTraits {
  return { ...(lastsMs !== undefined && { lastsMs }), ...(keyless && { keyless }) }
}

export interface LineCall extends CallTraits {
  seq: number
  /**
   * `dialling`: the intent is written, the vendor is being asked. `throttled`: the vendor refused for now. `unknown`: the
   * vendor's answer was lost, it is never dialled again. `ended`: answered and over without a key, waiting for a key that was
   * just pressed; `untold`, for the word on whether it was answered, too.
   */
  phase: 'dialling' | 'throttled' | 'ringing' | 'unknown' | 'answered' | 'ended'
  about: Request[]
  since: Instant
  /** Of `ended`: nobody has told yet how it went. */
  untold?: true
  contactId?: string
  /** Which voice route placed it. */
  route?: number
  /** By a key. */
  decision?: KeyDecision
  /** The call was asked to stop; where no call can be stopped, its vendor was asked how it goes. */
  stopping?: boolean
  /** When the vendor was asked first. */
  askedAt: Instant
  /** While it is throttled: not to be asked again before. */
  againAt?: Instant
  /** The incidents have heard that it waits. */
  waitTold?: boolean
  /** When a look comes that waits on the queue for the end of the dialling: until then no other is sent for it. */
  guardedUntil?: Instant
}

export type PhoneLineEvent =
  /** Incidents ask for a call, or call off what they asked for; several at once. */
  | { type: 'requests'; of: Request[] }
  | { type: 'cancels'; of: Pick<Request, 'incident' | 'step'>[] }
  /** By the vendor's answer, or by a receipt that brings back the name which we gave the call. */
  | ({ type: 'dialled'; seq: number; contactId: string; route: number } & CallTraits)
  | { type: 'throttled'; seq: number; afterMs: number; failure: Failure }
  | { type: 'refused'; seq: number; failure: Failure }
  | ({ type: 'lost'; seq: number; failure: Failure } & CallTraits)
  | { type: 'withdrawn'; seq: number }
  | { type: 'stopped'; seq: number }
  /** `seq`: whose vendor's receipt brought back the name of the call. */
  | ({ type: 'connected'; contactId: string; seq?: number } & CallTraits)
  /**
   * `neverRang`: it was refused on its way to the phone. `untold`: it is over, and how it went is told apart. `endedAt`: when it was over, by
   * its vendor's clock: events come late.
   */
  | ({
      type: 'disconnected'
      contactId: string
      seq?: number
      answered: boolean
      endedAt?: Instant
      failure?: Failure
      neverRang?: true
      untold?: true
    } & CallTraits)
  | { type: 'answered'; seq: number; contactId: string }
  /** `key`: as it was pressed. */
  | ({ type: 'key'; seq: number; contactId: string; decision: KeyDecision; key?: string } & CallTraits)
  | { type: 'deadline'; seq: number }

export type PhoneLineEffect =
  /** Stops a call that may still ring; with `askedAt` it can't be stopped, and its vendor is asked how it goes. */
  | { type: 'stop'; seq: number; contactId: string; route: number; askedAt?: Instant }
  /** Places the call. `waited`: its incidents have heard that it is refused for now, so any route may take it. */
  | { type: 'dial'; phoneHash: string; seq: number; incidents: string[]; waited?: true }
  /** Remembers whose call a contact is, and reads the events that came before. */
  | { type: 'link'; phoneHash: string; seq: number; contactId: string }
  /** `until`: they have it no longer than that. */
  | { type: 'acknowledge'; phoneHash: string; incident: string; key?: string; until?: Instant }
  | { type: 'outcome'; phoneHash: string; incident: string; step: number; outcome: CallOutcome; failure?: Failure }
  /** Looks at the call again: the durable deadline behind its vendor's events. */
  | { type: 'deadline'; phoneHash: string; seq: number; at: Instant }
