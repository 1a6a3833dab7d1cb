import type { PeerMessage } from '../../contracts/peer.ts'
import type { IncidentReason } from '../../incidents/decision-reason.ts'
import { opensByNews } from '../../incidents/duty/take-news.ts'
import type { Incident, IncidentEvent } from '../../incidents/incident.ts'
import type { Applied } from '../../store/apply.ts'
import { allotNumber } from '../alerts/take-alert.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { countWord, placeNow, placeOfWord, refused } from './duty.ts'
import { incidentIn } from './seal.ts'

/**
 * Takes what another region says of an incident. Resolves with what is ours then. Throws a `Rejection` for what no region of this
 * deployment has said to this one.
 */
export async function takeWord(message: PeerMessage, io: EngineIo): Promise<Applied<Incident>> {
  await placeOfWord(message, io)
  const { from } = message
  const place = await placeNow(io)
  const theirs = incidentIn(message)
  if (theirs === undefined || place === undefined) throw await refused(from, 'not-ours', io)
  const gather = async (ours: Incident | undefined): Promise<IncidentEvent> => {
    const news = { type: 'news', from, incident: theirs, place } as const
    return opensByNews(ours, news) ? { ...news, number: await allotNumber(io) } : news
  }
  return dispatchToIncident(theirs, { gather }, io)
}

const NOTHING_NEW: IncidentReason = 'late or repeated word'

/** The same of one that came by a queue. What says nothing new is counted: a queue may bring a word twice, or whoever has kept it. */
export async function takeQueuedWord(message: PeerMessage, io: EngineIo): Promise<void> {
  const { reason } = await takeWord(message, io)
  if (reason === NOTHING_NEW) await countWord('repeated', io)
}
