import { createHmac } from 'node:crypto'
import type { PeerAnswer, PeerDuty, PeerMessage, PeerSilence } from '../../contracts/peer.ts'
import type { Peers } from '../../contracts/peers.ts'
import { isSameSecret } from '../../contracts/same-secret.ts'
import type { Said } from '../../incidents/duty/said.ts'
import { type Incident, incidentShape } from '../../incidents/incident.ts'
import { type Silence, silenceShape } from '../../incidents/pause/silence.ts'
import { held, stateIn } from '../../store/shape.ts'

/** What bears a seal. */
export type Sealed = PeerMessage | PeerAnswer | PeerDuty | PeerSilence
type Sealing = Pick<Peers, 'deployment' | 'secret'>

/** An incident as it is said to another region. */
export function wordOf(
  incident: Incident,
  { from, to, at }: Pick<PeerMessage, 'from' | 'to' | 'at'>,
  sealing: Sealing,
): PeerMessage {
  return sealed({ v: 1, kind: 'peer', from, to, at, held: held(incident, incidentShape) }, sealing)
}

/** What somebody has said of duty, as it is said to another region. */
export function dutyWordOf(
  said: Said,
  { from, to, at }: Pick<PeerDuty, 'from' | 'to' | 'at'>,
  sealing: Sealing,
): PeerDuty {
  // In the order of its schema: the seal is over its text, and whoever takes it has it in that order.
  const { at: saidAt, by, region, until } = said
  const inOrder = { at: saidAt, by, ...(region !== undefined && { region }), ...(until !== undefined && { until }) }
  return sealed({ v: 1, kind: 'peer-duty', from, to, at, said: inOrder }, sealing)
}

/** A silence as it is said to another region. */
export function silenceWordOf(
  silence: Silence,
  { from, to, at }: Pick<PeerSilence, 'from' | 'to' | 'at'>,
  sealing: Sealing,
): PeerSilence {
  return sealed({ v: 1, kind: 'peer-silence', from, to, at, held: held(silence, silenceShape) }, sealing)
}

/** A message of ours to another region, with what proves that it is. */
export function sealed<M extends Sealed>(message: Omit<M, 'mac'>, sealing: Sealing): M {
  return { ...message, mac: macOf(message as Omit<PeerMessage, 'mac'>, sealing) } as M
}

/** Whether a message was sealed by a region of this deployment; compared in constant time. */
function isGenuine({ mac, ...message }: Sealed, sealing: Sealing): boolean {
  return isSameSecret(mac, macOf(message as Omit<PeerMessage, 'mac'>, sealing))
}

/** The same by the secret as it is now: one that does not fit is asked for anew, and what does not fit that either is nobody's of ours. */
export async function isGenuineNow(message: Sealed, peers: Peers): Promise<boolean> {
  if (isGenuine(message, peers)) return true
  await peers.secretAgain?.()
  return isGenuine(message, peers)
}

/** The incident that a region speaks of. Throws an `UnreadableItem` that names the region and the version, if it is of another release. */
export function incidentIn({ from, held }: Pick<PeerMessage, 'from' | 'held'>): Incident | undefined {
  return stateIn({ pk: 'incident', sk: 'state', ...held }, incidentShape, { name: `of ${from}` })
}

/** The silence that a region speaks of. Throws an `UnreadableItem` that names the region and the version, if it is of another release. */
export function silenceIn({ from, held }: Pick<PeerSilence, 'from' | 'held'>): Silence | undefined {
  return stateIn({ pk: 'silence', sk: 'state', ...held }, silenceShape, { name: `of ${from}` })
}

/** Stands for a secret among regions of a deployment: the same for the same, and of no use to whoever reads it. */
export function markOf({ deployment, secret }: Sealing): string {
  return createHmac('sha256', secret).update(`mark:${deployment}`).digest('base64url')
}

function macOf(message: Omit<Sealed, 'mac'>, { deployment, secret }: Sealing): string {
  const said = Object.entries(message).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHmac('sha256', secret)
    .update(`peer:${deployment}:${JSON.stringify(said)}`)
    .digest('base64url')
}
