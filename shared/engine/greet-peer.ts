import { type PeerGreeting, peerGreeting } from '../contracts/peer.ts'

/** The answer to another region's greeting; undefined for whatever else is asked. */
export function greetingBack(asked: unknown, own: string): PeerGreeting | undefined {
  return peerGreeting.safeParse(asked).success ? { v: 1, kind: 'peer-greeting', from: own } : undefined
}

/** Finds out whether a region's function `peer` answers, which a guard that runs out has to rely on. Rejects, with the reason, if not. */
export async function greetPeer(
  region: string,
  own: string,
  ask: (greeting: PeerGreeting) => Promise<unknown>,
): Promise<void> {
  const answer = peerGreeting.safeParse(await ask({ v: 1, kind: 'peer-greeting', from: own }))
  if (!answer.success) throw new Error('its function peer answers as no release does that greets')
  if (answer.data.from !== region) throw new Error(`${answer.data.from} answers in its place`)
}
