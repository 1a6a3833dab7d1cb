import { describe, expect, it } from 'vitest'
import { overrideRefusedText } from '../../shared/messages/override-refused.ts'
import type { OverrideRefused } from '../../shared/oncall/override-refused.ts'

describe('why an override is not made, by its code', () => {
  it.each<[OverrideRefused, string, string]>([
    [
      { code: 'not-named', args: { what: 'schedule', name: 'sra', known: ['sre'] } },
      'no schedule is named `sra` (did you mean `sre`?); there are: sre',
      '没有名为 `sra` 的排班（是不是 `sre`？）；有：sre',
    ],
    [
      { code: 'contradicts', args: { other: 'sre: zhao', why: 'not-there', isWritten: true } },
      'it contradicts sre: zhao: one brings in whom the other says is not there: take one of them out (it is one of oncall.yml)',
      '与 sre: zhao 矛盾：一个让某人值班，另一个说此人不在：删掉其中一个（它写在 oncall.yml 里）',
    ],
    [
      { code: 'too-long', args: { most: 92, turn: '2026-12-01 – 2027-06-01' } },
      '2026-12-01 – 2027-06-01 is longer than 92 days: name one turn',
      '2026-12-01 – 2027-06-01 超过 92 天：写一班',
    ],
    [{ code: 'too-long', args: { most: 200 } }, 'the note is longer than 200 characters', '原因超过 200 个字'],
    [
      { code: 'no-turns', args: { person: 'lin', schedule: 'sre', turn: '18:00 – 20:00' } },
      'lin is not on call in sre (18:00 – 20:00): name a turn of theirs',
      'lin 在 sre 的这段时间不值班（18:00 – 20:00）：写其值班的一段',
    ],
    [
      { code: 'unreadable', args: { project: 'pay', problem: { en: 'no phone', zh: '没有电话' } } },
      "the people of pay can't be read whole (no phone): run bin/fenghuo.js apply",
      'pay 的人员不能完整读出（没有电话）：执行 bin/fenghuo.js apply',
    ],
  ])('%j', (why, en, zh) => {
    expect(overrideRefusedText(why, 'en')).toBe(en)
    expect(overrideRefusedText(why, 'zh')).toBe(zh)
  })
})
