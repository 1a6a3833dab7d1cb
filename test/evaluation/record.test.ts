import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import { verdicts } from '../../shared/contracts/verdicts.ts'
import { inflated, rowsOf } from '../../shared/evaluation/columns.ts'
import {
  type CheckRecord,
  checkKey,
  pack,
  REMEMBERED_OUTCOMES,
  type Records,
  recordsOf,
  repacked,
  unpack,
} from '../../shared/evaluation/record.ts'

const record: fc.Arbitrary<CheckRecord> = fc.record(
  {
    outcomes: fc.array(fc.constantFrom(...verdicts), { maxLength: REMEMBERED_OUTCOMES }),
    at: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    latencyMs: fc.integer({ min: 0, max: 65_535 }),
    troubledSince: fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((seconds) => seconds * 1000),
    certificateEnds: fc.integer({ min: 1, max: 2 ** 24 - 1 }).map((hours) => hours * HOUR_MS),
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
        const { records: most, certificates = '' } = pack(given)
        // Of a few, what deflating takes by itself is no part of a check's.
        expect(most.length).toBeLessThanOrEqual(40 * given.size)
        expect(certificates.length).toBeLessThanOrEqual(8 + 4 * given.size)
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
    expect(pack(new Map(steady)).records.length).toBeLessThan(1_600)
  })

  it('that stood one after the other, as before, are the same when they are packed', () => {
    fc.assert(
      fc.property(records, (given) => {
        const { records: columns, ...beside } = pack(given)
        const rows = rowsOf(inflated(columns), 25).toString('base64')
        expect(unpack({ records: repacked(rows), ...beside })).toEqual(given)
      }),
    )
  })

  it('that nobody packed are refused', () => {
    expect(() => unpack({ records: 'AAAA' })).toThrow()
  })

  it('are as long as ever without a certificate, and read by who knows of none', () => {
    const plain: CheckRecord = { outcomes: ['up'], at: 1, latencyMs: 20 }
    const shown = new Map([
      [1, plain],
      [2, { ...plain, certificateEnds: 500_000 * HOUR_MS }],
    ])
    const { records: known, certificates } = pack(shown)

    expect(pack(new Map([...shown].map(([key]) => [key, plain])))).toEqual({ records: known })
    expect(unpack({ records: known }).get(2)).toEqual(plain)
    expect(() => unpack({ ...pack(new Map([[1, plain]])), ...(certificates && { certificates }) })).toThrow()
  })

  it('round the end of a certificate down, and cut one that nobody will live to see', () => {
    const ends = (certificateEnds: number) =>
      unpack(pack(new Map([[1, { outcomes: [], at: 0, latencyMs: 0, certificateEnds }]]))).get(1)?.certificateEnds
    expect(ends(500_000 * HOUR_MS + 1)).toBe(500_000 * HOUR_MS)
    expect(ends(Number.MAX_VALUE)).toBe((2 ** 24 - 1) * HOUR_MS)
    expect(ends(-1)).toBeUndefined()
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

  it('of a state are read once, and those of another state by themselves', () => {
    const state = pack(new Map([[1, { outcomes: ['up'], at: 5, latencyMs: 7 }]]))

    expect(recordsOf(state)).toEqual(unpack(state))
    expect(recordsOf(state)).toBe(recordsOf(state))
    expect(recordsOf({ ...state })).not.toBe(recordsOf(state))
  })

  it('of nothing are nothing', () => {
    expect(pack(new Map())).toEqual({ records: '' })
    expect(unpack({ records: '' })).toEqual(new Map())
  })
})

it('keys of 20,000 checks differ', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `project-${index % 7}/check-${index}`)

  expect(new Set(ids.map(checkKey)).size).toBe(20_000)
})
