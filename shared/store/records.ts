import type { Entry } from '../contracts/machine.ts'
import type { Incident, IncidentEffect, TimelineEntry } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { historyExpiry, numberKey, pastKey, timelineKey } from './keys.ts'
import type { Row, RowKey } from './table.ts'

/**
 * What an effect that only records is kept as, an item of its own whose key makes a repeat harmless: a line of the incident's
 * history, the pointer of its number, or an earlier generation of it. Nothing for other effects.
 */
export function recordRow(incident: RowKey, { id, effect, decidedAt }: Entry<IncidentEffect>): Row[] {
  switch (effect.type) {
    case 'number': {
      const pointer: NumberPointer = { ...incident, generation: effect.generation }
      return [{ ...numberKey(effect.number), state: JSON.stringify(pointer), expiresAt: historyExpiry(decidedAt) }]
    }
    case 'past':
      return [pastRow(incident, effect.incident)]
    case 'timeline':
      return [timelineRow(incident, effect.entry, id)]
    default:
      return []
  }
}

/** Where a number leads. */
export type NumberPointer = RowKey & { generation: number }

/** The generation before the newest, while it still waits in the incident's own item. */
export function waitingPast(incident: Row, generation: number): Incident | undefined {
  return outboxOf(incident)
    .flatMap(({ effect }) => (effect.type === 'past' ? [effect.incident] : []))
    .find((past) => past.generation === generation)
}

/** Lines of the history that still wait in the incident's own item. */
export function waitingLines(incident: Row): Row[] {
  return outboxOf(incident).flatMap(({ id, effect }) =>
    effect.type === 'timeline' ? [timelineRow(incident, effect.entry, id)] : [],
  )
}

/** Whether everything that an incident's item still has to deliver only records. */
export function waitsOnlyForRecords(incident: Row): boolean {
  return outboxOf(incident).every(({ effect }) => incidentMachine.ruleOf(effect).record)
}

function outboxOf(incident: Row): Entry<IncidentEffect>[] {
  return incident.outbox === undefined ? [] : (JSON.parse(incident.outbox) as Entry<IncidentEffect>[])
}

function pastRow(key: RowKey, incident: Incident): Row {
  const { openedAt } = incident
  const expiresAt = incidentMachine.expiresAt?.({ ...incident, status: 'resolved' })
  return {
    ...pastKey(key, incident.generation),
    state: JSON.stringify(incident),
    listed: 'resolved',
    openedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

function timelineRow(incident: RowKey, entry: TimelineEntry, id: string): Row {
  return { ...timelineKey(incident, entry, id), state: JSON.stringify(entry), expiresAt: historyExpiry(entry.at) }
}
