import type { Call, Placed } from '../../shared/channels/channel.ts'
import { refusedFor } from '../failure.ts'
import { Answering } from './answering.ts'
import type { Mood, PhoneWorld, Ring } from './phone-world.ts'
import type { Process } from './world.ts'

/** A vendor is asked to place a call. */
export interface PlaceRequest {
  token: string
  route: string
  phoneHash: string
  seq: number
  at: number
  /** What whoever asked was told; nothing if they did not live to hear it. */
  answer?: Placed['status']
}

/** A vendor is asked to end a call. */
export interface StopRequest {
  contactId: string
  at: number
  isConfirmed: boolean
}

/** A stop that is not confirmed is confirmed at this try, however bad the day. */
const STOP_TRIES = 3

/** Phones behind vendors that keep their promises (idempotent by token) and none more. */
export class Phones {
  readonly rings: Ring[] = []
  readonly requests: PlaceRequest[] = []
  private readonly phones: PhoneWorld
  private readonly answering: Answering
  readonly stops: StopRequest[] = []

  constructor(phones: PhoneWorld) {
    this.phones = phones
    this.answering = new Answering(phones)
  }

  async place(call: Call, route: string, process: Process): Promise<Placed> {
    const { world } = this.phones
    const mood = this.phones.mood()
    const request: PlaceRequest = { token: call.token, route, phoneHash: call.phoneHash, seq: call.seq, at: 0 }
    const contactId = await process.step(() => {
      request.at = world.now
      this.requests.push(request)
      return mood === 'places' || mood === 'loses the answer' ? this.ring(call, route) : undefined
    })
    const ring = this.rings.find((one) => one.contactId === contactId)
    await process.pause(this.phones.answersAfter(ring))
    // The route itself repeats the request with the same token for up to 10 s before it gives up.
    if (mood === 'loses the answer') await process.step(() => undefined)
    const placed = answerTo(mood, contactId)
    request.answer = placed.status
    if (ring !== undefined && placed.status === 'placed') ring.toldAt = world.now
    return placed
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

  private ring(call: Call, route: string): string {
    const { world } = this.phones
    const known = this.rings.find((one) => one.token === call.token && one.route === route)
    if (known !== undefined) return known.contactId
    const ring: Ring = {
      contactId: `contact-${this.rings.length + 1}`,
      route,
      token: call.token,
      phoneHash: call.phoneHash,
      seq: call.seq,
      startedAt: world.now,
      stopped: false,
      about: this.phones.line(call.phoneHash).about,
      waited: [],
      presses: [],
    }
    this.rings.push(ring)
    this.answering.ring(ring)
    return ring.contactId
  }
}

function answerTo(mood: Mood, contactId: string | undefined): Placed {
  if (mood === 'loses the answer') return { status: 'unknown', failure: refusedFor('the answer was lost') }
  if (mood === 'fails without calling') return { status: 'unknown', failure: refusedFor('no answer') }
  if (mood === 'throttles') return { status: 'retry', afterMs: 1000, failure: refusedFor('ThrottlingException') }
  if (contactId === undefined) return { status: 'refused', failure: refusedFor('DestinationNotAllowedException') }
  return { status: 'placed', contactId }
}
