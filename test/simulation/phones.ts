import type { Call, Placed } from '../../shared/channels/channel.ts'
import { refusedFor } from '../failure.ts'
import { Answering } from './answering.ts'
import { IvrCalls } from './ivr-calls.ts'
import type { Mood, PhoneWorld, Ring } from './phone-world.ts'
import type { Process } from './world.ts'

/** A vendor is asked to place a call. */
export interface PlaceRequest {
  token: string
  route: string
  phoneHash: string
  seq: number
  /** What we call it, where the vendor's receipts bring that back. */
  outId?: string
  at: number
  /** Whether it was written down whose call that name is. */
  isNamed?: boolean
  /** The vendor counts it among the calls to this number. */
  counts: boolean
  /** What whoever asked was told; nothing if they did not live to hear it. */
  answer?: Placed['status']
}

/** A vendor is asked to end a call. */
export interface StopRequest {
  contactId: string
  at: number
  isConfirmed: boolean
}

/** The route that each region has for itself; any other is one for all. */
export const OWN_ROUTE = 'simulated'

/** A stop that is not confirmed is confirmed at this try, however bad the day. */
const STOP_TRIES = 3

/** A call that a vendor is asked for; with `outId` each request is a call of its own. */
type Wanted = Pick<PlaceRequest, 'token' | 'route' | 'phoneHash' | 'seq' | 'outId'>

/** Phones behind vendors that keep their promises (Connect's calls are idempotent by token) and none more. */
export class Phones {
  readonly rings: Ring[] = []
  readonly requests: PlaceRequest[] = []
  private readonly phones: PhoneWorld
  private readonly answering: Answering
  private readonly ivrCalls: IvrCalls
  readonly stops: StopRequest[] = []

  constructor(phones: PhoneWorld) {
    this.phones = phones
    this.answering = new Answering(phones)
    this.ivrCalls = new IvrCalls(phones)
  }

  async place({ token, phoneHash, seq }: Call, route: string, process: Process): Promise<Placed> {
    const dead = route === OWN_ROUTE ? this.phones.dead?.() : undefined
    const { mood, contactId } = await this.request({ token, route, phoneHash, seq }, process, dead?.mood)
    const answer = answerTo(mood, contactId)
    return dead === undefined || answer.status === 'placed' ? answer : { ...answer, failure: dead.failure }
  }

  /** Asks a vendor for a call: what it does, and its name of the call if it says so. */
  async request(
    wanted: Wanted,
    process: Process,
    mood = this.phones.mood(),
  ): Promise<{ mood: Mood; contactId: string | undefined }> {
    const { world } = this.phones
    const request: PlaceRequest = { ...wanted, at: 0, counts: mood !== 'throttles' }
    const ring = await process.step(() => {
      request.at = world.now
      if (wanted.outId !== undefined) request.isNamed = this.phones.isNamed(wanted.outId)
      this.requests.push(request)
      return mood === 'places' || mood === 'loses the answer' ? this.ring(wanted) : undefined
    })
    await process.pause(this.phones.answersAfter(ring))
    // The route itself repeats the request with the same token for up to 10 s before it gives up.
    if (mood === 'loses the answer') await process.step(() => undefined)
    request.answer = statuses[mood]
    if (ring !== undefined && mood === 'places') ring.toldAt = world.now
    return { mood, contactId: ring?.contactId }
  }

  async stop(contactId: string, process: Process): Promise<boolean> {
    const { world, unconfirmedStops } = this.phones
    const tries = this.stops.filter((one) => one.contactId === contactId).length + 1
    const isConfirmed = tries >= STOP_TRIES || !world.chance(unconfirmedStops)
    const isDone = isConfirmed || world.chance(0.5)
    return process.step(() => {
      this.stops.push({ contactId, at: world.now, isConfirmed })
      const ring = this.rings.find((one) => one.contactId === contactId)
      if (isDone && ring !== undefined && ring.endedAt === undefined) {
        ring.stopped = true
        this.answering.end(ring, 'OTHER', false)
      }
      return isConfirmed
    })
  }

  private ring({ token, route, phoneHash, seq, outId }: Wanted): Ring {
    const { world } = this.phones
    const known = this.rings.find((one) => outId === undefined && one.token === token && one.route === route)
    if (known !== undefined) return known
    const ring: Ring = {
      contactId: `contact-${this.rings.length + 1}`,
      route,
      token,
      phoneHash,
      seq,
      startedAt: world.now,
      stopped: false,
      about: this.phones.line(phoneHash).about,
      waited: [],
      presses: [],
      ...(outId === undefined ? {} : { outId }),
    }
    this.rings.push(ring)
    if (outId === undefined) this.answering.ring(ring)
    else this.ivrCalls.ring(ring)
    return ring
  }
}

const statuses: Record<Mood, Placed['status']> = {
  places: 'placed',
  throttles: 'retry',
  refuses: 'refused',
  'loses the answer': 'unknown',
  'fails without calling': 'unknown',
}

function answerTo(mood: Mood, contactId: string | undefined): Placed {
  if (mood === 'loses the answer') return { status: 'unknown', failure: refusedFor('the answer was lost') }
  if (mood === 'fails without calling') return { status: 'unknown', failure: refusedFor('no answer') }
  if (mood === 'throttles') return { status: 'retry', afterMs: 1000, failure: refusedFor('ThrottlingException') }
  if (contactId === undefined) return { status: 'refused', failure: refusedFor('DestinationNotAllowedException') }
  return { status: 'placed', contactId }
}
