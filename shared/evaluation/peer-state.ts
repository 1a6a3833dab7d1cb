import type { Fact } from '../contracts/fact.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { Confirmed, RegionResult } from './confirmed.ts'
import type { OwnFact } from './own-fact.ts'

/** What people are told of another region: it is not well; it runs another version, and works. */
export type PeerTrouble = 'unwell' | 'other-version'

/** What was seen of another region. `otherVersion`: what that runs, or that it is what runs here; absent: nobody knows. */
export interface PeerSeen extends RegionResult {
  otherVersion?: OwnFact | 'none'
}

/** What is known of another region, and what people have been told of it that is not over. */
export interface PeerRecord extends Confirmed {
  /** Since when it is what it is. */
  since: Instant
  otherVersion?: { fact: Fact; since: Instant }
  told: Partial<Record<PeerTrouble, string>>
}

/** Another region became well, or faulty, and why. */
export interface PeerChange {
  at: Instant
  region: string
  is: Confirmed['is']
  why?: Fact
}

/** How the other regions are. It changes only when something does: a quiet minute writes nothing. */
export interface PeersState {
  regions: Record<string, PeerRecord>
  /** The newest first. */
  history: PeerChange[]
}

export const peersShape: Shape<PeersState> = { current: 1 }

/** Every other region of the deployment, as it was seen in this minute. */
export type PeersEvent = Record<string, PeerSeen>

/** People are to hear of a trouble, or of its end. */
export interface PeerEffect {
  type: 'alert'
  action: 'trigger' | 'resolve'
  trouble: PeerTrouble
  region: string
  fact: OwnFact
}
