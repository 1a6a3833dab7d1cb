import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdicts } from '../../shared/contracts/verdicts.ts'
import { inflated, rowsOf } from '../../shared/evaluation/columns.ts'
import {
  type CheckRecord,
  checkKey,
  pack,
  REMEMBERED_OUTCOMES,
  type Records,
  repacked,
  unpack,
} from '../../shared/evaluation/record.ts'

const record: fc.Arbitrary<CheckRecord> = fc.record(
  {
    outcomes: fc.array(fc.constantFrom(...verdicts), { maxLength: REMEMBERED_OUTCOMES }),
    at: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    latencyMs: fc.integer({ min: 0, max: 65_535 }),
    troubledSince: fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((seconds) => seconds * 1000),
  },
  { requiredKeys: ['outcomes', 'at', 'latencyMs'] },
)
const records: fc.Arbitrary<Records> = fc
  .array(fc.tuple(fc.string({ unit: 'binary' }).map(checkKey), record), { maxLength: 50 })
  .map((pairs) => new Map(pairs))

describe('packed records', () => {
  it('read as they were written', () => {
    fc.assert(
      fc.property(records, (given) => {
        expect(unpack(pack(given))).toEqual(given)
      }),
    )
  })

  it('take at most 40 bytes a check', () => {
    fc.assert(
      fc.property(records, (given) => {
        expect(pack(given).length).toBeLessThanOrEqual(40 * given.size)
      }),
    )
  })

  it('of a hundred checks that are steadily up fit half of what they hold', () => {
    const steady = Array.from({ length: 100 }, (_, index): [number, CheckRecord] => [
      checkKey(`pay/check-${index}`),
      {
        outcomes: Array(REMEMBERED_OUTCOMES).fill('up'),
        at: 1_800_000_000_000 + ((index * 7_919) % 3_000),
        latencyMs: 80 + ((index * 104_729) % 120),
      },
    ])
    expect(pack(new Map(steady)).length).toBeLessThan(1_600)
  })

  it('that stood one after the other, as before, are the same when they are packed', () => {
    fc.assert(
      fc.property(records, (given) => {
        const rows = rowsOf(inflated(pack(given)), 25).toString('base64')
        expect(unpack(repacked(rows))).toEqual(given)
      }),
    )
  })

  it('that nobody packed are refused', () => {
    expect(() => unpack('AAAA')).toThrow()
  })

  it('round a latency, and cut one that is longer than they can say', () => {
    const written = new Map([
      [1, { outcomes: [], at: 0, latencyMs: 12.6 }],
      [2, { outcomes: [], at: 0, latencyMs: 70_000 }],
    ])

    expect([...unpack(pack(written)).values()].map(({ latencyMs }) => latencyMs)).toEqual([13, 65_535])
  })

  it('never say that a trouble began before it did, however often they are written', () => {
    const once = unpack(pack(new Map([[1, { outcomes: [], at: 0, latencyMs: 0, troubledSince: 12_345_001 }]])))

    expect(once.get(1)?.troubledSince).toBe(12_346_000)
    expect(unpack(pack(once))).toEqual(once)
  })

  it('of nothing are nothing', () => {
    expect(pack(new Map())).toBe('')
    expect(unpack('')).toEqual(new Map())
  })
})

it('keys of 20,000 checks differ', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `project-${index % 7}/check-${index}`)

  expect(new Set(ids.map(checkKey)).size).toBe(20_000)
})
