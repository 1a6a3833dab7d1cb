import type { Peers } from '../../shared/contracts/peers.ts'
import type { DutyRegions } from '../../shared/engine/regions/follow-duty.ts'
import type { Place } from '../../shared/incidents/duty/duty.ts'
import type { Process } from './world.ts'

/** Where a cloud is one region of several. */
export interface InRegion {
  place: Place
  /** How a function reaches the other regions. */
  peers(process: Process): Peers
  /** The other regions as its watch reads who has duty there; absent where nobody ever takes that by hand. */
  others?(process: Process): DutyRegions['others']
  /** How far its clocks are ahead, ms. */
  aheadMs: number
}
