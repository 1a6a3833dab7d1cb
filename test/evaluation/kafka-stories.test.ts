import { describe, expect, it } from 'vitest'
import { groupFault } from '../../shared/checks/kafka-lag/group-fault.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { evaluateGroup } from '../../shared/evaluation/kafka-lag.ts'
import type { GroupOffsets, KafkaLimits, PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { slotShape } from '../../shared/evaluation/kafka-slot.ts'
import { isQuiet, isSame, SLOTS, type Slot } from '../../shared/evaluation/kafka-window.ts'

const { pack, unpack } = slotShape.packing

const MINUTE = 60_000
const start = Date.UTC(2026, 10, 21, 3, 41)

interface Said {
  minute: number
  outcome: VerdictWord
  code: string
  worst?: unknown
  lag?: unknown
}

/** What is said of a group's one partition, a sample a minute; where `of` gives nothing the probe was away. */
function story(
  minutes: number,
  of: (minute: number) => PartitionOffsets | undefined,
  limits: Partial<KafkaLimits> = {},
): Said[] {
  let slots: Slot[] = []
  return Array.from({ length: minutes }, (_, minute) => minute).flatMap((minute): Said[] => {
    const read = of(minute)
    if (read === undefined) return []
    const isHeld = read[3]
    const sample: GroupOffsets = {
      group: 'orders',
      at: start + minute * MINUTE,
      state: isHeld ? 'Stable' : 'Empty',
      members: isHeld ? 1 : 0,
      topics: [{ topic: 'paid', partitions: [read] }],
    }
    const { slot, verdict } = evaluateGroup(slots, sample, { lag: [], allowed: [], ...limits }, MINUTE)
    const before = slots.at(-1)
    // What is stored is read again as it was.
    if (before === undefined || !isQuiet(slot) || !isSame(slot, before))
      slots = [...slots, unpack(pack(slot))].slice(-SLOTS)
    const { code, args } = groupFault('kafka', sample, verdict)
    return [{ minute, outcome: verdict.outcome, code, ...('worst' in args && { worst: args.worst, lag: args.lag }) }]
  })
}

const downs = (said: Said[]) => said.filter(({ outcome }) => outcome === 'down').map(({ minute }) => minute)

describe('who commits rarely and keeps up', () => {
  /** Commits every so many minutes all that has come. */
  const rarely =
    (every: number) =>
    (minute: number): PartitionOffsets => [0, Math.floor(minute / every) * every * 1_000, minute * 1_000 + 500, true]

  it.each([11, 15, 20])('each %i minutes is never down once it was seen to', (every) => {
    expect(downs(story(240, rarely(every))).filter((minute) => minute > every)).toEqual([])
  })

  it('each hour is never down once that came twice: once might be an outage', () => {
    expect(downs(story(600, rarely(60))).filter((minute) => minute > 120)).toEqual([])
  })

  it.each([3, 5, 10, 15])('each %i minutes, and dies, is down by one and a half of its waits', (every) => {
    const last = 60
    const said = story(180, (minute) => {
      const [, offset, end] = rarely(every)(Math.min(minute, last))
      return [0, offset, minute > last ? minute * 1_000 + 500 : end, false]
    })
    const [first = Number.POSITIVE_INFINITY] = downs(said).filter((minute) => minute > last)
    expect(first - last).toBeGreaterThanOrEqual(9)
    expect(first - last).toBeLessThanOrEqual(Math.max(12, 1.5 * every + 1))
    expect(said.at(-1)).toMatchObject({ outcome: 'down', code: 'group-unconsumed' })
  })

  it('is not waited for longer because of one long outage', () => {
    const outage = (minute: number) => minute >= 30 && minute < 75
    const again = 120
    const offset = (minute: number) => (minute >= again ? again : outage(minute) ? 30 : minute) * 100
    const said = story(200, (minute) => [0, offset(minute), minute * 100 + 50, true])
    const [first] = downs(said).filter((minute) => minute > again)
    expect(first).toBeLessThanOrEqual(again + 11)
  })
})

describe('a transaction that ends in a marker', () => {
  const marker = (): PartitionOffsets => [0, 100, 101, true]

  it('is no lag of an idle group', () => {
    expect(story(40, marker).every(({ outcome }) => outcome === 'up')).toBe(true)
  })

  it('does not grow old', () => {
    expect(story(40, marker, { ageMs: 5 * MINUTE }).every(({ outcome }) => outcome === 'up')).toBe(true)
  })

  it('unless one unread message is to be told: `allowed: 0`', () => {
    const said = story(40, marker, { allowed: [['*', 0]], ageMs: 5 * MINUTE })
    expect(said.at(-1)).toMatchObject({ outcome: 'down', worst: 'STALL' })
  })
})

describe('a group without members whose messages wait', () => {
  const cases: [reason: string, minutes: number, of: (minute: number) => PartitionOffsets | undefined][] = [
    ['was dead before the first look', 60, (minute) => [0, 1_000, 5_000 + 1_000 * minute, false]],
    [
      'has read rare messages without membership, until it died',
      300,
      (minute) => {
        const end = Math.floor(minute / 20) + 1
        return [0, minute < 100 ? end : 5, end, false]
      },
    ],
    [
      'died while the probe was away',
      140,
      (minute) => {
        if (minute >= 30 && minute < 90) return undefined
        return [0, Math.min(minute, 40) * 10, minute * 10 + 5, minute < 30]
      },
    ],
  ]
  it.each(cases)('is down, and said to be read by nobody: it %s', (_reason, minutes, of) => {
    expect(story(minutes, of).at(-1)).toMatchObject({ outcome: 'down', code: 'group-unconsumed' })
  })

  it('is fine as long as it reads: who assigns partitions itself is no member', () => {
    expect(downs(story(120, (minute) => [0, minute * 10, minute * 10 + 5, false]))).toEqual([])
  })
})

describe('a commit beyond the end of the log', () => {
  /** A topic that is made anew at minute 15. */
  const anew = (minute: number, offset: number): PartitionOffsets => [0, offset, 100 * (minute - 15), true]

  it('that stays is down: nobody knows what is unread', () => {
    const said = story(60, (minute) =>
      minute < 15 ? [0, 100 * minute, 100 * minute, true] : anew(minute, 1_400 + 90_000),
    )
    expect(said.at(-1)).toMatchObject({ outcome: 'down', worst: 'BEYOND' })
    expect(downs(said)[0]).toBeLessThanOrEqual(21)
  })

  it('that moves is of a consumer faster than what tells the ends', () => {
    expect(downs(story(60, (minute) => [0, minute * 100 + 20, minute * 100, true]))).toEqual([])
  })
})

describe('what was deleted before it was read', () => {
  it('is no lag: the log begins behind it', () => {
    const said = story(60, (minute) => [0, 100, 900 + minute, true, 900 + minute], { lag: [['*', 500]] })
    expect(said.at(-1)).toMatchObject({ outcome: 'up', lag: 0 })
  })

  it('leaves as lag what there still is', () => {
    expect(story(60, (minute) => [0, 100, 900 + minute, true, 800]).at(-1)).toMatchObject({ outcome: 'down', lag: 159 })
  })
})

it('a lag that stays is none that grows', () => {
  const said = story(60, (minute) => [0, minute * 100, minute * 100 + 50, true])
  expect(said.every(({ outcome }) => outcome === 'up')).toBe(true)
})

it('a lag that grows is said to', () => {
  const said = story(60, (minute) => [0, minute * 100, minute * 110 + 50, true])
  expect(said.at(-1)).toMatchObject({ outcome: 'degraded', worst: 'WARN' })
})

it('a group that has never committed is no trouble and no missing data', () => {
  const said = story(60, (minute) => [0, null, minute + 1, true])
  expect(said.every(({ outcome, code }) => outcome === 'up' && code === 'group-never-committed')).toBe(true)
})

it('one that there is not, such as one whose name is misspelt, is not known', () => {
  const sample: GroupOffsets = { group: 'ordres', at: start, state: 'Dead', members: 0, topics: [] }
  expect(evaluateGroup([], sample, { lag: [], allowed: [] }, MINUTE).verdict.outcome).toBe('unknown')
})
