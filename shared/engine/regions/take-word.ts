import type { PeerMessage } from '../../contracts/peer.ts'
import { Rejection } from '../../contracts/rejection.ts'
import { opensByNews } from '../../incidents/duty/take-news.ts'
import type { Incident, IncidentEvent } from '../../incidents/incident.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { allotNumber } from '../take-alert.ts'
import { incidentIn, isGenuine } from './seal.ts'

/**
 * Takes what another region says of an incident. Resolves with ours. Throws a `Rejection` for what no region of this deployment has said
 * to this one.
 */
export async function takeWord(message: PeerMessage, io: EngineIo): Promise<Incident | undefined> {
  const { place, peers } = io
  const refuse = (why: 'alone' | 'forged' | 'not-ours') =>
    new Rejection({ code: 'peer-refused', args: { from: message.from, why } })
  if (place === undefined || peers === undefined) throw refuse('alone')
  if (!isGenuine(message, peers)) throw refuse('forged')
  const { from, to } = message
  if (to !== place.own || from === place.own || !place.order.includes(from)) throw refuse('not-ours')
  const theirs = incidentIn(message)
  if (theirs === undefined) throw refuse('not-ours')
  const gather = async (ours: Incident | undefined): Promise<IncidentEvent> => {
    const news = { type: 'news', from, incident: theirs, place } as const
    return opensByNews(ours, news) ? { ...news, number: await allotNumber(io) } : news
  }
  return (await dispatchToIncident(theirs, { gather }, io)).state
}
