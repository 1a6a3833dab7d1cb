import type { Delivered } from '../../contracts/machine.ts'
import type { PeerDuty, PeerMessage } from '../../contracts/peer.ts'
import type { Peers } from '../../contracts/peers.ts'
import type { Said } from '../../incidents/duty/said.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { EngineIo } from '../io.ts'
import { dutyWordOf, wordOf } from './seal.ts'

/** A region that does not take a word is tried again after so long, doubled from try to try, and at last once a minute. */
const AGAIN_MS = 2_000
const LONGEST_PAUSE_MS = 60_000

/** About a day: then it is for people to take the region out of the order. */
const MOST_TRIES = 1_450

type Of = Pick<PeerMessage, 'from' | 'to' | 'at'>

/** Says to another region what an incident is now. */
export function sendWord(to: string, tries: number, incident: Incident, io: EngineIo): Promise<Delivered<never>> {
  return send(to, tries, (of, peers) => wordOf(incident, of, peers), io)
}

/** Says to another region what somebody has said of duty. */
export async function tellDuty(
  to: string,
  tries: number,
  said: Said | undefined,
  io: EngineIo,
): Promise<Delivered<never>> {
  if (said === undefined) return { status: 'done' }
  return send(to, tries, (of, peers) => dutyWordOf(said, of, peers), io)
}

async function send(
  to: string,
  tries: number,
  wordFor: (of: Of, peers: Peers) => PeerMessage | PeerDuty,
  { place, peers, now, log }: EngineIo,
): Promise<Delivered<never>> {
  // It is no region of the deployment any more.
  if (peers === undefined || !place?.order.includes(to)) return { status: 'done' }
  try {
    await peers.send(to, wordFor({ from: place.own, to, at: now() }, peers))
    return { status: 'done' }
  } catch (error) {
    const isLast = tries >= MOST_TRIES
    log({ level: isLast ? 'error' : 'warn', event: 'region not told', region: to, reason: String(error) })
    return isLast ? { status: 'done' } : { status: 'later', afterMs: Math.min(AGAIN_MS * 2 ** tries, LONGEST_PAUSE_MS) }
  }
}
