import type { CallOutcome } from '../../shared/incidents/attempt.ts'
import type { EscalationAsked } from '../../shared/incidents/escalation-asked.ts'
import type { DatedAlert, Incident, IncidentEvent, NoticeEffect } from '../../shared/incidents/incident.ts'
import { incidentMachine } from '../../shared/incidents/machine.ts'
import type { DeliveryStatus, Notice, PersonName } from '../../shared/incidents/notice.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'
import { noticeOf } from '../../shared/incidents/notices.ts'
import type { Pause } from '../../shared/incidents/pause/pause.ts'
import type { Plan, PlannedLayer, PlannedTarget } from '../../shared/oncall/plan.ts'
import { refusedFor } from '../failure.ts'
import { at } from '../messages/notices.ts'
import { line, nameOf } from './story-lines.ts'

/** Somebody with a phone only, unless the changes say otherwise. */
export const target = (contact: string, changes: Partial<PlannedTarget> = {}): PlannedTarget => ({
  contact,
  name: contact,
  language: 'en',
  channels: ['phone'],
  fallback: [],
  phoneHash: `person-${contact}`,
  ...changes,
})

export const layer = (targets: PlannedTarget[], changes: Partial<PlannedLayer> = {}): PlannedLayer => ({
  targets,
  calls: 1,
  ackTimeoutMs: 300_000,
  notes: [],
  ...changes,
})

/** Lin for five minutes, then Wang, in one round; then everybody every half hour. One robot is told. */
export const plan = (changes: Partial<Plan> = {}): Plan => ({
  layers: [layer([target('lin')]), layer([target('wang')])],
  rounds: 1,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  chat: ['ops'],
  pages: true,
  at: at('02:13'),
  ...changes,
})

/** An incident's life as a timeline: each event gives everything that follows from it, one line per effect. */
export class Story {
  incident: Incident | undefined
  reason = ''
  now = at('02:13')
  private readonly plan: Plan
  private readonly sent: NoticeEffect[] = []

  constructor(changes: Partial<Plan> = {}) {
    this.plan = plan(changes)
  }

  at(time: string): this {
    this.now = at(time)
    return this
  }

  alert(action: DatedAlert['action'], changes: Partial<DatedAlert> = {}): string[] {
    const alert: DatedAlert = {
      action,
      dedupKey: 'web',
      project: 'pay',
      summary: 'web is down',
      source: 'probe',
      severity: 'critical',
      takenAt: this.now,
      ...changes,
    }
    return this.take({ type: 'alert', alert, projectTitle: 'Pay', number: 1024 })
  }

  trigger(changes: Partial<DatedAlert> = {}): string[] {
    return this.alert('trigger', changes)
  }

  /** It breaks at 02:13, its first step comes, and the robot is told. */
  begin(changes: Partial<DatedAlert> = {}): this {
    this.at('02:13').trigger(changes)
    this.step()
    this.delivered('opened', 'ops', 'sent')
    return this
  }

  recovery(changes: Partial<DatedAlert> = {}): string[] {
    return this.alert('resolve', changes)
  }

  /** The queued step or deadline comes. */
  step(changes: Partial<Plan> = {}, pause?: Pause): string[] {
    return this.take({
      type: 'step',
      plan: { ...this.plan, ...changes },
      ...(pause && { pause }),
      keepers: [{ contact: 'lin', channel: 'sms' }],
    })
  }

  /** A phone line tells how the call to somebody goes; by default the newest one. */
  call(contact: string, outcome: CallOutcome, changes: { step?: number; reason?: string; generation?: number } = {}) {
    const phoneHash = `person-${contact}`
    const steps =
      this.incident?.escalation.attempts.filter((one) => one.phoneHash === phoneHash).map((one) => one.step) ?? []
    const { generation = this.generation, step = Math.max(0, ...steps), reason } = changes
    return this.take({
      type: 'call',
      generation,
      phoneHash,
      step,
      outcome,
      ...(reason ? { failure: refusedFor(reason) } : {}),
    })
  }

  /** What became of the newest message of a kind to somebody. */
  delivered(kind: NoticeKind, to: string, status: DeliveryStatus, reason?: string): string[] {
    const effect = this.newest(kind, to)
    return this.take({ type: 'delivered', effect, status, ...(reason ? { failure: refusedFor(reason) } : {}) })
  }

  /** What a carrier says of the newest text of a kind to somebody; without a reason it has arrived. */
  receipt(kind: NoticeKind, to: string, reason?: string): string[] {
    const effect = this.newest(kind, to)
    return this.take({ type: 'receipt', effect, ...(reason ? { failure: refusedFor(reason) } : {}) })
  }

  private newest(kind: NoticeKind, to: string) {
    const effect = this.sent.findLast((effect) => effect.kind === kind && nameOf(effect.to) === to)
    if (effect === undefined) throw new Error(`No ${kind} was sent to ${to}`)
    return effect
  }

  acknowledge(contact = 'lin', generation = this.generation): string[] {
    return this.take({ type: 'acknowledge', generation, via: 'link', by: named(contact) })
  }

  keyOne(contact: string, until?: string): string[] {
    return this.take({
      type: 'acknowledge',
      generation: this.generation,
      via: 'phone',
      phoneHash: `person-${contact}`,
      ...(until !== undefined && { until: at(until) }),
    })
  }

  resolveBy(contact: string, generation = this.generation): string[] {
    return this.take({ type: 'resolve', generation, via: 'cli', by: named(contact) })
  }

  snooze(contact: string, time: string): string[] {
    return this.take({ type: 'snooze', generation: this.generation, via: 'cli', by: named(contact), until: at(time) })
  }

  giveBack(contact: string): string[] {
    return this.take({ type: 'give-back', generation: this.generation, via: 'cli', by: named(contact) })
  }

  escalate(contact: string, asked: EscalationAsked = {}): string[] {
    return this.take({ type: 'escalate', generation: this.generation, via: 'cli', by: named(contact), ...asked })
  }

  take(event: IncidentEvent): string[] {
    const { state, outbox, reason } = incidentMachine.transition(this.incident, event, this.now)
    this.incident = state
    this.reason = reason
    this.sent.push(...outbox.filter((effect) => effect.type === 'notice'))
    return outbox.map(line)
  }

  /** The newest notice of a kind. */
  notice(kind: NoticeKind): Notice {
    const found = this.sent.findLast((effect) => effect.kind === kind)
    if (found === undefined) throw new Error(`Nobody was told of ${kind}`)
    if (this.incident === undefined) throw new Error('There is no incident')
    return noticeOf(this.incident, found.kind, found.at, found.extras)
  }

  get phase(): string {
    const { phase, round, layer } = this.escalation
    return phase === 'layer' ? `layer ${round}.${layer}` : phase
  }

  get escalation(): Incident['escalation'] {
    if (this.incident === undefined) throw new Error('There is no incident yet')
    return this.incident.escalation
  }

  /** Every attempt of the layer: `lin phone 1 ringing`. */
  get attempts(): string[] {
    return this.escalation.attempts.map(
      ({ contact, channel, call, status }) => `${contact} ${channel} ${call} ${status}`,
    )
  }

  private get generation(): number {
    return this.incident?.generation ?? 0
  }
}

function named(contact: string): PersonName {
  return { contact, name: contact }
}
