import type { Entry } from '../contracts/machine.ts'
import type { Shape } from '../contracts/versions.ts'
import {
  type Incident,
  type IncidentEffect,
  incidentShape,
  type TimelineEntry,
  timelineShape,
} from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { historyExpiry, numberKey, pastKey, timelineKey } from './keys.ts'
import { held } from './shape.ts'
import type { Row, RowKey } from './table.ts'

/**
 * What an effect that only records is kept as, an item of its own whose key makes a repeat harmless: a line of the incident's
 * history, the pointer of its number, or an earlier generation of it. Nothing for other effects.
 */
export function recordRow(incident: RowKey, { id, effect, decidedAt }: Entry<IncidentEffect>): Row[] {
  switch (effect.type) {
    case 'number': {
      const pointer: NumberPointer = { ...incident, generation: effect.generation }
      return [{ ...numberKey(effect.number), ...held(pointer, numberShape), expiresAt: historyExpiry(decidedAt) }]
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
export const numberShape: Shape<NumberPointer> = { current: 1 }

/** The generation before the newest, while it still waits in the incident's own item. */
export function waitingPast(outbox: Entry<IncidentEffect>[], generation: number): Incident | undefined {
  return outbox
    .flatMap(({ effect }) => (effect.type === 'past' ? [effect.incident] : []))
    .find((past) => past.generation === generation)
}

/** Lines of the history that still wait in the incident's own item, by where they will be kept. */
export function waitingLines(incident: RowKey, outbox: Entry<IncidentEffect>[]): Map<string, TimelineEntry> {
  const lines = outbox.flatMap(({ id, effect }): [string, TimelineEntry][] =>
    effect.type === 'timeline' ? [[timelineKey(incident, effect.entry, id).sk, effect.entry]] : [],
  )
  return new Map(lines)
}

/** Whether everything that an incident's item still has to deliver only records. */
export function waitsOnlyForRecords(outbox: Entry<IncidentEffect>[]): boolean {
  return outbox.every(({ effect }) => incidentMachine.ruleOf(effect).record)
}

function pastRow(key: RowKey, incident: Incident): Row {
  const { openedAt } = incident
  const expiresAt = incidentMachine.expiresAt?.({ ...incident, status: 'resolved' })
  return {
    ...pastKey(key, incident.generation),
    ...held(incident, incidentShape),
    listed: 'resolved',
    openedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

function timelineRow(incident: RowKey, entry: TimelineEntry, id: string): Row {
  return { ...timelineKey(incident, entry, id), ...held(entry, timelineShape), expiresAt: historyExpiry(entry.at) }
}
