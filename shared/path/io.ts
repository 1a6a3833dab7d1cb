import type { EscalationMessage } from '../contracts/step.ts'
import type { Instant } from '../contracts/words.ts'
import type { DeskEffect, DeskEvent } from '../escalation/desk.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import type { Delivered, Entry } from '../state/machine.ts'
import type { Table } from '../state/table.ts'

/** What every function of the path works with. All of it is handed in. */
export interface PathIo {
  /** Incidents, timelines, desks, contacts of calls. */
  incidents: Table
  /** Vantage states and verdicts. */
  checks: Table
  now(): Instant
  /** A name that nobody has had before. */
  token(): string
  /** When this invocation is certainly over, UTC ms. */
  leaseUntil: Instant
  /** Sends to the escalation queue; `delayMs` at most 900,000. */
  escalate(message: EscalationMessage, delayMs: number): Promise<void>
  /** One line of structured log. Nothing secret, no phone number. */
  log(entry: Record<string, unknown>): void
  /** Only `page` has hands: it alone speaks to vendors. What others decide is left for it. */
  hands?: Hands
}

/** What reaches out of the path, to people. Rejections mean that nothing was done. */
export interface Hands {
  /** What a notice will need may be asked for while it is being written that it goes out, such as a robot's turn. */
  beforehand?(effect: NoticeEffect): void
  notice(effect: NoticeEffect, entry: Entry<NoticeEffect>, incident: Incident): Promise<Delivered<IncidentEvent>>
  dial(effect: Extract<DeskEffect, { type: 'dial' }>, uncertain: boolean): Promise<Delivered<DeskEvent>>
  stop(effect: Extract<DeskEffect, { type: 'stop' }>, tries: number): Promise<Delivered<DeskEvent>>
}

/** SQS's longest delay (SendMessage, DelaySeconds 0–900). */
export const MAX_DELAY_MS = 900_000

/** What every act of an invocation has in common. */
export function invocationOf(io: PathIo) {
  return {
    now: io.now,
    token: io.token,
    leaseUntil: io.leaseUntil,
    failed: (error: unknown) => io.log({ level: 'error', event: 'delivery failed', error: String(error) }),
  }
}
