import type { Entry } from '../contracts/machine.ts'
import type { Shape } from '../contracts/versions.ts'
import { type Incident, type IncidentEffect, incidentShape } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { type TimelineEntry, timelineShape } from '../incidents/timeline-entry.ts'
import { historyExpiry, numberKey, pastKey, timelineKey } from './keys.ts'
import { held } from './shape.ts'
import type { Row, RowKey } from './table.ts'

// What effects that only record are kept as: items of their own, whose keys make a repeat harmless.

type EntryOf<Type extends IncidentEffect['type']> = Entry<Extract<IncidentEffect, { type: Type }>>

/** Where a number leads. */
export type NumberPointer = RowKey & { generation: number }
/** The version, and form, in which where a short number leads is kept. */
export const numberShape: Shape<NumberPointer> = { current: 1 }

/** The row by which the short number of an incident leads to it. */
export function numberRows(incident: RowKey, { effect, decidedAt }: EntryOf<'number'>): Row[] {
  const pointer: NumberPointer = { ...incident, generation: effect.generation }
  return [{ ...numberKey(effect.number), ...held(pointer, numberShape), expiresAt: historyExpiry(decidedAt) }]
}

/** The row of a generation that another one has followed. */
export function pastRows(key: RowKey, { effect: { incident } }: EntryOf<'past'>): Row[] {
  const { openedAt } = incident
  const expiresAt = incidentMachine.expiresAt?.({ ...incident, status: 'resolved' })
  const row: Row = {
    ...pastKey(key, incident.generation),
    ...held(incident, incidentShape),
    listed: 'resolved',
    openedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
  return [row]
}

/** The row of a line of an incident's history. */
export function timelineRows(incident: RowKey, { id, effect: { entry } }: EntryOf<'timeline'>): Row[] {
  return [{ ...timelineKey(incident, entry, id), ...held(entry, timelineShape), expiresAt: historyExpiry(entry.at) }]
}

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
