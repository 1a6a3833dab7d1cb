import type { Entry } from '../../shared/contracts/machine.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { isOff } from '../../shared/phoneline/call.ts'
import type { PhoneLine, PhoneLineEffect, Request } from '../../shared/phoneline/phone-line.ts'
import { silenceKey } from '../../shared/store/keys.ts'
import { nameOf } from './outcome.ts'
import type { StoredRow } from './stored-row.ts'
import type { World } from './world.ts'

/** Clocks of machines differ by less, ms. */
const CLOCKS_MS = 1_000

const SILENCES = silenceKey('').pk

/** What is to be remembered of items that change: it is not seen any more when a world has come to rest. */
export class Ledger {
  /** When an acknowledgement or the end was written, by incident: what "afterwards" is measured from. */
  readonly acknowledgedAt = new Map<string, number>()
  /** When somebody's own taking of it was written, by incident and person. */
  readonly takenAt = new Map<string, number>()
  /** Each incident that a call was ever about, by person and call. */
  readonly about = new Map<string, Set<string>>()
  /** When somebody took it upon themselves to dial a call that had been called off, by person and call. */
  readonly dialledThoughOff = new Map<string, number>()
  /** The round and layer of each step at which somebody was to be reached, by `nameOfStep`. */
  readonly layerOf = new Map<string, string>()
  /** Whose next number was to be called, by `nameOfTry`. */
  readonly otherNumbers = new Set<string>()
  /** When the phone was free again after a call, by person and call. */
  readonly freeAt = new Map<string, number>()
  /** When an incident was open for the first time, and when it was over. */
  readonly openedAt = new Map<string, number>()
  /** When its trouble began, by the same clock as all else here. */
  readonly beganAt = new Map<string, number>()
  readonly overAt = new Map<string, number>()
  /** Each silence as it was first and is now, by its id; `from`: when it was written first. */
  readonly silences = new Map<string, Silence & { from: number }>()
  /** What was wrong at the moment when it was written. */
  readonly faults: string[] = []
  private readonly world: World
  private readonly aheadMs: number
  /** Until when somebody has last taken it upon themselves to dial, UTC ms, by person and call. */
  private readonly dialling = new Map<string, number>()
  private readonly inCall = new Map<string, number>()
  private readonly waiting = new Map<string, Request[]>()
  /** Until when somebody has each entry of an outbox in hand, UTC ms, by item. */
  private readonly inHand = new Map<string, Map<string, number>>()

  /** `aheadMs`: how far the clocks of its region are ahead, by which leases run. */
  constructor(world: World, aheadMs = 0) {
    this.world = world
    this.aheadMs = aheadMs
  }

  wrote(row: StoredRow): void {
    const { pk, sk, state, outbox } = row
    const expires = row.expiresAt !== undefined
    if (pk === SILENCES && state !== undefined) this.wroteSilence(JSON.parse(state))
    if (sk !== 'state' || state === undefined) return
    if (outbox !== undefined && expires) this.faults.push(`${pk} may be forgotten before all of it is carried out`)
    this.wroteOutbox(row)
    if (pk.startsWith('incident#')) this.wroteIncident(row.held<Incident>() as Incident, expires)
    if (pk.startsWith('phone-line#')) this.wroteLine(row, expires)
  }

  /** While its lease runs nobody else takes on what somebody has in hand. */
  private wroteOutbox(row: StoredRow): void {
    const { pk } = row
    const before = this.inHand.get(pk)
    const clock = this.world.now + this.aheadMs
    const now = new Map<string, number>()
    for (const { id, leaseUntil } of row.entries()) {
      now.set(id, leaseUntil)
      const held = before?.get(id) ?? 0
      const isTaken = leaseUntil > clock && leaseUntil !== held
      if (isTaken && held > clock + CLOCKS_MS) this.faults.push(`two carry out ${id} of ${pk}`)
    }
    this.inHand.set(pk, now)
  }

  private wroteIncident(incident: Incident, expires: boolean): void {
    const name = nameOf(incident)
    if (expires && incident.status !== 'resolved')
      this.faults.push(`${name} is ${incident.status}, and may be forgotten`)
    // What got worse than what somebody took pages again, and so does what nobody has any more.
    const isNobodys = incident.outgrown !== undefined || incident.lapse !== undefined
    if (incident.status === 'open' && isNobodys) this.acknowledgedAt.delete(name)
    if (incident.status === 'open' && !this.openedAt.has(name)) this.openedAt.set(name, this.world.now)
    if (!this.beganAt.has(name)) this.beganAt.set(name, incident.openedAt - this.aheadMs)
    if (incident.status === 'resolved' && !this.overAt.has(name)) this.overAt.set(name, this.world.now)
    if (incident.status !== 'open' && !this.acknowledgedAt.has(name)) this.acknowledgedAt.set(name, this.world.now)
    for (const { by } of incident.takers ?? []) {
      const taking = `${name} ${by?.contact}`
      if (!this.takenAt.has(taking)) this.takenAt.set(taking, this.world.now)
    }
    const { round, layer, attempts } = incident.escalation
    for (const { step, number, name: person } of attempts) {
      if (number !== undefined) this.otherNumbers.add(nameOfTry(name, `${round}.${layer}`, person))
      const at = nameOfStep({ incident: name, step })
      if (!this.layerOf.has(at)) this.layerOf.set(at, `${round}.${layer}`)
    }
  }

  private wroteSilence(silence: Silence): void {
    this.silences.set(silence.id, { ...silence, from: this.silences.get(silence.id)?.from ?? this.world.now })
  }

  private wroteLine(row: StoredRow, expires: boolean): void {
    const { phoneHash, call, waiting, settled } = row.held<PhoneLine>() as PhoneLine
    if (expires && call !== undefined) this.faults.push(`${phoneHash} is in a call, and may be forgotten`)
    for (const { incident, step } of this.waiting.get(phoneHash) ?? []) {
      const isThere = [...waiting, ...(call?.about ?? [])].some((one) => one.incident === incident && one.step >= step)
      if (!isThere && (settled[incident]?.step ?? 0) < step)
        this.faults.push(`page lost: ${phoneHash} was to be called about ${incident}, and never will be`)
    }
    this.waiting.set(phoneHash, waiting)
    const before = this.inCall.get(phoneHash)
    if (before !== undefined && before !== call?.seq)
      this.freeAt.set(callName({ phoneHash, seq: before }), this.world.now)
    if (call === undefined) this.inCall.delete(phoneHash)
    else this.inCall.set(phoneHash, call.seq)
    if (call === undefined) return
    if (call.phase === 'ringing' && isOff(call) && call.stopping !== true && call.lastsMs === undefined)
      this.faults.push(`${phoneHash} rings for nobody, and nobody is to stop it`)
    const name = callName({ phoneHash, seq: call.seq })
    const known = this.about.get(name) ?? new Set()
    for (const { incident } of call.about) known.add(incident)
    this.about.set(name, known)
    const leaseUntil = dialLeaseOf(row.entries(), call.seq)
    if (leaseUntil <= this.world.now + this.aheadMs || leaseUntil === this.dialling.get(name)) return
    this.dialling.set(name, leaseUntil)
    if (isOff(call) && !this.dialledThoughOff.has(name)) this.dialledThoughOff.set(name, this.world.now)
  }
}

/** How a call is named here. */
export function callName({ phoneHash, seq }: { phoneHash: string; seq: number }): string {
  return `${phoneHash} ${seq}`
}

/** How a decision of an incident is named here. */
export function nameOfStep({ incident, step }: { incident: string; step: number }): string {
  return `${incident} step ${step}`
}

/** How whoever a layer is to reach is named here. */
export function nameOfTry(incident: string, layer: string, person: string): string {
  return `${incident} ${layer} ${person}`
}

/** Until when somebody has taken it upon themselves to dial, UTC ms; 0: nobody has. */
function dialLeaseOf(entries: Entry<PhoneLineEffect>[], seq: number): number {
  return entries.find(({ effect }) => effect.type === 'dial' && effect.seq === seq)?.leaseUntil ?? 0
}
