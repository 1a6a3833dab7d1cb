import type { ReadAlert } from './ingest/read-alerts.ts'
import { inParts } from './ingest/split-alerts.ts'
import type { EngineIo } from './io.ts'

/**
 * Whether alerts can be sent to a queue once more: all of them came as messages. What we decided ourselves, such as the verdict of
 * a check, has none; it is little, and is taken at once.
 */
export function canBePassedOn(group: ReadAlert[]): boolean {
  return group.every(({ written }) => written !== undefined)
}

/** Sends alerts to the overflow queue, as their senders wrote them, each with when our queue took it and its position in its message. */
export async function passOn(alerts: ReadAlert[], { lanes, log }: EngineIo): Promise<void> {
  const sent = alerts.flatMap(({ written, position = 0, takenAt }) =>
    written === undefined ? [] : [{ alert: written, position, takenAt }],
  )
  for (const [takenAt, some] of Map.groupBy(sent, (one) => one.takenAt)) await lanes?.overflow?.(inParts(some), takenAt)
  if (sent.length > 0) log({ level: 'warn', event: 'alerts passed on', alerts: sent.length })
}
