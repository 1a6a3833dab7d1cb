import type { Entry } from '../contracts/machine.ts'
import type { IncidentEffect, TimelineEntry } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { historyExpiry, numberKey, timelineKey } from './keys.ts'
import type { Row, RowKey } from './table.ts'

/**
 * What an effect that only records is kept as, an item of its own whose key makes a repeat harmless: a line of the incident's
 * history, or the pointer of its number. Nothing for other effects.
 */
export function recordRow(incident: RowKey, { id, effect, decidedAt }: Entry<IncidentEffect>): Row[] {
  if (effect.type === 'number')
    return [{ ...numberKey(effect.number), state: JSON.stringify(incident), expiresAt: historyExpiry(decidedAt) }]
  return effect.type === 'timeline' ? [timelineRow(incident, effect.entry, id)] : []
}

/** Lines of the history that still wait in the incident's own item. */
export function waitingLines(incident: Row): Row[] {
  return outboxOf(incident).flatMap(({ id, effect }) =>
    effect.type === 'timeline' ? [timelineRow(incident, effect.entry, id)] : [],
  )
}

/** Whether everything that an incident's item still has to deliver only records. */
export function waitsOnlyForRecords(incident: Row): boolean {
  return outboxOf(incident).every(({ effect }) => incidentMachine.isRecord?.(effect))
}

function outboxOf(incident: Row): Entry<IncidentEffect>[] {
  return incident.outbox === undefined ? [] : (JSON.parse(incident.outbox) as Entry<IncidentEffect>[])
}

function timelineRow(incident: RowKey, entry: TimelineEntry, id: string): Row {
  return { ...timelineKey(incident, entry, id), state: JSON.stringify(entry), expiresAt: historyExpiry(entry.at) }
}
