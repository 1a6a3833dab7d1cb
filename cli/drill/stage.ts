import type { Instant, VerdictWord } from '../../shared/contracts/words.ts'
import type { Action } from '../../shared/incidents/notice.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'

/** What happens on a stage. `at` is UTC ms on the stage's clock; `call` is the vendor's id of a call. */
export type StageEvent = { at: Instant } & (
  | { type: 'target'; is: 'down' | 'up' }
  | { type: 'verdict'; verdict: VerdictWord }
  | { type: 'incident'; is: 'opened' | 'acknowledged' | 'resolved'; action?: Action }
  /** A thousand alerts of one project were sent; they have all come, most joined in one incident; they are over. */
  | { type: 'storm'; is: 'raging' | 'joined' | 'over' }
  /** The vendor was asked for a call. */
  | { type: 'ring'; call: string; phone: string }
  /** Somebody took the call, and is asked for a key. */
  | { type: 'listening'; call: string; phone: string }
  | { type: 'key'; call: string; phone: string; key: string }
  /** The vendor's event that the call is over was sent. */
  | { type: 'ended'; call: string; phone: string; reason: string }
  /** A vendor took a message. `to`: a phone number or mail address; absent for a robot. */
  | { type: 'arrived'; channel: string; to?: string }
  /** What a message told that has arrived. */
  | { type: 'message'; channel: string; to?: string; what: NoticeKind }
  /** Something went wrong that the path has to live with. */
  | { type: 'trouble'; trouble: Trouble }
)

/** What went wrong, with what a sandbox or an error said of it. */
export type Trouble =
  | { of: 'call'; to: string; reason: string }
  | { of: 'request'; operation: string; code: string; message: string }
  | { of: 'contact event'; reason: string }
  | { of: 'message'; channel: string; reason: string }
  | { of: 'function'; name: string; reason: string }
  | { of: 'rehearsal'; reason: string }

/** What a hand does with a phone; `acknowledge` presses the key for that. */
export type PhoneAction = 'no-answer' | 'answer' | 'hangup' | 'acknowledge'

/** What a rehearsal needs of where it is played: a path that runs, a service it watches, and phones at hand. */
export interface Stage {
  /** Tells of everything from now on; called once. */
  listen(listener: (event: StageEvent) => void): void
  /** Stops the service that is watched. */
  takeDown(): Promise<void>
  bringUp(): Promise<void>
  /** Sends the storm's alerts and one of another project, or their ends. */
  rage(action: 'trigger' | 'resolve'): Promise<void>
  /** Runs the checks once. Rejects when that failed. */
  probe(): Promise<void>
  /** Rejects when the phone is not in a state for that. */
  phone(call: string, action: PhoneAction): Promise<void>
  /** Queue messages that were given up. */
  deadLetters(): Promise<number>
}
