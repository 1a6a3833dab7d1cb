import { alertsEnvelope } from '../../contracts/alert.ts'
import { writable } from '../../contracts/lenient.ts'
import { queueText } from '../../contracts/queue-text.ts'
import { keyOf } from '../../ingest/fenghuo/read.ts'
import { inMessages, MESSAGE_ALERTS, messageOf, positionsOf } from '../../ingest/pack.ts'

/** An alert as its sender wrote it, and its place in that message. */
export interface Written {
  alert: unknown
  position: number
}

/**
 * The parts of a message of more alerts than one invocation should take, as messages of their own; none if it is not that large. What
 * they say is not judged, only whose it is: a message that comes twice is parted alike, and its parts change nothing the second time.
 */
export function splitAlerts(body: unknown): string[] {
  const envelope = alertsEnvelope.safeParse(body)
  if (!envelope.success || envelope.data.alerts.length <= MESSAGE_ALERTS) return []
  return inParts(envelope.data.alerts.map((alert, position) => ({ alert, position })))
}

/** Makes messages of alerts of one message, small enough for one invocation each, which say at which positions they stood. */
export function inParts(written: Written[]): string[] {
  const all = written.map(({ alert, position }) => ({ key: keyOf(alert), text: textOf(alert), position }))
  return inMessages(all).map((some) => messageOf(some, positionsOf(some)))
}

/** What nests very deeply can be read, but not written as it is. */
function textOf(alert: unknown): string {
  try {
    return queueText(alert)
  } catch {
    return queueText(writable(alert))
  }
}
