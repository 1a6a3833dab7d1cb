import type { Call, Placed } from '../../shared/channels/channel.ts'
import { refusedFor } from '../failure.ts'
import type { Process, World } from './world.ts'

/** How a person takes a call. */
export type Habit = 'no answer' | 'busy' | 'voicemail' | 'presses 1' | 'presses 3 and 1' | 'presses 9' | 'silence'

/** What Connect does with a request. */
export type Mood = 'places' | 'throttles' | 'refuses' | 'loses the answer' | 'fails without calling'

export interface Ring {
  contactId: string
  token: string
  phoneHash: string
  seq: number
  startedAt: number
  /** When the vendor's answer reached us, if it did. */
  toldAt?: number
  /** When somebody, or a voicemail, took it. */
  answeredAt?: number
  endedAt?: number
  stopped: boolean
  /** What the phone line said the call was about when it rang. */
  about: { incident: string; step: number }[]
}

export interface PhoneWorld {
  world: World
  habit(phoneHash: string): Habit
  mood(): Mood
  /** How long Connect takes to answer, ms; the phone rings meanwhile, if it does. */
  answersAfter(ring: Ring | undefined): number
  lostEvents: number
  duplicatedEvents: number
  /** Of a request to stop a call, to be done or not without a word of it. */
  unconfirmedStops: number
  /** What the phone line holds at this moment. */
  about(phoneHash: string): { incident: string; step: number }[]
  /** Delivers a contact event to the acknowledge function. */
  event(event: Record<string, unknown>): void
  /** Calls the acknowledge function as the contact flow does. */
  flow(ring: Ring, parameters: Record<string, string>): void
}

/** Phones behind a Connect that keeps its promises (idempotent by token) and none more. */
export class Phones {
  readonly rings: Ring[] = []
  readonly requests: { token: string; at: number }[] = []
  private readonly phones: PhoneWorld

  constructor(phones: PhoneWorld) {
    this.phones = phones
  }

  async place(call: Call, process: Process): Promise<Placed> {
    const { world } = this.phones
    const mood = this.phones.mood()
    const contactId = await process.step(() => {
      this.requests.push({ token: call.token, at: world.now })
      return mood === 'places' || mood === 'loses the answer' ? this.ring(call) : undefined
    })
    const ring = this.rings.find((one) => one.contactId === contactId)
    await process.pause(this.phones.answersAfter(ring))
    if (mood === 'loses the answer') {
      // The route itself repeats the request with the same token for up to 10 s before it gives up.
      await process.step(() => undefined)
      return { status: 'unknown', failure: refusedFor('the answer was lost') }
    }
    if (mood === 'fails without calling') return { status: 'unknown', failure: refusedFor('no answer') }
    if (mood === 'throttles') return { status: 'retry', afterMs: 1000, failure: refusedFor('ThrottlingException') }
    if (contactId === undefined) return { status: 'refused', failure: refusedFor('DestinationNotAllowedException') }
    if (ring !== undefined) ring.toldAt = world.now
    return { status: 'placed', contactId }
  }

  async stop(contactId: string, process: Process): Promise<boolean> {
    const { world, unconfirmedStops } = this.phones
    const isConfirmed = !world.chance(unconfirmedStops)
    const isDone = isConfirmed || world.chance(0.5)
    return process.step(() => {
      const ring = this.rings.find((one) => one.contactId === contactId)
      if (isDone && ring !== undefined && ring.endedAt === undefined) {
        ring.stopped = true
        this.end(ring, 'OTHER', false)
      }
      return isConfirmed
    })
  }

  private ring(call: Call): string {
    const { world } = this.phones
    const known = this.rings.find((one) => one.token === call.token)
    if (known !== undefined) return known.contactId
    const ring: Ring = {
      contactId: `contact-${this.rings.length + 1}`,
      token: call.token,
      phoneHash: call.phoneHash,
      seq: call.seq,
      startedAt: world.now,
      stopped: false,
      about: this.phones.about(call.phoneHash),
    }
    this.rings.push(ring)
    const habit = this.phones.habit(call.phoneHash)
    const pickUpMs = 2_000 + Math.floor(world.random() * 20_000)
    world.after(habit === 'no answer' ? 60_000 : pickUpMs, () => this.take(ring, habit))
    return ring.contactId
  }

  private take(ring: Ring, habit: Habit): void {
    if (ring.endedAt !== undefined) return
    if (habit === 'no answer' || habit === 'busy') {
      this.end(ring, habit === 'busy' ? 'TELECOM_BUSY' : 'TELECOM_UNANSWERED', false)
      return
    }
    const { world } = this.phones
    ring.answeredAt = world.now
    this.emit({ eventType: 'CONNECTED_TO_SYSTEM', contactId: ring.contactId, connectedToSystemTimestamp: 'yes' })
    this.phones.flow(ring, { action: 'answered' })
    if (habit === 'voicemail') {
      world.after(9_000, () => this.end(ring, 'CUSTOMER_DISCONNECT', true))
      return
    }
    if (habit === 'silence') {
      world.after(30_000, () => this.whileUp(ring, () => this.phones.flow(ring, { action: 'no-key' })))
      world.after(34_000, () => this.end(ring, 'CONTACT_FLOW_DISCONNECT', true))
      return
    }
    const key = habit === 'presses 9' ? '9' : '1'
    if (habit === 'presses 3 and 1')
      world.after(4_000, () => this.whileUp(ring, () => this.phones.flow(ring, { action: 'key', key: '3' })))
    world.after(8_000, () => this.whileUp(ring, () => this.phones.flow(ring, { action: 'key', key })))
    // Some hang up right after the key: the event of that may come first.
    world.after(8_000 + Math.floor(world.random() * 4_000), () => this.end(ring, 'CUSTOMER_DISCONNECT', true))
  }

  private whileUp(ring: Ring, work: () => void): void {
    if (ring.endedAt === undefined) work()
  }

  private end(ring: Ring, reason: string, answered: boolean): void {
    if (ring.endedAt !== undefined) return
    ring.endedAt = this.phones.world.now
    this.emit({
      eventType: 'DISCONNECTED',
      contactId: ring.contactId,
      disconnectReason: reason,
      ...(answered ? { connectedToSystemTimestamp: 'yes' } : {}),
    })
  }

  /** Best effort, not ordered, may repeat (Amazon Connect contact events). */
  private emit(detail: Record<string, unknown>): void {
    const { world, lostEvents, duplicatedEvents } = this.phones
    const times = world.chance(lostEvents) ? 0 : world.chance(duplicatedEvents) ? 2 : 1
    const event = { source: 'aws.connect', 'detail-type': 'Amazon Connect Contact Event', detail }
    for (let time = 0; time < times; time++)
      world.after(Math.floor(world.random() * 1_500), () => this.phones.event(event))
  }
}
