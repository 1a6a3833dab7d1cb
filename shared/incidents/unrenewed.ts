import { STORM_KEY } from '../contracts/storm.ts'
import type { Instant } from '../contracts/words.ts'
import type { Change, Incident } from './incident.ts'
import { resolve } from './life.ts'
import { tell } from './notices.ts'

/** What is on its way when a sender’s word runs out still counts: queues, retries and a clock that differs. */
const LATE_MS = 60_000

/** When a sender that should have repeated itself is taken for silent; undefined for one that need not, or is known to be. */
export function silentAt({ status, until, senderSilent }: Incident): Instant | undefined {
  return status === 'resolved' || until === undefined || senderSilent ? undefined : until + LATE_MS
}

/** Whether an incident joins alerts of which none goes on: the chat is told of it, and nobody is called. */
export function isStormOfNotices({ groupKey, endsUnrenewed }: Incident): boolean {
  return groupKey === STORM_KEY && endsUnrenewed === true
}

/**
 * Takes the sender of an incident for silent, as it has not repeated its alert in time: whether the trouble goes on is unknown. The
 * chat is told once, and the incident goes on, unless its sender is configured to be taken at its last word.
 */
export function fallSilent(incident: Incident, now: Instant): Change {
  const via = isStormOfNotices(incident) ? 'calm' : 'unrenewed'
  if (incident.endsUnrenewed) return resolve(incident, { at: now, via }, now)
  const next: Incident = { ...incident, senderSilent: true }
  const chats = incident.notified.filter((recipient) => 'chat' in recipient)
  return {
    incident: next,
    effects: [
      ...tell(next, 'sender-silent', now, chats),
      { type: 'timeline', entry: { at: now, generation: next.generation, kind: 'sender-silent' } },
    ],
  }
}
