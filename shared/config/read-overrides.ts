import * as z from 'zod'
import { type Mistake, mistake } from '../contracts/mistake.ts'
import { contradictions, noTurns } from '../messages/override-refused.ts'
import { type Contradiction, contradiction } from '../oncall/contradiction.ts'
import { overrideSpan, overrideText } from '../oncall/override.ts'
import { overrideByKind } from '../oncall/override-schema.ts'
import type { Override, Schedule } from '../oncall/plan.ts'
import { withoutTurns } from '../oncall/turns.ts'
import type { Reader } from './reader.ts'

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
      if (against !== undefined) reader.note(path, contradicts(before, against))
    }
    found.push({ override, index })
  }
  const overrides = found.map(({ override }) => override)
  for (const { override, index } of found) {
    const person = withoutTurns(override, { schedules, overrides })
    if (person !== undefined)
      reader.note(
        ['overrides', index],
        mistake('no-turns', noTurns(person, 'away' in override ? '' : override.schedule)),
      )
  }
  return overrides
}

function contradicts({ override, index }: { override: Override; index: number }, why: Contradiction): Mistake {
  const { en, zh } = contradictions[why]
  return mistake('contradicts', {
    en: `contradicts overrides.${index} (${overrideText(override)}): ${en}`,
    zh: `与 overrides.${index}（${overrideText(override)}）矛盾：${zh}`,
  })
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
    const words = {
      en: `ends before it begins (${from}): swap them, or correct the date`,
      zh: `结束早于开始（${from}）：对调，或改正日期`,
    }
    reader.note([...path, 'to'], mistake('ends-before-begin', words))
    return true
  }
  const zone = 'away' in override ? undefined : schedules[override.schedule]?.timezone
  const span = zone === undefined ? undefined : overrideSpan(override, zone)
  if (span !== undefined && span.start >= span.end) {
    const words = {
      en: `covers no time: the clocks of ${zone} skip all of it`,
      zh: `没有时间：${zone} 的时钟整段跳过了它`,
    }
    reader.note([...path, 'to'], mistake('no-time', words))
    return true
  }
  const same =
    'swap' in override
      ? override.swap[0] === override.swap[1]
      : 'contact' in override && override.for === override.contact
  const twice = { en: 'names one person twice: name two', zh: '写的是同一个人：写两个人' }
  if (same) reader.note(path, mistake('named-twice', twice))
  return same
}

/** By the key that only one kind has; a stand-in where there is none, which says what is missing. */
function kindOf(keys: string[]): keyof typeof overrideByKind {
  const kinds = ['add', 'remove', 'swap', 'away'] as const
  return kinds.find((kind) => keys.includes(kind)) ?? 'contact'
}
