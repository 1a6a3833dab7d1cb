import { notNamed } from '../../config/not-named.ts'
import { contradictions, noTurns } from '../../config/read-overrides.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import { contradiction } from '../../oncall/contradiction.ts'
import { namedIn, overrideSpan, overrideText } from '../../oncall/override.ts'
import type { Contact, Directory, Override } from '../../oncall/plan.ts'
import { withoutTurns } from '../../oncall/turns.ts'
import { OverrideRefusal } from './refusal.ts'
import { isSame, type ProjectRow, zonesOf } from './rows.ts'

/** Throws an `OverrideRefusal` for an override that names nobody, covers no time, is over, or contradicts another. */
export function checkOverride(
  override: Override,
  rows: ProjectRow[],
  people: Record<string, Contact>,
  now: Instant,
): void {
  const unknown = namedIn(override).find((name) => ownProperty(people, name) === undefined)
  if (unknown !== undefined)
    throw new OverrideRefusal('not-named', notNamed('contact', unknown, Object.keys(people)).words)
  if (new Set(namedIn(override)).size < namedIn(override).length)
    throw new OverrideRefusal('named-twice', {
      en: 'it names one person twice: name two',
      zh: '写的是同一个人：写两个人',
    })
  if (override.to <= override.from)
    throw new OverrideRefusal('ends-before-begin', {
      en: `it ends (${override.to}) before it begins (${override.from})`,
      zh: `结束（${override.to}）早于开始（${override.from}）`,
    })
  for (const { row } of rows) {
    for (const zone of zonesOf(override, row)) checkSpan(override, zone, now)
    const idle = withoutTurns(override, row.directory)
    if (idle !== undefined) throw new OverrideRefusal('no-turns', noTurns(idle, override))
    checkOthers(override, row.directory)
  }
}

function checkSpan(override: Override, zone: string, now: Instant): void {
  const { start, end } = overrideSpan(override, zone)
  if (end <= now)
    throw new OverrideRefusal('over', {
      en: `it is over already (${override.to}): give a time to come`,
      zh: `已经过去了（${override.to}）：写将来的时间`,
    })
  if (start >= end)
    throw new OverrideRefusal('no-time', {
      en: `it covers no time: the clocks of ${zone} skip all of it`,
      zh: `没有时间：${zone} 的时钟整段跳过了它`,
    })
}

/** Throws an `OverrideRefusal` with the override of a row that says the opposite, if there is one. */
export function checkOthers(override: Override, { schedules, overrides }: Directory): void {
  for (const other of overrides) {
    const against = contradiction(other, override, schedules)
    if (against === undefined || isSame(other, override)) continue
    const { en, zh } = contradictions[against]
    const words = {
      en: `it contradicts ${overrideText(other)}: ${en}${other.made === undefined ? ' (it is one of oncall.yml)' : ''}`,
      zh: `与 ${overrideText(other)} 矛盾：${zh}${other.made === undefined ? '（它写在 oncall.yml 里）' : ''}`,
    }
    throw new OverrideRefusal('contradicts', words, other)
  }
}
