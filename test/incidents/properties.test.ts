import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CallOutcome } from '../../shared/incidents/attempt.ts'
import type { Incident, IncidentEffect, IncidentEvent, NoticeEffect } from '../../shared/incidents/incident.ts'
import { incidentMachine } from '../../shared/incidents/machine.ts'
import { at } from '../messages/notices.ts'
import { layer, plan, target } from './story.ts'

/** What may come next; what it is about is chosen from what the incident then holds. */
type Move =
  | { type: 'alert'; action: 'trigger' | 'acknowledge' | 'resolve'; ageMs: number; severity: 'critical' | 'warning' }
  | { type: 'step'; pages: boolean; pauseMs?: number }
  | { type: 'call'; which: number; outcome: CallOutcome; behind: number }
  | { type: 'delivered'; which: number; status: 'sent' | 'failed' | 'unknown' }
  | { type: 'acknowledge' | 'resolve' | 'give-back'; behind: number }
  | { type: 'snooze'; forMs: number; behind: number }
  | { type: 'escalate'; layer?: number; to?: string[]; behind: number }

const outcomes: CallOutcome[] = [
  'waiting',
  'ringing',
  'listening',
  'unknown',
  'unanswered',
  'busy',
  'no-key',
  'passed',
  'failed',
]
const behind = fc.constantFrom(0, 0, 0, 1)
const which = fc.nat({ max: 30 })
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    type: fc.constant('alert' as const),
    action: fc.constantFrom('trigger' as const, 'trigger' as const, 'acknowledge' as const, 'resolve' as const),
    ageMs: fc.constantFrom(0, 0, 100_000),
    severity: fc.constantFrom('critical' as const, 'warning' as const),
  }),
  fc.record({ type: fc.constant('step' as const), pages: fc.constantFrom(true, true, true, false) }),
  fc.record({ type: fc.constant('step' as const), pages: fc.constant(true) }),
  fc.record({
    type: fc.constant('step' as const),
    pages: fc.constant(true),
    pauseMs: fc.constantFrom(300_000, 7_200_000),
  }),
  fc.record({ type: fc.constant('call' as const), which, outcome: fc.constantFrom(...outcomes), behind }),
  fc.record({ type: fc.constant('call' as const), which, outcome: fc.constantFrom(...outcomes), behind }),
  fc.record({
    type: fc.constant('delivered' as const),
    which,
    status: fc.constantFrom('sent' as const, 'failed' as const, 'unknown' as const),
  }),
  fc.record({ type: fc.constantFrom('acknowledge' as const, 'resolve' as const, 'give-back' as const), behind }),
  fc.record({ type: fc.constant('snooze' as const), forMs: fc.constantFrom(60_000, 3_600_000), behind }),
  fc.record(
    { type: fc.constant('escalate' as const), layer: fc.nat({ max: 4 }), to: fc.constant<string[]>(['wang']), behind },
    { requiredKeys: ['type', 'behind'] },
  ),
)
const history = fc.array(fc.record({ move, afterMs: fc.constantFrom(0, 1_000, 70_000, 310_000, 1_810_000) }), {
  minLength: 1,
  maxLength: 40,
})

const policy = plan({
  layers: [
    layer([target('lin', { fallback: ['sms', 'email'] }), target('wang', { channels: ['phone', 'sms'] })], {
      calls: 2,
    }),
    layer([target('chen', { channels: ['sms'] })]),
    layer([], { notes: [{ code: 'nobody-next', args: { schedule: 'sre' } }] }),
  ],
  rounds: 2,
  ackExpiresMs: 600_000,
})

const by = { contact: 'lin', name: 'lin' }
const silence = { code: 'silenced', args: { silence: 's1', by: 'lin', comment: 'upgrade' } } as const

interface Moment {
  event: IncidentEvent
  before: Incident | undefined
  after: Incident | undefined
  outbox: IncidentEffect[]
}

function play(moves: { move: Move; afterMs: number }[]): Moment[] {
  let incident: Incident | undefined
  let now = at('02:13')
  const notices: NoticeEffect[] = []
  const calls: { phoneHash: string; step: number }[] = []
  return moves.flatMap(({ move, afterMs }) => {
    now += afterMs
    const event = eventOf(move, incident, now, notices, calls)
    if (event === undefined) return []
    const before = incident
    const { state, outbox } = incidentMachine.transition(before, event, now)
    incident = state
    notices.push(...outbox.filter((effect) => effect.type === 'notice'))
    calls.push(...outbox.filter((effect) => effect.type === 'call'))
    return [{ event, before, after: state, outbox }]
  })
}

function eventOf(
  move: Move,
  incident: Incident | undefined,
  now: number,
  notices: NoticeEffect[],
  calls: { phoneHash: string; step: number }[],
): IncidentEvent | undefined {
  const generation = (incident?.generation ?? 0) - ('behind' in move ? move.behind : 0)
  switch (move.type) {
    case 'alert': {
      const { action, severity, ageMs } = move
      const about = { dedupKey: 'web', project: 'pay', summary: 'web is down', source: 'probe' }
      return {
        type: 'alert',
        alert: { ...about, action, severity, takenAt: now - ageMs },
        projectTitle: 'Pay',
        number: 1024,
      }
    }
    case 'step':
      return {
        type: 'step',
        plan: { ...policy, pages: move.pages },
        ...(move.pauseMs !== undefined && { pause: { cause: silence, until: now + move.pauseMs } }),
      }
    case 'call': {
      const call = calls[move.which % calls.length]
      return call && { type: 'call', generation, phoneHash: call.phoneHash, step: call.step, outcome: move.outcome }
    }
    case 'delivered': {
      const effect = notices[move.which % notices.length]
      return effect && { type: 'delivered', effect, status: move.status }
    }
    case 'acknowledge':
    case 'resolve':
    case 'give-back':
      return { type: move.type, generation, via: 'cli', by }
    case 'snooze':
      return { type: 'snooze', generation, via: 'cli', by, until: now + move.forMs }
    case 'escalate': {
      const { behind: _, ...asked } = move
      return { ...asked, generation, via: 'cli', by }
    }
  }
}

it('steps never go back, and every decision that calls or queues something is a new one', () => {
  fc.assert(
    fc.property(history, (moves) => {
      const calls = new Set<string>()
      for (const { before, after, outbox } of play(moves)) {
        expect(after?.step ?? 0).toBeGreaterThanOrEqual(before?.step ?? 0)
        for (const effect of outbox) {
          if (effect.type === 'step') expect(effect.step).toBe(after?.step)
          if (effect.type !== 'call') continue
          expect(effect.step).toBeGreaterThan(before?.step ?? 0)
          expect(calls.has(`${effect.phoneHash} ${effect.step}`)).toBe(false)
          calls.add(`${effect.phoneHash} ${effect.step}`)
        }
      }
    }),
  )
})

it('an incident that must page, of which the chat is told, or that somebody has for a while only, is never without a deadline, and nothing else has one', () => {
  fc.assert(
    fc.property(history, (moves) => {
      for (const { after } of play(moves)) {
        if (after === undefined) continue
        const hasDue = after.status === 'open' || (after.status === 'acknowledged' && after.ackEnd !== undefined)
        expect(incidentMachine.dueAt?.(after) !== undefined, after.escalation.phase).toBe(hasDue)
        expect(after.escalation.phase === 'over', after.status).toBe(after.status !== 'open')
      }
    }),
  )
})

it('acknowledged or resolved, nobody is called and no step follows but that of its end', () => {
  fc.assert(
    fc.property(history, (moves) => {
      for (const { after, outbox } of play(moves)) {
        if (after === undefined || after.status === 'open') continue
        const kinds = outbox.map((effect) => (effect.type === 'notice' ? effect.kind : effect.type))
        const mayEnd = after.ackEnd !== undefined && after.status === 'acknowledged'
        const allowed = [
          'cancel',
          'number',
          'timeline',
          'acknowledged',
          'resolved',
          ...(mayEnd ? ['step', 'ack-ends'] : []),
        ]
        expect(kinds.filter((kind) => !allowed.includes(kind))).toEqual([])
      }
    }),
  )
})

it('what is paused calls nobody and tells nobody of the trouble, but that it pages soon', () => {
  fc.assert(
    fc.property(history, (moves) => {
      for (const { event, outbox } of play(moves)) {
        if (event.type !== 'step' || event.pause === undefined) continue
        const kinds = outbox.map((effect) => (effect.type === 'notice' ? effect.kind : effect.type))
        const allowed = ['cancel', 'step', 'timeline', 'paused', 'pause-ends']
        expect(kinds.filter((kind) => !allowed.includes(kind))).toEqual([])
      }
    }),
  )
})

it('every call that may ring is called off when it is no longer wanted', () => {
  const mayRing = (incident: Incident | undefined) =>
    (incident?.escalation.attempts ?? []).filter(
      ({ phoneHash, status }) =>
        phoneHash !== undefined && ['requested', 'ringing', 'listening', 'unknown'].includes(status),
    )
  fc.assert(
    fc.property(history, (moves) => {
      for (const { event, before, after, outbox } of play(moves)) {
        const still = mayRing(after)
        for (const { phoneHash, step } of mayRing(before)) {
          if (still.some((one) => one.phoneHash === phoneHash && one.step === step)) continue
          const ended = event.type === 'call' && event.phoneHash === phoneHash && event.step === step
          const off = outbox.some((one) => one.type === 'cancel' && one.phoneHash === phoneHash && one.step >= step)
          expect(off || ended, `${phoneHash} ${step}`).toBe(true)
        }
      }
    }),
  )
})

it('a recovery is told once to each, and only to whom the trouble was told', () => {
  fc.assert(
    fc.property(history, (moves) => {
      const told = new Set<string>()
      for (const { before, after, outbox } of play(moves)) {
        for (const effect of outbox) {
          if (effect.type !== 'notice' || effect.kind !== 'resolved') continue
          const name = `${effect.incident} to ${JSON.stringify(effect.to)}`
          expect(told.has(name), name).toBe(false)
          told.add(name)
          const known = [...(before?.notified ?? []), ...(after?.notified ?? [])].map((to) => JSON.stringify(to))
          expect(known).toContain(JSON.stringify(effect.to))
        }
      }
    }),
  )
})

it('deadlines alone lead from anywhere to exhaustion, and round again', () => {
  fc.assert(
    fc.property(history, (moves) => {
      let incident = play(moves).at(-1)?.after
      if (incident === undefined || incidentMachine.dueAt?.(incident) === undefined) return
      let loud = 0
      for (let steps = 0; steps < 30; steps++) {
        const due: number = incidentMachine.dueAt?.(incident) ?? expect.fail('no deadline')
        const { state, outbox } = incidentMachine.transition(incident, { type: 'step', plan: policy }, due)
        incident = state ?? expect.fail('no state')
        loud += outbox.filter(
          (effect) => effect.type === 'notice' && effect.kind === 'exhausted' && 'chat' in effect.to,
        ).length
      }
      expect(loud).toBeGreaterThan(2)
    }),
  )
})
