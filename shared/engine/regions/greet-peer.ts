import { type PeerGreeting, peerGreeting } from '../../contracts/peer.ts'
import type { Instant } from '../../contracts/words.ts'

/** The answer to another region's greeting; undefined for whatever else is asked. */
export function greetingBack(asked: unknown, own: string, now: Instant): PeerGreeting | undefined {
  return peerGreeting.safeParse(asked).success ? { v: 1, kind: 'peer-greeting', from: own, at: now } : undefined
}

/**
 * Finds out whether a region's function `peer` answers, which a guard that runs out has to rely on. Resolves with how far its clock
 * is ahead of ours, ms, by at most as much as half of the way there and back. Rejects, with the reason, if there is no answer.
 */
export async function greetPeer(
  region: string,
  { own, now }: { own: string; now(): Instant },
  ask: (greeting: PeerGreeting) => Promise<unknown>,
): Promise<number> {
  const before = now()
  const answer = peerGreeting.safeParse(await ask({ v: 1, kind: 'peer-greeting', from: own, at: before }))
  const after = now()
  if (!answer.success) throw new Error('its function peer answers as no release does that greets')
  if (answer.data.from !== region) throw new Error(`${answer.data.from} answers in its place`)
  return Math.round(answer.data.at - (before + after) / 2)
}
