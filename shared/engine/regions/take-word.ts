import type { PeerMessage } from '../../contracts/peer.ts'
import { NotYet, Rejection } from '../../contracts/rejection.ts'
import type { IncidentReason } from '../../incidents/decision-reason.ts'
import { othersOf } from '../../incidents/duty/duty.ts'
import { opensByNews } from '../../incidents/duty/take-news.ts'
import type { Incident, IncidentEvent } from '../../incidents/incident.ts'
import type { Applied } from '../../store/apply.ts'
import { readIncident } from '../../store/incidents.ts'
import { allotNumber } from '../alerts/take-alert.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { askAbout } from './ask-peers.ts'
import { countWord, placeNow, placeOfWord, refused } from './duty.ts'
import { incidentIn } from './seal.ts'

/**
 * Takes what another region says of an incident. Resolves with what is ours then. Throws a `Rejection` for what no region of this
 * deployment has said to this one.
 */
export async function takeWord(message: PeerMessage, io: EngineIo): Promise<Applied<Incident>> {
  await placeOfWord(message, io)
  const { from } = message
  const theirs = incidentIn(message)
  const taken = theirs && (await takeNewsOf(theirs, from, io))
  if (taken === undefined) throw await refused(from, 'not-ours', io)
  return taken
}

/** Takes a region's incident as that has it; undefined where there is one region alone. */
async function takeNewsOf(theirs: Incident, from: string, io: EngineIo): Promise<Applied<Incident> | undefined> {
  const place = await placeNow(io)
  if (place === undefined) return undefined
  const gather = async (ours: Incident | undefined): Promise<IncidentEvent> => {
    const news = { type: 'news', from, incident: theirs, place } as const
    return opensByNews(ours, news) ? { ...news, number: await allotNumber(io) } : news
  }
  return dispatchToIncident(theirs, { gather }, io)
}

const NOTHING_NEW: IncidentReason = 'late or repeated word'

/**
 * The same of one that came by a queue. What says nothing new is counted: a queue may bring a word twice, or whoever has kept it. One whose seal
 * fits no secret was perhaps sealed by the one before, in a region that has not heard of the change yet: it is refused, and that region asked, so that
 * what somebody has done there is not lost. While it can't be asked the word is kept.
 */
export async function takeQueuedWord(message: PeerMessage, io: EngineIo): Promise<void> {
  try {
    const { reason } = await takeWord(message, io)
    if (reason === NOTHING_NEW) await countWord('repeated', io)
  } catch (error) {
    if (isForged(error)) await askInstead(message, io)
    throw error
  }
}

function isForged(error: unknown): boolean {
  return error instanceof Rejection && error.fact.code === 'peer-refused' && error.fact.args.why === 'forged'
}

/**
 * Takes what the region that a word says it is from says of that incident when it is asked. Nothing that the word says is taken. Throws a `NotYet`
 * if that region can't be asked now.
 */
async function askInstead(message: PeerMessage, io: EngineIo): Promise<void> {
  const { from } = message
  if (io.place === undefined || !othersOf(io.place).includes(from)) return
  const isAnswered = await asked(message, io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'region not asked', region: from, error: String(error) })
    return false
  })
  if (!isAnswered) throw new NotYet({ code: 'peer-refused', args: { from, why: 'forged' } })
}

/** Whether the region has answered, or there is nothing here to ask it about. */
async function asked(message: PeerMessage, io: EngineIo): Promise<boolean> {
  const { from } = message
  const said = incidentIn(message)
  const ours = said && (await readIncident(said, io.incidents))
  if (ours === undefined) return true
  const answer = await askAbout(ours, from, io)
  if (answer?.incident !== undefined) await takeNewsOf(answer.incident, from, io)
  return answer !== undefined
}
