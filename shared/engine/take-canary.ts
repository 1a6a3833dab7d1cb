import { canary } from '../contracts/peer.ts'
import { rejectionOf } from '../contracts/rejection.ts'
import type { Instant } from '../contracts/words.ts'
import type { EngineIo } from './io.ts'

/**
 * Sends a canary on through the escalation queue. Its age, and which queue it came by, are ours to tell and not its sender's. Throws a
 * `Rejection` for what is none.
 */
export async function takeCanary(
  body: unknown,
  takenAt: Instant,
  { escalate, lanes }: Pick<EngineIo, 'escalate' | 'lanes'>,
): Promise<void> {
  const parsed = canary.safeParse(body)
  if (!parsed.success) throw rejectionOf('not-an-event', parsed.error.issues)
  const isOverflow = lanes !== undefined && lanes.overflow === undefined
  const { clock, ...sent } = parsed.data
  const aheadMs = clock === undefined ? 0 : Math.round(clock - takenAt)
  const noted = { ...(isOverflow && { of: 'overflow' as const }), ...(aheadMs !== 0 && { aheadMs }) }
  await escalate({ ...sent, at: takenAt, ...noted }, 0)
}
