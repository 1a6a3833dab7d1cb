import type { Entry } from '../contracts/machine.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import { type Incident, type IncidentEffect, incidentShape } from '../incidents/incident.ts'
import { KEPT_AFTER_RESOLVE_MS, LINE_KEPT_MS } from '../incidents/kept.ts'
import { parseReference } from '../incidents/reference.ts'
import { type TimelineEntry, timelineShape } from '../incidents/timeline-entry.ts'
import { incidentKey, numberKey, pastKey, timelineKey } from './keys.ts'
import { held } from './shape.ts'
import type { Row, RowKey } from './table.ts'

// What effects that only record are kept as: items of their own, whose keys make a repeat harmless.

type EntryOf<Type extends IncidentEffect['type']> = Entry<Extract<IncidentEffect, { type: Type }>>

/** Where a number leads. */
export type NumberPointer = RowKey & { generation: number }
/** The version, and form, in which where a short number leads is kept. */
export const numberShape: Shape<NumberPointer> = { current: 1 }

/** The row by which the short number of an incident leads to it: for as long as that goes on, and for its time after the end. */
export function numberRows({ pk, sk }: RowKey, { effect: { number, generation, endedAt } }: EntryOf<'number'>): Row[] {
  const pointer: NumberPointer = { pk, sk, generation }
  const row: Row = { ...numberKey(number), ...held(pointer, numberShape) }
  return [endedAt === undefined ? row : { ...row, expiresAt: expiryOf(endedAt + KEPT_AFTER_RESOLVE_MS) }]
}

/** The row of a generation that another one has followed: what told of no end was over by that. */
export function pastRows(key: RowKey, { effect: { incident }, decidedAt }: EntryOf<'past'>): Row[] {
  const { generation, openedAt, resolved } = incident
  const row: Row = {
    ...pastKey(key, generation),
    ...held(incident, incidentShape),
    listed: 'resolved',
    openedAt,
    expiresAt: expiryOf((resolved?.at ?? decidedAt) + KEPT_AFTER_RESOLVE_MS),
  }
  return [row]
}

/** The row of a line of an incident's history. */
export function timelineRows(
  incident: RowKey,
  { id, effect: { entry } }: Pick<EntryOf<'timeline'>, 'id' | 'effect'>,
): Row[] {
  return [
    {
      ...timelineKey(incident, entry, id),
      ...held(entry, timelineShape),
      expiresAt: expiryOf(entry.at + LINE_KEPT_MS),
    },
  ]
}

/** The row of a line that another incident's history gets of one merged into it: the write that decided it is one of the member's. */
export function memberRows({ id, effect: { of, entry } }: EntryOf<'member'>): Row[] {
  const lines = timelineRows(incidentKey(parseReference(of)), { id, effect: { type: 'timeline', entry } })
  return lines.map((row) => ({ ...row, sk: `${row.sk}#${entry.number}` }))
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

/** DynamoDB's TTL is in seconds. */
function expiryOf(at: Instant): number {
  return Math.floor(at / 1000)
}
