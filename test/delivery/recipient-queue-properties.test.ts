import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isMoot } from '../../shared/delivery/moot.ts'
import { newsOf } from '../../shared/delivery/recipient-queue/news.ts'
import { planMessages } from '../../shared/delivery/recipient-queue/plan.ts'
import {
  hasTurn,
  isInTurn,
  type Posted,
  type RecipientQueue,
  type RecipientQueueEffect,
  type RecipientQueueEvent,
  recipientQueueMachine,
} from '../../shared/delivery/recipient-queue/queue.ts'
import type { Incident, NoticeEffect } from '../../shared/incidents/incident.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'
import { formatReference } from '../../shared/incidents/reference.ts'
import { PathWorld } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'

/** Long before it is forgotten what was told. */
const CRASH_KNOWN_MS = 300_000

const machine = recipientQueueMachine('robot#one')
const failure = refusedFor('busy')

/** What happens next: news of an incident, a change of it, or what becomes of the queue's turn, its post, its messages. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('news' as const), of: fc.nat(4), isHandedTwice: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('take' as const, 'end' as const), of: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('again' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('turn' as const), turns: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('post' as const),
      ends: fc.constantFrom('sent', 'failed', 'apart', 'refused', 'lost', 'lost but posted', 'late'),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const world = new PathWorld()
await world.alert('trigger')
const template = world.incident()

/** A robot's queue, the incidents that it tells of, and a vendor. Everything that comes about is carried out when a step says so. */
class Robot {
  queue: RecipientQueue | undefined
  readonly incidents = Array.from(
    { length: 5 },
    (_, index): Incident => ({
      ...template,
      project: `project-${index % 2}`,
      groupKey: `check-${index}`,
      openedAt: index,
      severity: index % 2 === 0 ? 'critical' : 'warning',
      status: 'open',
    }),
  )
  readonly handed: NoticeEffect[] = []
  readonly outcomes: Extract<RecipientQueueEffect, { type: 'outcome' }>[] = []
  /** What people read, in order. */
  readonly read: { notice: NoticeEffect; repeat: boolean }[] = []
  posts = 0
  failures = 0
  private now = 1_000
  private turn: Extract<RecipientQueueEffect, { type: 'turn' }> | undefined
  private isPosting = false

  step(step: Step): void {
    this.now += 10
    if (step.does === 'turn') this.takeTurn(step.turns)
    else if (step.does === 'post') this.post(step.ends)
    else if (step.does === 'again') this.handAgain()
    else this.happen(step)
  }

  private happen(step: Extract<Step, { of: number }>): void {
    const incident = this.incidents[step.of]
    if (incident === undefined) throw new Error('no such incident')
    if (step.does === 'end') incident.status = 'resolved'
    if (step.does === 'take' && incident.status === 'open') incident.status = 'acknowledged'
    if (step.does !== 'news') return
    const before = this.handed.filter((one) => one.incident === formatReference(incident)).length
    const kinds: NoticeKind[] = before === 0 ? ['opened'] : before % 3 === 0 ? ['exhausted'] : ['escalated']
    if (incident.status === 'acknowledged') kinds[0] = 'acknowledged'
    if (incident.status === 'resolved') kinds[0] = 'resolved'
    this.hand(incident, kinds[0] ?? 'opened', step.isHandedTwice)
  }

  /** The vendor takes everything, until nothing waits. */
  drain(): void {
    for (
      let round = 0;
      this.queue !== undefined && this.queue.waiting.length + this.queue.posting.length > 0;
      round++
    ) {
      if (round > 100) throw new Error('The queue does not come to rest')
      this.takeTurn(2)
      while (this.isPosting) this.post('sent')
    }
  }

  private hand(incident: Incident, kind: NoticeKind, isHandedTwice: boolean): void {
    const at = this.now
    const notice: NoticeEffect = {
      type: 'notice',
      kind,
      at,
      incident: formatReference(incident),
      extras: {},
      to: { chat: 'ops' },
    }
    this.handed.push(notice)
    this.apply({ type: 'notices', of: [notice], pace: { posts: 6, windowMs: 30_000 }, afterMs: 20_000 })
    if (isHandedTwice) this.handAgain()
  }

  /** Whoever handed the newest on has crashed before noting that. */
  private handAgain(): void {
    const newest = this.handed.at(-1)
    if (newest === undefined || this.now - newest.at > CRASH_KNOWN_MS) return
    this.apply({ type: 'notices', of: [{ ...newest, repeat: true }], pace: { posts: 6, windowMs: 30_000 }, afterMs: 0 })
  }

  private takeTurn(turns: number): void {
    if (this.turn === undefined) return
    this.now = Math.max(this.now, this.turn.at)
    const { seq } = this.turn
    if (!hasTurn(this.queue, seq, this.now)) return
    const { news, over } = newsOf(this.queue.waiting, this.incidents)
    const messages = planMessages(news, () => 100, turns, 250).map((each) => each.flatMap(({ effects }) => effects))
    this.turn = undefined
    this.apply({ type: 'turn', seq, messages, over })
  }

  private post(ends: Extract<Step, { does: 'post' }>['ends']): void {
    if (!this.isPosting || this.queue === undefined) return
    this.isPosting = false
    this.apply({ type: 'posted', ...this.posted(this.queue, ends) })
  }

  private posted(queue: RecipientQueue, ends: Extract<Step, { does: 'post' }>['ends']): Posted {
    if (!isInTurn(queue, this.now)) return { late: true }
    const { news } = newsOf(queue.posting[0] ?? [], this.incidents)
    if (news.length === 0) return { outcomes: [] }
    this.posts++
    if (ends !== 'sent') this.failures++
    if (ends === 'sent' || ends === 'lost but posted')
      this.read.push(...news.map(({ notice }) => ({ notice, repeat: notice.repeat ?? false })))
    const effects = news.flatMap((one) => one.effects)
    const results: Record<typeof ends, Posted> = {
      sent: { outcomes: effects.map((effect) => ({ effect, status: 'sent' })) },
      failed: { outcomes: effects.map((effect) => ({ effect, status: 'failed', failure })) },
      apart: news.length > 1 ? { apart: failure } : { refused: failure, afterMs: 1_000, patienceMs: 1_800_000 },
      refused: { refused: failure, afterMs: 1_000, patienceMs: 1_800_000 },
      lost: { unsure: failure },
      'lost but posted': { unsure: failure },
      late: { late: true },
    }
    return results[ends]
  }

  private apply(event: RecipientQueueEvent): void {
    const decision = machine.transition(this.queue, event, this.now)
    this.queue = decision.state
    for (const effect of decision.outbox) {
      if (effect.type === 'turn') this.turn = effect
      if (effect.type === 'post') this.isPosting = true
      if (effect.type === 'outcome') this.outcomes.push(effect)
    }
  }
}

const nameOf = ({ kind, at, incident }: NoticeEffect) => `${incident} ${kind} ${at}`

it('loses nothing, repeats nothing without saying so, keeps the order of each incident, and asks the vendor no more than it has to', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const robot = new Robot()
      for (const each of steps) robot.step(each)
      robot.drain()

      const ends = Map.groupBy(robot.outcomes, ({ effect }) => nameOf(effect))
      for (const notice of robot.handed) {
        const incident = robot.incidents.find((one) => formatReference(one) === notice.incident)
        if (incident === undefined) throw new Error('no such incident')
        const outcomes = ends.get(nameOf(notice)) ?? []
        expect(outcomes.length, `outcomes of ${nameOf(notice)}`).toBeLessThanOrEqual(1)
        if (outcomes.length === 0) expect(isMoot(notice, incident), `lost: ${nameOf(notice)}`).toBe(true)
      }
      for (const [name, read] of Map.groupBy(robot.read, ({ notice }) => nameOf(notice))) {
        expect(read.length, `times that ${name} was read`).toBeLessThanOrEqual(2)
        expect(
          read.slice(1).every(({ repeat }) => repeat),
          `${name} is marked as a repeat`,
        ).toBe(true)
        // Whoever may have read it hears of the end.
        expect(ends.has(name), `${name} is known to have been told`).toBe(true)
      }
      for (const read of Map.groupBy(robot.read, ({ notice }) => notice.incident).values()) {
        const first = read.filter(({ notice }, index) => read.findIndex((one) => one.notice.at === notice.at) === index)
        expect(first.map(({ notice }) => notice.at)).toEqual(
          first.map(({ notice }) => notice.at).toSorted((a, b) => a - b),
        )
      }
      expect(robot.posts).toBeLessThanOrEqual(
        new Set(robot.read.map(({ notice }) => nameOf(notice))).size + robot.failures,
      )
    }),
    { numRuns: 300 },
  )
})

it('plans for each turn in order, all that fits, by itself where turns are left', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 })), fc.nat(8), fc.nat(1_000), (sizes, turns, room) => {
      const plan = planMessages(sizes, (size) => size, turns, room)
      const told = plan.flat()

      expect(plan.length).toBeLessThanOrEqual(turns)
      expect(told).toEqual(sizes.slice(0, told.length))
      expect(plan.every(({ length }) => length > 0)).toBe(true)
      if (told.length < sizes.length) expect(plan).toHaveLength(turns)
      if (sizes.length <= turns) expect(plan).toEqual(sizes.map((size) => [size]))
      for (const message of plan)
        if (message.length > 1) expect(message.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(room)
    }),
    { numRuns: 300 },
  )
})

it('that nobody answers is told before everything, whatever its severity', () => {
  const { incidents } = new Robot()
  const [bad, mild] = incidents
  if (bad === undefined || mild === undefined) throw new Error('no incidents')
  const effect = (incident: Incident, kind: NoticeKind): NoticeEffect => ({
    type: 'notice',
    kind,
    at: 1_000,
    incident: formatReference(incident),
    to: { chat: 'ops' },
    extras: {},
  })
  const { news } = newsOf([effect(bad, 'opened'), effect(mild, 'exhausted')], incidents)

  expect(news.map(({ incident, notice }) => [incident.severity, notice.kind])).toEqual([
    ['warning', 'exhausted'],
    ['critical', 'opened'],
  ])
})
