import { type PeerAnswer, peerMessage } from '../contracts/peer.ts'
import { rejectionOf } from '../contracts/rejection.ts'
import { incidentShape } from '../incidents/incident.ts'
import { healthIn } from '../store/canary.ts'
import { held } from '../store/shape.ts'
import type { EngineIo } from './io.ts'
import { sealed } from './regions/seal.ts'
import { takeWord } from './regions/take-word.ts'

/**
 * Answers another region that guards an incident: how this region is, and the incident as it is here once what the other says of it is
 * known. Throws a `Rejection` for whom nothing is told.
 */
export async function answerPeer(asked: unknown, io: EngineIo): Promise<PeerAnswer> {
  const parsed = peerMessage.safeParse(asked)
  if (!parsed.success) throw rejectionOf('not-a-step', parsed.error.issues)
  const question = parsed.data
  const incident = await takeWord(question, io)
  const { place, peers } = io
  if (place === undefined || peers === undefined) throw new Error('A region alone answers nobody')
  const health = await healthIn(io)
  return sealed<PeerAnswer>(
    {
      ...{ v: 1, kind: 'peer-answer', from: place.own, to: question.mac, at: io.now(), ...health },
      ...(incident && { held: held(incident, incidentShape) }),
    },
    peers,
  )
}
