import { expect } from 'vitest'
import type { Peer } from '../../../shared/engine/regions/look-at-peers.ts'
import { checkRegions } from '../../../shared/engine/watch/check-regions.ts'
import type { MemoryTable } from '../../store/memory-table.ts'
import type { PathWorld } from '../world.ts'

/** A region, as it looks and is looked at. */
interface Region extends Pick<PathWorld, 'io'> {
  duty: MemoryTable
  isMute: boolean
  skewMs: number
  known(isOwn?: boolean): Omit<Peer, 'greet'>
  send(body: unknown): void
}

/** A minute's look of `region-health` at the other regions. */
export function lookAtPeers(own: Region, all: Region[]): Promise<void> {
  const { now, token, leaseUntil, log } = own.io()
  const others = all.filter((one) => one !== own)
  return checkRegions([], {
    ...{ now, token, leaseUntil, log, check: async () => expect.unreachable() },
    regions: Object.assign(own.duty, { servedBefore: async () => undefined }),
    peers: { table: own.duty, own: own.known(true), others: others.map((one) => peer(one, own)) },
    send: async (message) => own.send(JSON.parse(message)),
  })
}

/** A region as another one looks at it. */
function peer(of: Region, by: Region): Peer {
  return {
    ...of.known(),
    greet: async () => {
      if (of.isMute) throw new Error('fenghuo-prod-peer: HTTP 403 AccessDeniedException')
      return { aheadMs: of.skewMs - by.skewMs, isOfOtherRelease: false }
    },
  }
}
