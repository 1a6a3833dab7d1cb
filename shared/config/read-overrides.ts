import * as z from 'zod'
import type { Override, Schedule } from '../oncall/plan.ts'
import { overrideByKind } from '../oncall/schema.ts'
import type { Reader } from './reader.ts'

/** Reads `overrides`; one with a mistake is left out. */
export function readOverrides(reader: Reader, _schedules: Record<string, Schedule>): Override[] {
  if (reader.get(['overrides']) === undefined) return []
  const list = reader.read(z.array(z.unknown()), ['overrides']) ?? []
  const contacts = reader.keys(['contacts'])
  return list.flatMap((_, index) => {
    const path = ['overrides', index]
    const read = reader.read(overrideByKind[kindOf(reader.keys(path))], path)
    for (const key of ['contact', 'for', 'add', 'remove', 'swap', 'away'])
      reader.lookUp([...path, key], 'contact', contacts)
    reader.lookUp([...path, 'schedule'], 'schedule', reader.keys(['schedules']))
    // Both are `YYYY-MM-DD HH:MM`, which sorts by time.
    if (read && read.to <= read.from)
      reader.note([...path, 'to'], `ends before it begins (${read.from}): swap them, or correct the date`)
    return read ? [read] : []
  })
}

/** By the key that only one kind has; a stand-in where there is none, which says what is missing. */
function kindOf(keys: string[]): keyof typeof overrideByKind {
  const kinds = ['add', 'remove', 'swap', 'away'] as const
  return kinds.find((kind) => keys.includes(kind)) ?? 'contact'
}
