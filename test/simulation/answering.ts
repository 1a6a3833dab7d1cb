import type { Habit, PhoneWorld, Press, Ring } from './phone-world.ts'

/** Keys in a call, by seconds after it was answered, and when they hang up after that. */
const keys: Partial<Record<Habit, { presses: [seconds: number, key: string][]; hangsUpAfterMs: number }>> = {
  'presses 1': { presses: [[8, '1']], hangsUpAfterMs: 4_000 },
  'presses 1 and hangs up': { presses: [[8, '1']], hangsUpAfterMs: 10 },
  'presses 3 and 1': {
    presses: [
      [4, '3'],
      [8, '1'],
    ],
    hangsUpAfterMs: 4_000,
  },
  // A key that the menu does not have: the flow plays it again and asks nobody.
  'presses 5 and 1': {
    presses: [
      [4, '5'],
      [9, '1'],
    ],
    hangsUpAfterMs: 4_000,
  },
  'hears it again and again': {
    presses: [
      [10, '3'],
      [30, '3'],
      [50, '3'],
      [70, '3'],
      [85, '1'],
    ],
    hangsUpAfterMs: 2_000,
  },
  'presses 4': { presses: [[8, '4']], hangsUpAfterMs: 4_000 },
  'presses 9': { presses: [[8, '9']], hangsUpAfterMs: 4_000 },
}
const ASKED = ['1', '3', '4', '9']

/** Connect waits so long for the function of a flow (Administrator Guide, "Invoke Lambda functions"). */
const FLOW_MS = 8_000

/** Whoever hears that a key was not recorded presses it so often. */
const PRESSES = 4

/** When a phone that rings is taken, or turns out to be busy or left alone: vendors ring for 60 s. */
export function happensAfterMs(habit: Habit): { least: number; most: number } {
  if (habit === 'no answer') return { least: 60_000, most: 60_000 }
  return habit === 'busy' ? { least: 500, most: 5_000 } : { least: 2_000, most: 22_000 }
}

/** What happens to a phone that rings. */
export class Answering {
  private readonly phones: PhoneWorld

  constructor(phones: PhoneWorld) {
    this.phones = phones
  }

  ring(ring: Ring): void {
    const { world } = this.phones
    const habit = this.phones.habit(ring.phoneHash)
    const { least, most } = happensAfterMs(habit)
    world.after(least + Math.floor(world.random() * (most - least)), () => this.take(ring, habit))
  }

  end(ring: Ring, reason: string, answered: boolean): void {
    if (ring.endedAt !== undefined) return
    ring.endedAt = this.phones.world.now
    this.phones.ended(ring)
    this.emit({
      eventType: 'DISCONNECTED',
      contactId: ring.contactId,
      disconnectReason: reason,
      ...(answered ? { connectedToSystemTimestamp: 'yes' } : {}),
    })
  }

  private take(ring: Ring, habit: Habit): void {
    if (ring.endedAt !== undefined) return
    if (habit === 'no answer' || habit === 'busy') {
      this.end(ring, habit === 'busy' ? 'TELECOM_BUSY' : 'TELECOM_UNANSWERED', false)
      return
    }
    const { world } = this.phones
    ring.answeredAt = world.now
    this.phones.answered()
    ring.waited = this.phones.line(ring.phoneHash).waiting
    this.emit({ eventType: 'CONNECTED_TO_SYSTEM', contactId: ring.contactId, connectedToSystemTimestamp: 'yes' })
    void this.ask(ring, { action: 'answered' })
    const hangUp = (afterMs: number) => world.after(afterMs, () => this.end(ring, 'CUSTOMER_DISCONNECT', true))
    if (habit === 'voicemail' || habit === 'long voicemail') {
      hangUp(habit === 'voicemail' ? 9_000 : 90_000)
      return
    }
    if (habit === 'silence') {
      world.after(30_000, () => this.whileUp(ring, () => this.tellsNoKey(ring)))
      world.after(34_000, () => this.end(ring, 'CONTACT_FLOW_DISCONNECT', true))
      return
    }
    if (habit === 'presses 1 until it is heard') {
      world.after(8_000, () => this.pressUntilHeard(ring, 1))
      return
    }
    const { presses = [], hangsUpAfterMs = 0 } = keys[habit] ?? {}
    for (const [seconds, key] of presses)
      world.after(seconds * 1000, () => this.whileUp(ring, () => void this.press(ring, key)))
    // Some hang up right after the key: the event of that may come first.
    const last = Math.max(...presses.map(([seconds]) => seconds * 1000))
    hangUp(last + Math.floor(world.random() * hangsUpAfterMs))
  }

  private async press(ring: Ring, key: string): Promise<string | undefined> {
    if (!ASKED.includes(key)) return undefined
    const { world } = this.phones
    const line = this.phones.line(ring.phoneHash)
    const about = line.seq === ring.seq ? line.about : ring.about
    const press: Press = { key, at: world.now, about: about.map(({ incident }) => incident) }
    ring.presses.push(press)
    const { result } = await this.ask(ring, { action: 'key', key })
    press.result = result
    return result
  }

  /** The flow gives up waiting for a key. */
  private tellsNoKey(ring: Ring): void {
    ring.presses.push({ key: 'none', at: this.phones.world.now, about: [] })
    void this.ask(ring, { action: 'no-key' })
  }

  private pressUntilHeard(ring: Ring, tries: number): void {
    if (ring.endedAt !== undefined) return
    const { world } = this.phones
    let isOver = false
    const heard = (result: string | undefined) => {
      if (isOver) return
      isOver = true
      const isWell = (result !== undefined && result !== 'failed') || tries === PRESSES
      if (isWell) world.after(3_000, () => this.end(ring, 'CUSTOMER_DISCONNECT', true))
      else world.after(2_000, () => this.pressUntilHeard(ring, tries + 1))
    }
    void this.press(ring, '1').then(heard)
    world.after(FLOW_MS, () => heard(undefined))
  }

  /** The function behind the flow has to start before it hears of anything, and cannot always. */
  private ask(ring: Ring, parameters: Record<string, string>): Promise<{ result: string }> {
    const { world, keyDelayMs, lostEvents } = this.phones
    return new Promise((resolve) => {
      if (world.chance(lostEvents)) return
      world.after(Math.floor(world.random() * keyDelayMs), () => {
        void this.phones.flow(ring, parameters).then(resolve)
      })
    })
  }

  private whileUp(ring: Ring, work: () => void): void {
    if (ring.endedAt === undefined) work()
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
