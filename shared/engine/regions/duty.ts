import type { Carrier } from '../../contracts/machine.ts'
import type { PeerDuty } from '../../contracts/peer.ts'
import { Rejection, type RejectionFact } from '../../contracts/rejection.ts'
import type { Place } from '../../incidents/duty/duty.ts'
import { type DutyEvent, type DutyRecord, dutyMachine } from '../../incidents/duty/record.ts'
import { placeBy, type Said } from '../../incidents/duty/said.ts'
import { type Applied, apply, type Trigger } from '../../store/apply.ts'
import { dutyKey } from '../../store/keys.ts'
import { countPeerWord, type PeerWords } from '../../store/peer-words.ts'
import { dutyEffects } from '../effects/duty.ts'
import { carriedOut } from '../effects/table.ts'
import { type EngineIo, invocationOf, MAX_DELAY_MS } from '../io.ts'
import { isGenuineNow, type Sealed } from './seal.ts'

/** Reads, decides, writes and tells for the duty of a deployment. Undefined where there is one region alone. */
export async function dispatchToDuty(
  trigger: Trigger<DutyRecord, DutyEvent>,
  io: EngineIo,
): Promise<Applied<DutyRecord> | undefined> {
  const { regions } = io
  if (regions === undefined) return undefined
  const carriers = { anybody: true, gateway: false, peers: io.peers !== undefined }
  const applied = await apply(dutyMachine, dutyKey(), trigger, {
    table: regions,
    ...invocationOf(io),
    carries: (carrier: Carrier) => carriers[carrier],
    ...carriedOut(dutyEffects, io),
    nudge: (_, delayMs) => io.escalate({ v: 1, kind: 'duty' }, Math.min(delayMs, MAX_DELAY_MS)),
  })
  if (applied.changed) io.log({ level: 'info', event: 'duty', serving: applied.state?.serving, reason: applied.reason })
  return applied
}

/** Takes what another region has heard of duty. Throws a `Rejection` for what no region of this deployment has said to this one. */
export async function takeDutyWord(message: PeerDuty, io: EngineIo): Promise<void> {
  const place = await placeOfWord(message, io)
  const { from, said } = message
  const applied = await dispatchToDuty({ event: { type: 'said', said: plain(said), place, from } }, io)
  // Each region tells all others of the newest: only an older one is odd.
  if ((applied?.state?.said?.at ?? 0) > said.at) await countWord('repeated', io)
}

/** Where this region stands, if a word is one of this deployment to it. What is not is counted, and throws a `Rejection`. */
export async function placeOfWord(message: Sealed & { to: string }, io: EngineIo): Promise<Place> {
  const { place, peers } = io
  const { from, to } = message
  if (place === undefined || peers === undefined) throw await refused(from, 'alone', io)
  if (!(await isGenuineNow(message, peers))) throw await refused(from, 'forged', io)
  if (to !== place.own || from === place.own || !place.order.includes(from)) throw await refused(from, 'not-ours', io)
  return place
}

/** What to throw for a word that is refused. It is counted. */
export async function refused(
  from: string,
  why: Extract<RejectionFact, { code: 'peer-refused' }>['args']['why'],
  io: EngineIo,
): Promise<Rejection> {
  await countWord('refused', io)
  return new Rejection({ code: 'peer-refused', args: { from, why } })
}

/** Counts a word of another region; nothing waits for a count that fails. */
export async function countWord(which: PeerWords, io: EngineIo): Promise<void> {
  await countPeerWord(which, io).catch((error) => io.log({ level: 'warn', event: 'not counted', error: String(error) }))
}

function plain({ at, by, region, until }: PeerDuty['said']): Said {
  return { at, by, ...(region !== undefined && { region }), ...(until !== undefined && { until }) }
}

/**
 * Where this region stands now: whoever has taken duty by hand stands before all others. While the table does not tell, it goes by the
 * order alone; a page is worth more.
 */
export async function placeNow({ place, said, now, log }: EngineIo): Promise<Place | undefined> {
  if (place === undefined || said === undefined) return place
  try {
    return placeBy(place, await said(), now())
  } catch (error) {
    log({ level: 'warn', event: 'duty not read', error: String(error) })
    return place
  }
}
