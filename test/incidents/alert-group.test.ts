import { expect, it } from 'vitest'
import {
  type AlertGroup,
  alertGroupShape,
  MOST_MEMBERS,
  openMembers,
  takeWords,
  type Word,
} from '../../shared/incidents/alert-group.ts'

const NOW = 1_800_000_000_000
const word = (hash: string, action: 'trigger' | 'resolve' = 'trigger', takenAt = NOW): Word => ({
  alert: { action, dedupKey: hash, project: 'pay', summary: hash, source: 'x', severity: 'error', takenAt },
  hash,
  group: 'a',
  alike: { cluster: 'a' },
})
const full = (ended: number): Map<string, AlertGroup> => {
  const members = Array.from({ length: MOST_MEMBERS }, (_, index) => {
    const member = { open: index >= ended, severity: 'critical' as const, takenAt: NOW - MOST_MEMBERS + index }
    return [`m${index}`, member] as const
  })
  return new Map([['a', { at: 1, alike: { cluster: 'a' }, source: 'x', members: new Map(members) }]])
}

it('a full group makes room by what ended first, and leaves what still has none to be taken alone', () => {
  const groups = full(1)
  const { left } = takeWords(groups, [word('one'), word('two')], NOW)

  expect(left.map(({ hash }) => hash)).toEqual(['two'])
  expect(groups.get('a')?.members.has('m0')).toBe(false)
  expect(openMembers(groups.get('a') ?? expect.fail('none'))).toHaveLength(MOST_MEMBERS)
})

it('the end of what it has no room for is left to be taken alone', () => {
  expect(takeWords(full(0), [word('one', 'resolve')], NOW).left).toHaveLength(1)
})

it('an end that nothing open has is left to be taken alone, however often it comes', () => {
  const groups = new Map<string, AlertGroup>()
  for (const time of ['first', 'again'])
    expect(takeWords(groups, [word('one', 'resolve')], NOW).left, time).toHaveLength(1)
})

it('is kept as text in which a full one fits an item, and is read back as it was', () => {
  const { packing } = alertGroupShape
  const group: AlertGroup = {
    at: NOW,
    alike: { cluster: 'a, b=c\n d', service: '' },
    source: 'x',
    members: new Map([
      ['-_aZ09', { open: true, severity: 'info', takenAt: NOW, until: NOW + 1 }],
      ['1', { open: false, severity: 'critical', takenAt: 0 }],
    ]),
  }
  expect(packing?.unpack(packing.pack(group))).toEqual(group)
  expect(() => packing?.unpack('{}\n@zz nothing')).toThrow('no member')
  expect(() => packing?.unpack('{}')).toThrow('no group')

  const members = Array.from({ length: MOST_MEMBERS }, (_, index) => {
    return [
      String(index).padStart(14, 'h'),
      { open: false, severity: 'error' as const, takenAt: NOW, until: NOW },
    ] as const
  })
  const alike = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`label${index}`, '断'.repeat(256)]))
  expect(
    Buffer.byteLength(packing?.pack({ at: NOW, alike, source: '源', members: new Map(members) }) ?? ''),
  ).toBeLessThan(400_000)
})
