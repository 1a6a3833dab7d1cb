import { expect, it } from 'vitest'
import type { PeerAnswer, PeerMessage } from '../../../shared/contracts/peer.ts'
import { sealed } from '../../../shared/engine/regions/seal.ts'
import { twoRegions } from './regions-world.ts'

/** What a release before makes of a signed answer: it does not know since when a region can ring nobody. */
function asKnownBefore({ mac: _, held, ...said }: PeerAnswer, seal: (said: Omit<PeerAnswer, 'mac'>) => PeerAnswer) {
  if (held === undefined) return seal(said)
  const { duty, ...incident } = JSON.parse(held.state)
  const { muteAt, ...known } = duty ?? {}
  return seal({ ...said, held: { ...held, state: JSON.stringify({ ...incident, duty: known }) } })
}

it('a region of a release before hands back between two layers to one that can ring nobody, and gets it again at once', async () => {
  const { regions, a, b } = await twoRegions()
  const { peers } = b
  const ask = async (to: string, asking: PeerMessage) =>
    asKnownBefore((await peers.ask(to, asking)) as PeerAnswer, (said) => sealed<PeerAnswer>(said, a.peers))
  Object.defineProperty(b, 'peers', { value: { ...peers, ask } })
  regions.setPolicy({ rounds: 8 })
  a.places = Array.from({ length: 400 }, () => ({
    status: 'refused' as const,
    failure: { class: 'no-such-sender', vendor: 'connect', code: 'ResourceNotFoundException' } as const,
  }))
  await regions.alert('trigger')
  await regions.until('02:40')

  const duties = await b.duties()
  expect(duties.slice(0, 4)).toEqual([`${a.name} mute`, `${a.name} back`, `${a.name} mute`, `${a.name} back`])
  // Handing to and fro takes no time, and no layer is left out: both of them ring eight times.
  expect(b.called).toEqual(Array.from({ length: 8 }, () => ['lin', 'wang']).flat())
})
