import type { Fact } from '../../contracts/fact.ts'
import type { PeerEffect, PeersEvent, PeersState } from '../../evaluation/peer-state.ts'
import { peerTroubles } from '../../evaluation/peer-troubles.ts'
import { ownAlert } from './own-alert.ts'
import type { Effects } from './table.ts'

/** The effects of how other regions are: alerts of the `fenghuo` project, by the events queue as those of anybody else. */
export const peersEffects: Effects<PeerEffect, PeersState, PeersEvent, { send(message: string): Promise<void> }> = {
  alert: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver({ action, trouble, region, fact }, { decidedAt }, _, { send }) {
      const { severity, key } = peerTroubles[trouble]
      const of = { key: `${key}-${region}`, component: region, class: trouble }
      await send(ownAlert({ action, severity, fact: fact as Fact, ...of }, decidedAt))
      return { status: 'done' }
    },
  },
}
