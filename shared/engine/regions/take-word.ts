import type { PeerMessage } from '../../contracts/peer.ts'
import { Rejection } from '../../contracts/rejection.ts'
import { opensByNews } from '../../incidents/duty/take-news.ts'
import type { Incident, IncidentEvent } from '../../incidents/incident.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { allotNumber } from '../take-alert.ts'
import { placeNow, placeOfWord } from './duty.ts'
import { incidentIn } from './seal.ts'

/**
 * Takes what another region says of an incident. Resolves with ours. Throws a `Rejection` for what no region of this deployment has said
 * to this one.
 */
export async function takeWord(message: PeerMessage, io: EngineIo): Promise<Incident | undefined> {
  await placeOfWord(message, io)
  const { from } = message
  const place = await placeNow(io)
  const theirs = incidentIn(message)
  if (theirs === undefined || place === undefined)
    throw new Rejection({ code: 'peer-refused', args: { from, why: 'not-ours' } })
  const gather = async (ours: Incident | undefined): Promise<IncidentEvent> => {
    const news = { type: 'news', from, incident: theirs, place } as const
    return opensByNews(ours, news) ? { ...news, number: await allotNumber(io) } : news
  }
  return (await dispatchToIncident(theirs, { gather }, io)).state
}
