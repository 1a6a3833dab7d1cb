import { peerAnswer } from '../../contracts/peer.ts'
import { PeerRefusal, type Peers } from '../../contracts/peers.ts'
import { type Answer, ASLEEP_MS, isBefore, isOurs, othersOf, type Place } from '../../incidents/duty/duty.ts'
import { isPromised } from '../../incidents/duty/gate.ts'
import { opensByNews } from '../../incidents/duty/take-news.ts'
import { CLOCK_DIFFERENCE_MS } from '../../incidents/escalation/layer.ts'
import { isMute } from '../../incidents/escalation/mute.ts'
import type { FromPeers, Incident } from '../../incidents/incident.ts'
import { type Health, healthIn } from '../../store/canary.ts'
import { allotNumber } from '../alerts/take-alert.ts'
import type { EngineIo } from '../io.ts'
import { placeNow, refused } from './duty.ts'
import { incidentIn, isGenuineNow, wordOf } from './seal.ts'

/** What the step of an incident has to know of the other regions before it pages anybody. Rejects when the table does. */
export async function askPeers(incident: Incident, io: EngineIo): Promise<FromPeers> {
  const { peers } = io
  const place = peers && (await placeNow(io))
  if (place === undefined || peers === undefined) return {}
  const here = isOurs(incident) ? await healthHere(io) : undefined
  const mayBePaged = isOurs(incident) && (hasJustChanged(place, io.now()) || hasJustWoken(here))
  const isLate = hasSlept(incident, place, io.now()) || mayBePaged
  const asked = isLate ? othersOf(place) : whomToAsk(incident, place, io.now())
  if (asked.length === 0) return { place }
  const answers = await Promise.all(asked.map((region) => askOne(region, incident, place, peers, io)))
  const given = answers.filter((one) => one !== undefined)
  const opens = ({ from, incident: theirs }: Answer<Incident>) =>
    theirs !== undefined && opensByNews(incident, { type: 'news', from, incident: theirs, place })
  const number = given.some(opens) ? await allotNumber(io) : undefined
  const isWell = (here ?? (await healthBeside(given, incident, io)))?.isWell !== false
  return { place, isLate, isWell, answers: given, ...(number !== undefined && { number }) }
}

/** What another region answers about an incident when it is asked; undefined: it gives no answer that counts. */
export async function askAbout(
  incident: Incident,
  region: string,
  io: EngineIo,
): Promise<Answer<Incident> | undefined> {
  const { peers, place } = io
  return place && peers && askOne(region, incident, place, peers, io)
}

function whomToAsk(incident: Incident, place: Place, now: number): string[] {
  const { escalation, duty } = incident
  const { phase, deadlineAt } = escalation
  const isEarly = phase === 'guarded' && now < deadlineAt - CLOCK_DIFFERENCE_MS
  // Whoever takes duty by hand does not wait for its guard.
  if (duty === undefined || (isEarly && place.first !== place.own)) return []
  // Whoever can ring nobody looks for one that can.
  if (isOurs({ duty }) && isMute(incident)) return othersOf(place)
  const before = place.order.filter((region) => isBefore(region, place))
  return isOurs({ duty }) ? before : [...new Set([...before, duty.pages])]
}

/**
 * Whether this step, or the first alert of an incident, is so late that others may have gone on without us: once their guard is over, of
 * which clocks that differ take as much as half.
 */
function hasSlept({ status, escalation, lastAlertAt, lapse }: Incident, { guardMs }: Place, now: number): boolean {
  if (status !== 'open') return false
  const lateMs = Math.min(ASLEEP_MS, guardMs / 2)
  const { phase, deadlineAt } = escalation
  const isFirst = phase === 'starting' && lapse === undefined && lastAlertAt > 0
  return now - deadlineAt > lateMs || (isFirst && now - lastAlertAt > lateMs)
}

/** Somebody has taken or released duty so lately that another region may not know of it: until then it has paged. */
function hasJustChanged({ changedAt }: Place, now: number): boolean {
  return changedAt !== undefined && now - changedAt < ASLEEP_MS
}

/** Whether what came to this region was not worked on until a moment ago: others may page by now what it paged. */
function hasJustWoken(here: Health | undefined): boolean {
  if (here === undefined) return false
  const { isWell, wellForMs } = here
  return !isWell || wellForMs < ASLEEP_MS
}

/** Where whoever pages does not work on what it takes, a guard has to know whether that is so here, too. */
async function healthBeside(given: Answer<Incident>[], incident: Incident, io: EngineIo): Promise<Health | undefined> {
  const isUnsure = given.some((one) => !one.isWell && isPromised(one, incident, io.now()))
  return isUnsure ? healthHere(io) : undefined
}

/** Undefined: the table does not tell, and a page does not wait for that. */
async function healthHere(io: EngineIo): Promise<Health | undefined> {
  return healthIn(io).catch(() => undefined)
}

/** Whoever refuses what we ask may have a newer secret than we have. */
async function bySecretNow<T>(ask: () => Promise<T>, peers: Peers): Promise<T> {
  const { secret } = peers
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof PeerRefusal)) throw error
    await peers.secretAgain?.()
    if (peers.secret === secret) throw error
    return ask()
  }
}

/** One region's answer; undefined: it has given none that counts. */
async function askOne(
  region: string,
  incident: Incident,
  { own }: Place,
  peers: Peers,
  io: EngineIo,
): Promise<Answer<Incident> | undefined> {
  const { now, log } = io
  const ask = async () => {
    const question = wordOf(incident, { from: own, to: region, at: now() }, peers)
    return { question, answer: peerAnswer.parse(await peers.ask(region, question)) }
  }
  try {
    const { question, answer } = await bySecretNow(ask, peers)
    if (!(await isGenuineNow(answer, peers))) throw await refused(region, 'forged', io)
    if (answer.to !== question.mac || answer.from !== region) throw await refused(region, 'replayed', io)
    const { isWell, wellForMs, held } = answer
    const theirs = held && incidentIn({ from: region, held })
    return { from: region, isWell, wellForMs, ...(theirs && { incident: theirs }) }
  } catch (error) {
    log({ level: 'warn', event: 'region does not answer', region, reason: String(error) })
    return undefined
  }
}
