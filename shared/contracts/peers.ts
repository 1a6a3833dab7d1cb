import type { PeerDuty, PeerMessage, PeerSilence } from './peer.ts'

/** Another region works, and refuses what it is asked. */
export class PeerRefusal extends Error {}

/** The other regions of a deployment, as `page`, `peer`, `acknowledge` and `console` reach them. */
export interface Peers {
  /** The same in all regions: what is sealed for another deployment is refused. */
  deployment: string
  readonly secret: string
  /** Asks for the secret anew, but seldom: what does not fit may have been sealed with a newer one. `secret` is what comes of it. */
  secretAgain?(): Promise<unknown>
  /** Puts a message on a region's escalation queue. Rejects unless that has it. */
  send(region: string, message: PeerMessage | PeerDuty | PeerSilence): Promise<void>
  /** Asks a region's function `peer`. Rejects without an answer; with a `PeerRefusal` where that refuses to give one. */
  ask(region: string, question: PeerMessage): Promise<unknown>
}
