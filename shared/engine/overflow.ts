import type { EngineIo } from './io.ts'
import type { ReadAlert } from './read-alerts.ts'
import { inParts } from './split-alerts.ts'

/** What we decided ourselves is no message, and few: it is taken where it is decided. */
export function canBePassedOn(group: ReadAlert[]): boolean {
  return group.every(({ written }) => written !== undefined)
}

/** Leaves alerts to the overflow queue, as their senders wrote them, with when and in which place each came. */
export async function passOn(alerts: ReadAlert[], { lanes, log }: EngineIo): Promise<void> {
  const sent = alerts.flatMap(({ written, position = 0, takenAt }) =>
    written === undefined ? [] : [{ alert: written, position, takenAt }],
  )
  for (const [takenAt, some] of Map.groupBy(sent, (one) => one.takenAt)) await lanes?.overflow?.(inParts(some), takenAt)
  if (sent.length > 0) log({ event: 'alerts passed on', alerts: sent.length })
}
