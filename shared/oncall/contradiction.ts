import { broughtIn, overrideSpan } from './override.ts'
import type { Override, Schedule } from './plan.ts'

/** Why two overrides can't both be meant. */
export type Contradiction = 'two-stand-ins' | 'not-there' | 'swapped-otherwise'

/**
 * What two overrides say against each other while both count: two people for the same turns, somebody brought in who is taken off or away,
 * somebody swapped who has another's turns already. Undefined when both can be meant.
 */
export function contradiction(
  one: Override,
  other: Override,
  schedules: Record<string, Schedule>,
): Contradiction | undefined {
  const zone = zoneOfBoth(one, other, schedules)
  if (zone === undefined) return undefined
  const [a, b] = [overrideSpan(one, zone), overrideSpan(other, zone)]
  if (a.start >= b.end || b.start >= a.end) return undefined
  if (isNotThere(one, other) || isNotThere(other, one)) return 'not-there'
  if (isForTheSame(one, other)) return 'two-stand-ins'
  const [moved, also] = [movedBy(one), movedBy(other)]
  return moved.some((person) => also.includes(person)) ? 'swapped-otherwise' : undefined
}

/** The zone in which both are read; undefined where they have no schedule in common. Leave is read in any. */
function zoneOfBoth(one: Override, other: Override, schedules: Record<string, Schedule>): string | undefined {
  const names = [one, other].flatMap((each) => ('away' in each ? [] : [each.schedule]))
  return new Set(names).size === 1 ? schedules[names[0] ?? '']?.timezone : undefined
}

function isNotThere(one: Override, other: Override): boolean {
  const gone = 'away' in other ? other.away : 'remove' in other ? other.remove : undefined
  return gone !== undefined && broughtIn(one).includes(gone)
}

/** One for everybody leaves no turn to another. */
function isForTheSame(one: Override, other: Override): boolean {
  if (!('contact' in one && 'contact' in other)) return false
  return one.for === other.for || one.for === undefined || other.for === undefined
}

/** Whose turns others have: with two such, the order in which they are read would count. */
function movedBy(override: Override): string[] {
  if ('swap' in override) return override.swap
  return 'contact' in override && override.for !== undefined ? [override.for] : []
}
