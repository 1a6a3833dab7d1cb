import type { PeerDuty, PeerMessage } from './peer.ts'

/** The other regions of a deployment, as `page`, `peer`, `acknowledge` and `console` reach them. */
export interface Peers {
  /** The same in all regions: what is sealed for another deployment is refused. */
  deployment: string
  secret: string
  /** Puts a message on a region's escalation queue. Rejects unless that has it. */
  send(region: string, message: PeerMessage | PeerDuty): Promise<void>
  /** Asks a region's function `peer`. Rejects without an answer. */
  ask(region: string, question: PeerMessage): Promise<unknown>
}
