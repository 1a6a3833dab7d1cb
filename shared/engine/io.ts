import type { Peers } from '../contracts/peers.ts'
import type { EscalationMessage } from '../contracts/step.ts'
import type { Instant } from '../contracts/words.ts'
import type { Gateway } from '../delivery/gateway.ts'
import type { Place } from '../incidents/duty/duty.ts'
import type { Said } from '../incidents/duty/said.ts'
import type { Silence } from '../incidents/pause/silence.ts'
import type { Marks } from '../store/canary.ts'
import type { StoreIo } from '../store/io.ts'
import type { ItemTable } from '../store/table.ts'

/** What every use case works with. All of it is handed in. */
export interface EngineIo extends StoreIo {
  /** A name that nobody has had before. */
  token(): string
  /** When this invocation is certainly over, UTC ms. */
  leaseUntil: Instant
  /** Sends to the escalation queue, or to that of subscribers what is for one; `delayMs` at most 900,000. */
  escalate(message: EscalationMessage, delayMs: number): Promise<void>
  /** Every silence as of a moment ago, for what begins; absent where few ask: they read the table. */
  silences?(): Promise<Silence[]>
  /** Where this region stands among those of the deployment; absent where it is alone. */
  place?: Place
  /** What was last said of duty by hand, as of a moment ago. */
  said?(): Promise<Said | undefined>
  /** What this region runs and seals with; only `page` says it, where there are several. */
  marks?: Marks
  /** The table of who has duty; absent where this region is alone. */
  regions?: ItemTable
  /** `page`, `peer`, `acknowledge` and `console` tell them; only `page` asks. */
  peers?: Peers
  /** Only `page` has one: it alone speaks to vendors. What others decide is left for it. */
  gateway?: Gateway
  /** Only `evaluate` has them: what is too much for now is put on a queue again. */
  lanes?: Lanes
}

/** Puts messages of alerts on a queue that leads to `evaluate`, with when ours first took them. Each rejects unless it has all of them. */
export interface Lanes {
  /** The events queue. */
  events(messages: string[], takenAt: Instant): Promise<void>
  /** The queue for what projects send above their storm limits; absent when it is this queue's messages that are being taken. */
  overflow?(messages: string[], takenAt: Instant): Promise<void>
  /** The minute of the epoch in which this instance last saw a project above its limit, by its name: it stays so until the minute is over. */
  aboveLimit?: Map<string, number>
}

/** Lambda stops a function within this of its time-out, ms. */
const LEASE_MARGIN_MS = 200

/** When an invocation that has so much time left is certainly over, UTC ms. */
export function leaseUntil(now: Instant, remainingMs: number): Instant {
  return now + remainingMs + LEASE_MARGIN_MS
}

/** SQS's longest delay (SendMessage, DelaySeconds 0–900). */
export const MAX_DELAY_MS = 900_000

/** The gateway by which a function calls and writes to people. Throws in a function without one: only `page` has it. */
export function gatewayOf({ gateway }: EngineIo): Gateway {
  if (gateway === undefined) throw new Error('This function does not speak to vendors')
  return gateway
}

/**
 * The part of `ApplyIo` that is the same for all machines in one invocation: its clock, tokens and lease, and the log of deliveries
 * that failed.
 */
export function invocationOf(io: EngineIo) {
  return {
    now: io.now,
    token: io.token,
    leaseUntil: io.leaseUntil,
    failed: (error: unknown) => io.log({ level: 'error', event: 'delivery failed', error: String(error) }),
  }
}
