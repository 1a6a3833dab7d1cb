import { type PeerGreeting, peerGreeting } from '../../contracts/peer.ts'
import type { Instant } from '../../contracts/words.ts'

/** Of the greetings that this release makes. */
const VERSION = 1

/** The answer to another region's greeting; undefined for whatever else is asked. */
export function greetingBack(asked: unknown, own: string, now: Instant): PeerGreeting | undefined {
  return peerGreeting.safeParse(asked).success ? { v: VERSION, kind: 'peer-greeting', from: own, at: now } : undefined
}

/** What another region's answer to a greeting tells. */
export interface Greeted {
  /** How far its clock is ahead of ours, ms, by at most as much as half of the way there and back. */
  aheadMs: number
  /** It says what this release does not know, or would say: it works, and was not deployed with this one. */
  isOfOtherRelease: boolean
}

/** What a greeting of this release holds. */
const KNOWN = Object.keys(peerGreeting.shape)

/**
 * Finds out whether a region's function `peer` answers, which a guard that runs out has to rely on. Rejects, with the reason, if there is
 * no answer.
 */
export async function greetPeer(
  region: string,
  { own, now }: { own: string; now(): Instant },
  ask: (greeting: PeerGreeting) => Promise<unknown>,
): Promise<Greeted> {
  const before = now()
  const answer = peerGreeting.safeParse(await ask({ v: VERSION, kind: 'peer-greeting', from: own, at: before }))
  const after = now()
  if (!answer.success) throw new Error('its function peer answers as no release does that greets')
  if (answer.data.from !== region) throw new Error(`${answer.data.from} answers in its place`)
  const { v, at } = answer.data
  const isOfOtherRelease = v !== VERSION || Object.keys(answer.data).some((key) => !KNOWN.includes(key))
  return { aheadMs: Math.round(at - (before + after) / 2), isOfOtherRelease }
}
