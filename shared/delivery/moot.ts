import type { Incident, NoticeEffect } from '../incidents/incident.ts'
import { isOfHeld } from '../incidents/notice-kinds.ts'
import { isRefusedForNow } from '../incidents/notices.ts'
import { formatReference } from '../incidents/reference.ts'

/**
 * Whether a notice is overtaken by what has become of its incident. Who is called, and until when, is news only while the incident is
 * open; that it began, or was taken, is none once it is over.
 */
export function isMoot({ kind, incident: of }: NoticeEffect, incident: Incident): boolean {
  if (of !== formatReference(incident)) return true
  if (kind === 'resolved' || kind === 'once' || isOfHeld(kind)) return false
  if (kind === 'acknowledged' || kind === 'ack-ends') return incident.status !== 'acknowledged'
  if (kind === 'opened' || kind === 'flapping' || kind === 'fewer' || kind === 'sender-silent' || kind === 'grown')
    return incident.status === 'resolved'
  if (kind === 'paused' || kind === 'pause-ends') return incident.escalation.phase !== 'paused'
  if (kind === 'unplaced' && !incident.escalation.attempts.some(isRefusedForNow)) return true
  return incident.status !== 'open'
}
