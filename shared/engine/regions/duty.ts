import type { Carrier } from '../../contracts/machine.ts'
import type { PeerDuty } from '../../contracts/peer.ts'
import { Rejection } from '../../contracts/rejection.ts'
import type { Place } from '../../incidents/duty/duty.ts'
import { type DutyEvent, type DutyRecord, dutyMachine } from '../../incidents/duty/record.ts'
import { placeBy, type Said } from '../../incidents/duty/said.ts'
import { type Applied, apply, type Trigger } from '../../store/apply.ts'
import { dutyKey } from '../../store/keys.ts'
import { countRefusedWord } from '../../store/refused-words.ts'
import { dutyEffects } from '../effects/duty.ts'
import { carriedOut } from '../effects/table.ts'
import { type EngineIo, invocationOf, MAX_DELAY_MS } from '../io.ts'
import { isGenuine, type Sealed } from './seal.ts'

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
  if (applied.changed) io.log({ event: 'duty', serving: applied.state?.serving, reason: applied.reason })
  return applied
}

/** Takes what another region has heard of duty. Throws a `Rejection` for what no region of this deployment has said to this one. */
export async function takeDutyWord(message: PeerDuty, io: EngineIo): Promise<void> {
  const place = await placeOfWord(message, io)
  const { from, said } = message
  await dispatchToDuty({ event: { type: 'said', said: plain(said), place, from } }, io)
}

/** Where this region stands, if a word is one of this deployment to it. What is not is counted, and throws a `Rejection`. */
export async function placeOfWord(message: Sealed & { to: string }, io: EngineIo): Promise<Place> {
  const { place, peers, log } = io
  const { from, to } = message
  const refuse = async (why: 'alone' | 'forged' | 'not-ours') => {
    await countRefusedWord(io).catch((error) => log({ level: 'warn', event: 'not counted', error: String(error) }))
    return new Rejection({ code: 'peer-refused', args: { from, why } })
  }
  if (place === undefined || peers === undefined) throw await refuse('alone')
  if (!isGenuine(message, peers)) throw await refuse('forged')
  if (to !== place.own || from === place.own || !place.order.includes(from)) throw await refuse('not-ours')
  return place
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
