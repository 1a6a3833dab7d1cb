import { canary } from '../contracts/peer.ts'
import { rejectionOf } from '../contracts/rejection.ts'
import type { Instant } from '../contracts/words.ts'
import type { EngineIo } from './io.ts'

/** Sends a canary on through the escalation queue. Its age is our queue's to tell, `takenAt`. Throws a `Rejection` for what is none. */
export async function takeCanary(body: unknown, takenAt: Instant, io: Pick<EngineIo, 'escalate'>): Promise<void> {
  const parsed = canary.safeParse(body)
  if (!parsed.success) throw rejectionOf('not-an-event', parsed.error.issues)
  await io.escalate({ ...parsed.data, at: takenAt }, 0)
}
