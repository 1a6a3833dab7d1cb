import type { Failure } from '../../shared/contracts/failure.ts'
import type { Decision } from '../../shared/contracts/machine.ts'
import { phoneLineMachine } from '../../shared/phoneline/machine.ts'
import type { PhoneLine, PhoneLineEffect, PhoneLineEvent } from '../../shared/phoneline/phone-line.ts'
import { brief, refusedFor } from '../failure.ts'
import { clock } from '../incidents/story-lines.ts'
import { at } from '../messages/notices.ts'

const machine = phoneLineMachine('lin')

const decisions = { '1': 'acknowledged', '4': 'snoozed', '9': 'passed' } as const

/** A person's phone line as a timeline: each event gives everything that follows from it, one line per effect. */
export class PhoneLineStory {
  phoneLine: PhoneLine | undefined
  reason = ''
  now = at('02:13')

  at(time: string): this {
    this.now = at(time)
    return this
  }

  /** An incident asks for a call. */
  request(incident: string, step = 1): string[] {
    return this.take({ type: 'requests', of: [{ incident, step }] })
  }

  cancel(incident: string, step = 1): string[] {
    return this.take({ type: 'cancels', of: [{ incident, step }] })
  }

  /** The vendor placed the call. */
  dialled(changes: Partial<Extract<PhoneLineEvent, { type: 'dialled' }>> = {}): string[] {
    return this.take({ type: 'dialled', seq: this.seq, contactId: `c${this.seq}`, route: 0, ...changes })
  }

  throttled(afterMs = 1000): string[] {
    return this.take({ type: 'throttled', seq: this.seq, afterMs, failure: refusedFor('busy') })
  }

  refused(): string[] {
    return this.take({ type: 'refused', seq: this.seq, failure: refusedFor('not allowed') })
  }

  lost(): string[] {
    return this.take({ type: 'lost', seq: this.seq, failure: refusedFor('reset') })
  }

  stopped(seq = this.seq): string[] {
    return this.take({ type: 'stopped', seq })
  }

  withdrawn(): string[] {
    return this.take({ type: 'withdrawn', seq: this.seq })
  }

  /** Connect's contact event: somebody, or a voicemail, took the call. */
  connected(contactId = `c${this.seq}`): string[] {
    return this.take({ type: 'connected', contactId })
  }

  /** The contact flow began to speak. */
  answered(seq = this.seq): string[] {
    return this.take({ type: 'answered', seq, contactId: `c${seq}` })
  }

  key(key: '1' | '4' | '9' | 'none', seq = this.seq): string[] {
    const pressed = key === 'none' ? { decision: key } : { key, decision: decisions[key] }
    return this.take({ type: 'key', ...pressed, seq, contactId: `c${seq}` })
  }

  /** Connect's contact event: the call is over. */
  hungUp(how: 'answered' | 'unanswered', failure?: Failure, contactId = `c${this.seq}`, endedAt = this.now): string[] {
    const why = failure && { failure }
    return this.take({ type: 'disconnected', contactId, answered: how === 'answered', endedAt, ...why })
  }

  /** Connect's contact event: it rang, until this time, and nobody answered. */
  rangOut(until = clock(this.now)): string[] {
    return this.hungUp('unanswered', { class: 'no-answer' }, undefined, at(until))
  }

  deadline(seq = this.seq): string[] {
    return this.take({ type: 'deadline', seq })
  }

  take(event: PhoneLineEvent): string[] {
    return this.decide(event).outbox.map(line)
  }

  decide(event: PhoneLineEvent): Decision<PhoneLine, PhoneLineEffect> {
    const decision = machine.transition(this.phoneLine, event, this.now)
    this.phoneLine = decision.state
    this.reason = decision.reason
    return decision
  }

  get seq(): number {
    return this.phoneLine?.seq ?? 0
  }

  get phase(): string {
    return this.phoneLine?.call?.phase ?? 'free'
  }

  get waiting(): string[] {
    return this.phoneLine?.waiting.map(({ incident }) => incident) ?? []
  }

  /** When watch looks at the phone line, if nobody else does. */
  get dueAt(): string | undefined {
    const due = this.phoneLine && machine.dueAt?.(this.phoneLine)
    return due === undefined ? undefined : clock(due)
  }
}

function line(effect: PhoneLineEffect): string {
  switch (effect.type) {
    case 'dial':
      return `dial ${effect.seq} about ${effect.incidents.join(', ')}`
    case 'stop':
      return `stop ${effect.seq}`
    case 'link':
      return `link ${effect.contactId} to ${effect.seq}`
    case 'acknowledge':
      return `acknowledge ${effect.incident}${effect.until === undefined ? '' : ` until ${clock(effect.until)}`}`
    case 'outcome':
      return `${effect.incident} step ${effect.step}: ${[effect.outcome, brief(effect.failure)].filter(Boolean).join(', ')}`
    case 'deadline':
      return `look at ${effect.seq} at ${clock(effect.at)}`
  }
}
