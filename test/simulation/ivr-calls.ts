import { callState, voiceReport } from '../simulators/aliyun-voice/receipts.ts'
import { happensAfterMs } from './answering.ts'
import type { Habit, PhoneWorld, Ring } from './phone-world.ts'

/** The keys that people press in a call whose text goes on by itself, by ms after it was answered: the first that it has counts. */
const keys: Partial<Record<Habit, [afterMs: number, key: string][]>> = {
  'presses 1': [[8_000, '1']],
  'presses 1 and hangs up': [[8_000, '1']],
  'presses 1 until it is heard': [[8_000, '1']],
  'presses 3 and 1': [
    [4_000, '3'],
    [8_000, '1'],
  ],
  'presses 5 and 1': [
    [4_000, '5'],
    [9_000, '1'],
  ],
  'hears it again and again': [[85_000, '1']],
  'presses 9': [[8_000, '9']],
}
const MENU = ['1', '9']

/** The text is over, and nobody has pressed a key, ms after the answer: its calls last three minutes at most. */
const SPOKEN_MS = 100_000

/** When somebody who presses no key hangs up, ms after the answer. */
const hangsUpAfterMs: Partial<Record<Habit, number>> = { voicemail: 9_000, 'long voicemail': 90_000 }

/** What is said after a key, ms. Some hang up right after it. */
const THANKS_MS = 3_000

/** A receipt is on its way for so long at most, ms; one that is late for so long. */
const ON_ITS_WAY_MS = 1_500
const LATE_MS = 180_000

/** What was not answered well within this is posted again so long after, ms, and then never (help.aliyun.com, "HTTP batch push"). */
const ANSWERED_MS = 10_000
const AGAIN_MS = [60_000, 300_000, 600_000]

/** Of a call: that somebody who knows our address, and not its name, tells lies of it. */
const LIES = 0.2

/** A name that we have given to no call. */
const NO_NAME = 'f'.repeat(15)

/** What happens to a phone that Alibaba Cloud rings: it asks us nothing, and posts receipts. */
export class IvrCalls {
  private readonly phones: PhoneWorld

  constructor(phones: PhoneWorld) {
    this.phones = phones
  }

  ring(ring: Ring): void {
    const { world } = this.phones
    const habit = this.phones.habit(ring.phoneHash)
    const { least, most } = happensAfterMs(habit)
    this.state(ring, '200101')
    this.state(ring, '200201')
    if (world.chance(LIES)) world.after(Math.floor(world.random() * most), () => this.lie(ring))
    world.after(least + Math.floor(world.random() * (most - least)), () => this.take(ring, habit))
  }

  private take(ring: Ring, habit: Habit): void {
    if (habit === 'no answer' || habit === 'busy') {
      this.end(ring, habit === 'busy' ? '200002' : '200003')
      return
    }
    const { world } = this.phones
    ring.answeredAt = world.now
    this.phones.answered()
    ring.waited = this.phones.line(ring.phoneHash).waiting
    this.state(ring, '200102')
    const pressed = keys[habit]?.find(([, key]) => MENU.includes(key))
    if (pressed === undefined) {
      const hangsUp = hangsUpAfterMs[habit]
      world.after(hangsUp ?? SPOKEN_MS, () => this.end(ring, hangsUp === undefined ? '200008' : '200001'))
      return
    }
    const [afterMs, key] = pressed
    world.after(afterMs, () => {
      ring.presses.push({ key, at: world.now, about: ring.about.map(({ incident }) => incident) })
      const delayMs = Math.floor(world.random() * Math.max(this.phones.keyDelayMs, ON_ITS_WAY_MS))
      this.push(ring, [this.stateOf(ring, '300000', { dtmf: key })], delayMs)
      world.after(Math.floor(world.random() * THANKS_MS), () => this.end(ring, '200000'))
    })
  }

  /** The bare word that it is over, and the report: together, or in any order. */
  private end(ring: Ring, status: string): void {
    const { world } = this.phones
    ring.endedAt = world.now
    ring.status = status
    this.phones.ended(ring)
    const report = voiceReport(simulated(ring), ring.outId, status, '用户')
    if (world.chance(0.5)) this.push(ring, [report, this.stateOf(ring, '200100')])
    else {
      this.state(ring, '200100')
      this.push(ring, [report])
    }
  }

  /** Whoever finds our address out may guess: a call by its vendor's name without ours, or the other way round. */
  private lie(ring: Ring): void {
    const { world } = this.phones
    const { seq, contactId } = this.phones.line(ring.phoneHash)
    const isKnown = seq === ring.seq && contactId === ring.contactId
    const key = { status_code: '300000', dtmf: '1' }
    const lies = [
      { call_id: ring.contactId, out_id: NO_NAME, ...key },
      { call_id: 'no-call', ...key },
      // Before we know the vendor's name of a call, ours is enough.
      ...(isKnown ? [{ call_id: 'another-call', out_id: ring.outId, ...key }] : []),
    ]
    this.post(ring, [world.pick(lies)], AGAIN_MS.length)
  }

  private state(ring: Ring, status: string): void {
    this.push(ring, [this.stateOf(ring, status)])
  }

  private stateOf(ring: Ring, status: string, more: object = {}): object {
    return callState(ring, ring.outId, status, this.phones.world.now, more)
  }

  /** Receipts may be lost, late, and posted twice; each goes its own way, so that they overtake each other. */
  private push(ring: Ring, receipts: object[], delayMs?: number): void {
    const { world, lostEvents, duplicatedEvents } = this.phones
    const isTroubled = world.chance(lostEvents)
    if (isTroubled && world.chance(0.5)) return
    const times = world.chance(duplicatedEvents) ? 2 : 1
    for (let time = 0; time < times; time++) {
      const lateMs = isTroubled ? Math.floor(world.random() * LATE_MS) : 0
      const onItsWay = delayMs ?? Math.floor(world.random() * ON_ITS_WAY_MS)
      world.after(onItsWay + lateMs, () => this.post(ring, receipts, 0))
    }
  }

  private post(ring: Ring, receipts: object[], tries: number): void {
    const { world } = this.phones
    let isOver = false
    const answered = (isWell: boolean) => {
      if (isOver) return
      isOver = true
      const againMs = AGAIN_MS[tries]
      if (isWell) this.heard(ring, receipts)
      else if (againMs !== undefined) world.after(againMs, () => this.post(ring, receipts, tries + 1))
    }
    void this.phones.receipts(receipts).then((result) => answered(result === 'taken'))
    world.after(ANSWERED_MS, () => answered(false))
  }

  /** Keys that have reached us. */
  private heard(ring: Ring, receipts: object[]): void {
    for (const press of ring.presses) {
      const isIn = receipts.some((one) => 'dtmf' in one && 'out_id' in one && one.out_id === ring.outId)
      if (!isIn || press.result !== undefined) continue
      press.result = 'ok'
      press.heardAt = this.phones.world.now
    }
  }
}

function simulated({ contactId, phoneHash, startedAt, answeredAt, endedAt, presses }: Ring) {
  const keys = presses.map(({ key }) => key)
  const to = phoneHash.replace('person-', '')
  return { contactId, from: '', to, keys, initiatedAt: startedAt, connectedAt: answeredAt, disconnectedAt: endedAt }
}
