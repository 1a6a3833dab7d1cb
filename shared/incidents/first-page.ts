import { mayWait } from '../oncall/own-reach.ts'
import type { Incident, NoticeEffect } from './incident.ts'
import { escalatedAs } from './severity.ts'

/** Whether somebody is now called for the first time about what never waits: no limit of theirs holds that up. */
export function isFirstUrgentCall({ escalation, ...incident }: Incident, contact: string): boolean {
  if (mayWait(escalatedAs(incident))) return false
  const hasRung = escalation.tried.some((one) => one.contact === contact && one.calls > 0)
  const isAgain = escalation.attempts.some((one) => one.contact === contact && one.channel === 'phone' && one.call > 1)
  return !hasRung && !isAgain
}

/** Whether a text or mail is the first page that somebody gets about what never waits. */
export function isFirstUrgentText(incident: Incident, { kind, to }: Pick<NoticeEffect, 'kind' | 'to'>): boolean {
  if (!('contact' in to) || kind !== 'page' || mayWait(escalatedAs(incident))) return false
  return !incident.notified.some((one) => 'contact' in one && one.contact === to.contact && one.channel === to.channel)
}
