import type { Failure } from '../../shared/contracts/failure.ts'
import type { World } from './world.ts'

/** How a person takes a call. */
export type Habit =
  | 'no answer'
  | 'busy'
  | 'voicemail'
  | 'long voicemail'
  | 'presses 1'
  | 'presses 1 and hangs up'
  | 'presses 1 until it is heard'
  | 'presses 3 and 1'
  | 'presses 5 and 1'
  | 'hears it again and again'
  | 'presses 4'
  | 'presses 9'
  | 'silence'

/** A key that our function was told of; `none`: that nobody pressed any. */
export interface Press {
  key: string
  at: number
  /** What the call was about at that moment. */
  about: string[]
  /** What the flow was answered, if the function lived to answer. */
  result?: string
  /** When it reached us, where receipts bring it: some are late. */
  heardAt?: number
}

/** What a vendor does with a request. */
export type Mood = 'places' | 'throttles' | 'refuses' | 'loses the answer' | 'fails without calling'

/** How a voice route is dead: what it does with each request, and what whoever asks is told of that. */
export interface DeadRoute {
  mood: Mood
  failure: Failure
}

/** What a call is about. */
export interface About {
  incident: string
  step: number
}

export interface Ring {
  contactId: string
  route: string
  token: string
  phoneHash: string
  seq: number
  /** What we have called it, where the vendor's receipts bring that back: a call that asks nothing, and that nobody can stop. */
  outId?: string
  startedAt: number
  /** When the vendor's answer reached us, if it did. */
  toldAt?: number
  /** When somebody, or a voicemail, took it. */
  answeredAt?: number
  endedAt?: number
  stopped: boolean
  /** Its final status, where the vendor can be asked for it. */
  status?: string
  /** What the phone line said the call was about when it rang. */
  about: About[]
  /** What else waited for this person when the call was answered. */
  waited: About[]
  presses: Press[]
}

/** What phones and their vendors need of the world around them. */
export interface PhoneWorld {
  world: World
  habit(phoneHash: string): Habit
  mood(): Mood
  /** How the own route of a region is dead now, if it is. */
  dead?(): DeadRoute | undefined
  /** How long a vendor takes to answer, ms; the phone rings meanwhile, if it does. */
  answersAfter(ring: Ring | undefined): number
  lostEvents: number
  duplicatedEvents: number
  /** How long a key is on its way at most, ms. */
  keyDelayMs: number
  /** Of a request to stop a call, to be done or not without a word of it. */
  unconfirmedStops: number
  /** What the phone line holds at this moment: its call, what that is about, and what waits. */
  line(phoneHash: string): { seq: number; contactId?: string | undefined; about: About[]; waiting: About[] }
  /** Whether it is written down whose call a name is. */
  isNamed(outId: string): boolean
  /** Somebody, or a voicemail, has taken a call. */
  answered(): void
  /** A call is over. */
  ended(ring: Ring): void
  /** Delivers a contact event to the acknowledge function. */
  event(event: Record<string, unknown>): void
  /** Posts receipts to the acknowledge function. `unavailable`: it is to be posted again. Never settles when the function dies. */
  receipts(receipts: object[]): Promise<'taken' | 'unavailable'>
  /** Calls the acknowledge function as the contact flow does: what it answers, never if it dies. */
  flow(ring: Ring, parameters: Record<string, string>): Promise<{ result: string }>
}
