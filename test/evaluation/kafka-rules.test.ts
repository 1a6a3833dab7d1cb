import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kafkaStatuses } from '../../shared/contracts/kafka-status.ts'
import {
  badness,
  type Commit,
  completeness,
  groupStatus,
  historyOf,
  type PartitionStatus,
  partitionStatus,
} from '../../shared/evaluation/kafka-rules.ts'

const MINUTE = 60_000

interface Case {
  /** Offsets committed a minute apart, the last one now unless `silentMin` says otherwise. */
  offsets: number[]
  /** The end of the log at each commit; a number means that it stays. `undefined` in the list: not known. */
  ends: number | (number | undefined)[]
  /** The end of the log now. Default: as at the last commit. */
  end?: number
  /** Ends that the broker told since the last commit. */
  laterEnds?: number[]
  silentMin?: number
  allowed?: number
}

function statusIn({ offsets, ends, end, laterEnds = [], silentMin = 0, allowed = 0 }: Case): PartitionStatus {
  const endAt = (index: number) => (typeof ends === 'number' ? ends : ends[index])
  const commits = offsets.map((offset, index): Commit => {
    const known = endAt(index)
    return { at: index * MINUTE, offset, ...(known === undefined ? {} : { lag: Math.max(0, known - offset) }) }
  })
  const seen = [...offsets.flatMap((_, index) => endAt(index) ?? []), ...laterEnds]
  const now = (Math.max(0, offsets.length - 1) + silentMin) * MINUTE
  const offset = offsets.at(-1) ?? 0
  const current = end ?? seen.at(-1) ?? 0
  return partitionStatus(historyOf(commits, allowed), {
    offset,
    lag: Math.max(0, current - offset),
    ends: [...seen, current].slice(-10),
    allowed,
    now,
    intervalMs: MINUTE,
  })
}

/** n numbers from a start in steps. */
const run = (n: number, start: number, step: number) => Array.from({ length: n }, (_, index) => start + index * step)

/** Ten commits with a lag that comes and goes, then none, while the log grows. */
const silent: Case = { offsets: run(10, 0, 10), ends: [30, ...run(9, 15, 10)], laterEnds: run(9, 100, 9) }

const table: [reason: string, expected: PartitionStatus, given: Case][] = [
  // Rule 1
  ['1: nothing unread, whatever the commits did', 'OK', { offsets: run(10, 50, 0), ends: 50 }],
  [
    '1: nothing unread now, though it rewound and came back',
    'OK',
    { offsets: [9, 3, 9, 9, 9, 9, 9, 9, 9, 9], ends: 9 },
  ],
  ['1: lag is as much as is allowed', 'OK', { offsets: run(10, 50, 0), ends: 60, allowed: 10 }],
  ['1: one more than is allowed is judged', 'STALL', { offsets: run(10, 50, 0), ends: 61, allowed: 10 }],
  ['1: silent for a day on an idle topic', 'OK', { offsets: run(10, 50, 1), ends: 59, silentMin: 1440 }],
  // Rule 2
  ['2: silent as long as the window spans: not yet', 'OK', { ...silent, silentMin: 9 }],
  ['2: silent for longer than the window spans', 'STOP', { ...silent, silentMin: 10 }],
  [
    '2: silent, but the log was read to its end within the window',
    'OK',
    { offsets: run(10, 0, 10), ends: [...run(9, 50, 9), 90], silentMin: 10, end: 200 },
  ],
  [
    '2: what came before the window does not count as read',
    'STOP',
    { offsets: run(10, 0, 10), ends: run(10, 0, 10), laterEnds: run(9, 100, 10), silentMin: 10, end: 200 },
  ],
  [
    '2 before 3: a rewind and then silence is STOP',
    'STOP',
    { offsets: [...run(9, 50, 1), 20], ends: 90, silentMin: 10 },
  ],
  ['2 before 4: stalled and then silent is STOP', 'STOP', { offsets: run(10, 50, 0), ends: 90, silentMin: 10 }],
  // Rule 3
  ['3: went back and stays behind', 'REWIND', { offsets: [...run(9, 50, 1), 20], ends: 90 }],
  [
    '3: went back, and has caught up with where it was',
    'OK',
    { offsets: [50, 51, 20, 30, 40, 51, 52, 53, 54, 55], ends: 90 },
  ],
  [
    '3: caught up to one short of where it was',
    'REWIND',
    { offsets: [50, 51, 20, 30, 40, 45, 46, 47, 48, 50], ends: 90 },
  ],
  ['3: went back twice, recovered once', 'REWIND', { offsets: [50, 20, 55, 30, 31, 32, 33, 34, 35, 36], ends: 90 }],
  [
    '3: though it had no lag at some time',
    'REWIND',
    { offsets: [50, 51, 52, 53, 54, 55, 56, 57, 58, 10], ends: [...run(9, 50, 1), 90] },
  ],
  ['3 before 4: went back and has not moved since', 'REWIND', { offsets: [50, ...run(9, 20, 0)], ends: 90 }],
  // Rule 4
  ['4: commits the same offset again and again', 'STALL', { offsets: run(10, 50, 0), ends: run(10, 60, 5) }],
  [
    '4: the same offset, but the lag was nothing at first',
    'OK',
    { offsets: run(10, 50, 0), ends: [50, ...run(9, 60, 1)] },
  ],
  [
    '4: the same offset, the lag was within what is allowed',
    'OK',
    { offsets: run(10, 50, 0), ends: run(10, 60, 5), allowed: 12 },
  ],
  ['4: one commit moved', 'WARN', { offsets: [...run(9, 50, 0), 51], ends: run(10, 60, 5) }],
  [
    '4: a lag that is not known is no lag that is fine',
    'STALL',
    { offsets: run(10, 50, 0), ends: [undefined, ...run(9, 60, 5)] },
  ],
  // Rule 5
  ['5: reads, but falls behind', 'WARN', { offsets: run(10, 50, 1), ends: run(10, 60, 5) }],
  ['5: reads, and the lag stays the same', 'OK', { offsets: run(10, 50, 5), ends: run(10, 60, 5) }],
  ['5: the lag got less once', 'OK', { offsets: [50, 51, 52, 53, 70, 71, 72, 73, 74, 75], ends: run(10, 100, 1) }],
  ['5: the lag was nothing once', 'OK', { offsets: run(10, 50, 1), ends: [50, ...run(9, 60, 5)] }],
  [
    '5: less than a lag that is not known in between',
    'OK',
    { offsets: run(10, 50, 1), ends: [90, undefined, ...run(8, 80, 1)] },
  ],
  ['5 on a tiny lag that is allowed', 'OK', { offsets: run(10, 50, 5), ends: run(10, 52, 5), allowed: 5 }],
  // Rule 6 and windows
  ['6: a burst that is being worked off', 'OK', { offsets: run(10, 50, 100), ends: run(10, 5000, 1) }],
  ['an empty window', 'OK', { offsets: [], ends: [], end: 500 }],
  ['a window of four commits is too short', 'OK', { offsets: run(4, 50, 0), ends: 90 }],
  ['a window of five commits will do', 'STALL', { offsets: run(5, 50, 0), ends: 90 }],
  ['too short for STOP, too', 'OK', { offsets: run(4, 50, 1), ends: 90, silentMin: 100 }],
]

it.each(table)('%s: %s', (_reason, expected, given) => {
  expect(statusIn(given)).toBe(expected)
})

describe('completeness', () => {
  it.each([
    [0, 0],
    [1, 0.1],
    [5, 0.5],
    [10, 1],
  ])('of %d commits is %d', (count, share) => {
    const commits = run(count, 0, MINUTE).map((at): Commit => ({ at, offset: at }))
    expect(completeness(historyOf(commits, 0))).toBe(share)
  })
})

describe('a group', () => {
  it.each([
    ['OK', 'OK'],
    ['WARN', 'WARN'],
    ['STOP', 'ERR'],
    ['STALL', 'ERR'],
    ['REWIND', 'ERR'],
  ] as const)('whose worst partition is %s is %s', (worst, group) => {
    expect(groupStatus(worst)).toBe(group)
  })

  it('knows what is worse', () => {
    expect([...kafkaStatuses].sort((a, b) => badness(a) - badness(b))).toEqual([
      'OK',
      'WARN',
      'ERR',
      'STOP',
      'STALL',
      'REWIND',
      'BEYOND',
    ])
  })
})

describe('whatever the commits', () => {
  const offset = fc.integer({ min: 0, max: 1000 })
  const window = fc.record({
    offsets: fc.array(offset, { maxLength: 10 }),
    ends: fc.array(offset, { minLength: 10, maxLength: 10 }),
    end: offset,
    silentMin: fc.integer({ min: 0, max: 30 }),
    allowed: fc.integer({ min: 0, max: 50 }),
  })
  const check = (property: (given: Required<Omit<Case, 'laterEnds'>> & { ends: number[] }) => void) =>
    fc.assert(fc.property(window, property), { numRuns: 2000 })
  const lagNow = ({ offsets, end }: { offsets: number[]; end: number }) => Math.max(0, end - (offsets.at(-1) ?? 0))

  it('a partition whose lag is allowed is fine', () =>
    check((given) => {
      if (lagNow(given) <= given.allowed) expect(statusIn(given)).toBe('OK')
    }))

  it('offsets that never go back are no REWIND', () =>
    check((given) => {
      const offsets = given.offsets.toSorted((a, b) => a - b)
      expect(statusIn({ ...given, offsets })).not.toBe('REWIND')
    }))

  it('a consumer that has just committed has not stopped', () =>
    check((given) => {
      expect(statusIn({ ...given, silentMin: 0 })).not.toBe('STOP')
    }))

  it('a partition that was without lag at a commit is neither STALL nor WARN', () =>
    check((given) => {
      const wasFine = given.offsets.some((one, index) => (given.ends[index] ?? 0) - one <= given.allowed)
      if (wasFine) expect(['OK', 'STOP', 'REWIND']).toContain(statusIn(given))
    }))

  it('allowing more never makes it worse than fine', () =>
    check((given) => {
      if (statusIn(given) !== 'OK') return
      expect(statusIn({ ...given, allowed: 1000 })).toBe('OK')
    }))

  it('longer silence changes only to STOP', () =>
    check((given) => {
      const before = statusIn(given)
      const after = statusIn({ ...given, silentMin: given.silentMin + 5 })
      expect([before, 'STOP']).toContain(after)
    }))

  it('a short window is fine', () =>
    check((given) => {
      expect(statusIn({ ...given, offsets: given.offsets.slice(0, 4) })).toBe('OK')
    }))
})
