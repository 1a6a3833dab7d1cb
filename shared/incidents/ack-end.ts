import type { Instant } from '../contracts/words.ts'

/** Whoever has it is reminded so long before their acknowledgement ends, or in its last quarter. */
const REMINDER_MS = 600_000

/** When an acknowledgement ends by itself: the incident then pages again. */
export interface AckEnd {
  at: Instant
  /** Who has it is reminded then; absent once they were, and for a snooze, which needs no reminder. */
  remindAt?: Instant
  snoozed?: true
}

/** What of an incident says whether it is acknowledged, and until when. */
interface Acknowledgeable {
  status: string
  ackEnd?: AckEnd | undefined
}

/** The end of an acknowledgement that a policy lets expire, ms after it was made. */
export function expiryOf(now: Instant, expiresMs: number): AckEnd {
  const at = now + expiresMs
  return { at, remindAt: at - Math.min(REMINDER_MS, Math.floor(expiresMs / 4)) }
}

/** When an acknowledged incident has something to do by itself. */
export function ackDueAt({ status, ackEnd }: Acknowledgeable): Instant | undefined {
  return status === 'acknowledged' ? (ackEnd?.remindAt ?? ackEnd?.at) : undefined
}

/**
 * Whether an acknowledged incident may be acknowledged once more, by whom ever: its end is near, or it is a snooze. One `until` that very
 * end is the same once more.
 */
export function isRenewable({ ackEnd }: Acknowledgeable, until?: Instant): boolean {
  return ackEnd !== undefined && ackEnd.remindAt === undefined && ackEnd.at !== until
}
