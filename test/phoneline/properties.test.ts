import fc from 'fast-check'
import { expect, it } from 'vitest'
import { phoneLineMachine } from '../../shared/phoneline/machine.ts'
import type { PhoneLine, PhoneLineEffect, PhoneLineEvent } from '../../shared/phoneline/phone-line.ts'
import { at } from '../messages/notices.ts'

const machine = phoneLineMachine('lin')

/** Events as the world may send them: repeated, late, out of order, about a call before, or about none. */
const seq = fc.integer({ min: 1, max: 4 })
const contactId = seq.map((call) => `c${call}`)
const wish = fc.record({
  incident: fc.constantFrom('pay#1#web', 'pay#1#db', 'shop#2#cache'),
  step: fc.integer({ min: 1, max: 6 }),
})
const of = fc.array(wish, { minLength: 1, maxLength: 2 })
const event: fc.Arbitrary<PhoneLineEvent> = fc.oneof(
  fc.record({ type: fc.constant('requests' as const), of }),
  fc.record({ type: fc.constant('cancels' as const), of }),
  seq.chain((call) =>
    fc.record({
      type: fc.constant('dialled' as const),
      seq: fc.constant(call),
      contactId: fc.constant(`c${call}`),
      route: fc.constant(0),
    }),
  ),
  fc.record({
    type: fc.constant('throttled' as const),
    seq,
    afterMs: fc.constant(1000),
    failure: fc.constant({ class: 'busy' as const }),
  }),
  fc.record({
    type: fc.constantFrom('refused' as const, 'lost' as const),
    seq,
    failure: fc.constant({ class: 'refused' as const }),
  }),
  fc.record({ type: fc.constantFrom('withdrawn' as const, 'stopped' as const, 'deadline' as const), seq }),
  fc.record({ type: fc.constant('connected' as const), contactId }),
  fc.record({ type: fc.constant('disconnected' as const), contactId, answered: fc.boolean() }),
  seq.map((call): PhoneLineEvent => ({ type: 'answered', seq: call, contactId: `c${call}` })),
  fc
    .tuple(seq, fc.constantFrom('acknowledged' as const, 'snoozed' as const, 'passed' as const, 'none' as const))
    .map(([call, decision]): PhoneLineEvent => ({ type: 'key', seq: call, contactId: `c${call}`, decision })),
)
const history = fc.array(fc.record({ event, afterMs: fc.constantFrom(0, 100, 3_000, 80_000, 125_000) }), {
  maxLength: 40,
})
type History = { event: PhoneLineEvent; afterMs: number }[]

interface Moment {
  event: PhoneLineEvent
  before: PhoneLine | undefined
  after: PhoneLine | undefined
  outbox: PhoneLineEffect[]
}

function play(events: History): Moment[] {
  let phoneLine: PhoneLine | undefined
  let now = at('02:13')
  return events.map(({ event, afterMs }) => {
    now += afterMs
    const before = phoneLine
    const { state, outbox } = machine.transition(before, event, now)
    phoneLine = state
    return { event, before, after: state, outbox }
  })
}

const dials = (moments: Moment[]) =>
  moments.flatMap(({ before, after, outbox }) =>
    outbox.flatMap((effect) => (effect.type === 'dial' ? [{ effect, before, after }] : [])),
  )

it('never has two calls: each dial is of a fresh call, or of the one that the vendor has throttled', () => {
  fc.assert(
    fc.property(history, (events) => {
      for (const { effect, before, after } of dials(play(events))) {
        expect(effect.seq).toBe(after?.call?.seq)
        if (effect.seq === before?.seq) expect(before?.call?.phase).toBe('throttled')
        else expect(effect.seq).toBe((before?.seq ?? 0) + 1)
      }
    }),
  )
})

it('dials once for a decision, and never for one that was called off before', () => {
  fc.assert(
    fc.property(history, (events) => {
      const calls = new Map<string, number>()
      for (const { event, before, after, outbox } of play(events)) {
        for (const effect of outbox) {
          if (effect.type !== 'dial') continue
          for (const { incident, step } of after?.call?.about ?? []) {
            const decision = `${incident} ${step}`
            expect(calls.get(decision) ?? effect.seq, decision).toBe(effect.seq)
            calls.set(decision, effect.seq)
          }
        }
        if (event.type !== 'requests') continue
        if (event.of.some(({ incident, step }) => (before?.settled[incident]?.step ?? 0) < step)) continue
        expect(after).toBe(before)
        expect(outbox).toEqual([])
      }
    }),
  )
})

it('never dials again what may be ringing', () => {
  fc.assert(
    fc.property(history, (events) => {
      const unknown = new Set<number>()
      for (const { before, outbox } of play(events)) {
        for (const effect of outbox) {
          if (effect.type === 'dial') expect(unknown.has(effect.seq)).toBe(false)
          if (effect.type === 'outcome' && effect.outcome === 'unknown') unknown.add(before?.call?.seq ?? 0)
        }
      }
    }),
  )
})

it('tells each incident how its call ended, unless that needs no call any more', () => {
  const ends = ['unknown', 'unanswered', 'busy', 'no-key', 'passed', 'failed']
  fc.assert(
    fc.property(history, (events) => {
      const told = new Set<string>()
      for (const { event, before, after, outbox } of play(events)) {
        for (const effect of outbox) {
          if (effect.type === 'acknowledge') told.add(effect.incident)
          if (effect.type === 'outcome' && ends.includes(effect.outcome)) told.add(effect.incident)
        }
        const call = before?.call
        if (call === undefined || call.seq === after?.call?.seq) continue
        if (event.type !== 'withdrawn')
          for (const { incident, off } of call.about) {
            const isOff = off || (event.type === 'cancels' && event.of.some((one) => one.incident === incident))
            expect(isOff || told.has(incident), incident).toBe(true)
          }
        told.clear()
      }
    }),
  )
})

it('counts calls upwards, and looks at every call that is not over', () => {
  fc.assert(
    fc.property(history, (events) => {
      for (const { before, after } of play(events)) {
        expect(after?.seq ?? 0).toBeGreaterThanOrEqual(before?.seq ?? 0)
        if (after?.call !== undefined) expect(machine.dueAt?.(after)).toBeGreaterThan(0)
        else expect(after?.waiting ?? []).toEqual([])
      }
    }),
  )
})

it('becomes free by deadlines alone, whatever has happened', () => {
  fc.assert(
    fc.property(history, (events) => {
      let phoneLine = play(events).at(-1)?.after
      let now = at('12:00')
      for (let looks = 0; phoneLine?.call !== undefined; looks++) {
        expect(looks).toBeLessThan(200)
        const { call } = phoneLine
        now += 125_000
        const { state, outbox } = machine.transition(phoneLine, { type: 'deadline', seq: call.seq }, now)
        phoneLine = state
        // The vendor is never reached: each dial is throttled.
        if (outbox.some(({ type }) => type === 'dial'))
          phoneLine = machine.transition(
            phoneLine,
            { type: 'throttled', seq: phoneLine?.seq ?? 0, afterMs: 1000, failure: { class: 'busy' } },
            now,
          ).state
      }
    }),
  )
})
