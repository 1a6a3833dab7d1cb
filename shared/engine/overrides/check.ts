import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import { contradiction } from '../../oncall/contradiction.ts'
import { namedIn, overrideSpan, overrideText } from '../../oncall/override.ts'
import type { Contact, Directory, Override } from '../../oncall/plan.ts'
import { withoutTurns } from '../../oncall/turns.ts'
import { refusal } from './refusal.ts'
import { isSame, type ProjectRow, zonesOf } from './rows.ts'

/** Throws an `OverrideRefusal` for an override that names nobody, covers no time, is over, or contradicts another. */
export function checkOverride(
  override: Override,
  rows: ProjectRow[],
  people: Record<string, Contact>,
  now: Instant,
): void {
  const unknown = namedIn(override).find((name) => ownProperty(people, name) === undefined)
  if (unknown !== undefined) throw refusal('not-named', { what: 'contact', name: unknown, known: Object.keys(people) })
  if (new Set(namedIn(override)).size < namedIn(override).length) throw refusal('named-twice', {})
  if (override.to <= override.from) throw refusal('ends-before-begin', { from: override.from, to: override.to })
  for (const { row } of rows) {
    for (const zone of zonesOf(override, row)) checkSpan(override, zone, now)
    const idle = withoutTurns(override, row.directory)
    if (idle !== undefined)
      throw refusal('no-turns', { person: idle, schedule: 'away' in override ? '' : override.schedule })
    checkOthers(override, row.directory)
  }
}

function checkSpan(override: Override, zone: string, now: Instant): void {
  const { start, end } = overrideSpan(override, zone)
  if (end <= now) throw refusal('over', { to: override.to })
  if (start >= end) throw refusal('no-time', { zone })
}

/** Throws an `OverrideRefusal` with the override of a row that says the opposite, if there is one. */
export function checkOthers(override: Override, { schedules, overrides }: Directory): void {
  for (const other of overrides) {
    const against = contradiction(other, override, schedules)
    if (against === undefined || isSame(other, override)) continue
    const isWritten = other.made === undefined
    throw refusal('contradicts', { other: overrideText(other), why: against, isWritten }, other)
  }
}
