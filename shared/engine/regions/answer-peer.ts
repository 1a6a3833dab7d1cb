import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import { type PeerAnswer, peerMessage } from '../../contracts/peer.ts'
import { rejectionOf } from '../../contracts/rejection.ts'
import { incidentShape } from '../../incidents/incident.ts'
import { healthIn } from '../../store/canary.ts'
import { held } from '../../store/shape.ts'
import type { EngineIo } from '../io.ts'
import { refused } from './duty.ts'
import { sealed } from './seal.ts'
import { takeWord } from './take-word.ts'

/**
 * Whoever asks waits for the answer, so that a question is seconds old; AWS itself takes no request that was signed longer ago (IAM user
 * guide, "Signature Version 4", elements of a request). An older one was kept by somebody.
 */
const OLDEST_QUESTION_MS = 5 * MINUTE_MS

/**
 * Answers another region that guards an incident: how this region is, and the incident as it is here once what the other says of it is
 * known. Throws a `Rejection` for whom nothing is told.
 */
export async function answerPeer(asked: unknown, io: EngineIo): Promise<PeerAnswer> {
  const parsed = peerMessage.safeParse(asked)
  if (!parsed.success) throw rejectionOf('not-a-step', parsed.error.issues)
  const question = parsed.data
  if (Math.abs(io.now() - question.at) > OLDEST_QUESTION_MS) throw await refused(question.from, 'replayed', io)
  const { state: incident } = await takeWord(question, io)
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
