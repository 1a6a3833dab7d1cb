import * as z from 'zod'
import { type Contradiction, contradiction } from '../oncall/contradiction.ts'
import { overrideSpan, overrideText } from '../oncall/override.ts'
import type { Override, Schedule } from '../oncall/plan.ts'
import { overrideByKind } from '../oncall/schema.ts'
import type { Reader } from './reader.ts'

/** What two overrides say against each other, and the remedy. */
export const contradictions: Record<Contradiction, string> = {
  'two-stand-ins': 'both stand in for the same turns: let one end before the other begins',
  'not-there': 'one brings in whom the other says is not there: take one of them out',
  'swapped-otherwise': 'both move the same person’s turns: let one end before the other begins',
}

/** Reads `overrides`; one with a mistake is left out, and two that contradict each other are noted at the later. */
export function readOverrides(reader: Reader, schedules: Record<string, Schedule>): Override[] {
  if (reader.get(['overrides']) === undefined) return []
  const list = reader.read(z.array(z.unknown()), ['overrides']) ?? []
  const found: { override: Override; index: number }[] = []
  for (const index of list.keys()) {
    const path = ['overrides', index]
    const override = reader.read(overrideByKind[kindOf(reader.keys(path))], path)
    lookUpNames(reader, path)
    if (override === undefined) continue
    if (noteSpell(reader, path, override, schedules)) continue
    for (const before of found) {
      const against = contradiction(before.override, override, schedules)
      if (against !== undefined)
        reader.note(
          path,
          `contradicts overrides.${before.index} (${overrideText(before.override)}): ${contradictions[against]}`,
        )
    }
    found.push({ override, index })
  }
  return found.map(({ override }) => override)
}

function lookUpNames(reader: Reader, path: (string | number)[]): void {
  const contacts = reader.keys(['contacts'])
  for (const key of ['contact', 'for', 'add', 'remove', 'swap', 'away'])
    reader.lookUp([...path, key], 'contact', contacts)
  reader.lookUp([...path, 'schedule'], 'schedule', reader.keys(['schedules']))
}

/** True when it covers no time, or says nothing. */
function noteSpell(
  reader: Reader,
  path: (string | number)[],
  override: Override,
  schedules: Record<string, Schedule>,
): boolean {
  const { from, to } = override
  // Both are `YYYY-MM-DD HH:MM`, which sorts by time.
  if (to <= from) {
    reader.note([...path, 'to'], `ends before it begins (${from}): swap them, or correct the date`)
    return true
  }
  const zone = 'away' in override ? undefined : schedules[override.schedule]?.timezone
  const span = zone === undefined ? undefined : overrideSpan(override, zone)
  if (span !== undefined && span.start >= span.end) {
    reader.note([...path, 'to'], `covers no time: the clocks of ${zone} skip all of it`)
    return true
  }
  const same =
    'swap' in override
      ? override.swap[0] === override.swap[1]
      : 'contact' in override && override.for === override.contact
  if (same) reader.note(path, 'names one person twice: name two')
  return same
}

/** By the key that only one kind has; a stand-in where there is none, which says what is missing. */
function kindOf(keys: string[]): keyof typeof overrideByKind {
  const kinds = ['add', 'remove', 'swap', 'away'] as const
  return kinds.find((kind) => keys.includes(kind)) ?? 'contact'
}
