import { describe, expect, it } from 'vitest'
import type { GroupVerdict } from '../../shared/evaluation/kafka-lag.ts'
import { MINUTE, Watch } from './kafka-watch.ts'

describe('a sample is a commit', () => {
  it('where a member of the stable group holds the partition: one that never moves is stalled', () => {
    const watch = new Watch()
    expect(watch.partition(4, () => [50, 90])).toMatchObject({ outcome: 'up', worst: 'OK' })
    expect(watch.partition(1, () => [50, 91])).toMatchObject({ outcome: 'down', status: 'ERR', worst: 'STALL' })
  })

  it('where the offset moved, whoever holds it: a consumer without a group protocol', () => {
    const watch = new Watch()
    const verdict = watch.partition(11, (index) => [index * 10, 500 + index * 20], false)
    expect(verdict).toMatchObject({ outcome: 'degraded', worst: 'WARN', complete: 1 })
  })

  it('nowhere else: who was dead from the start has an empty window, but nobody consumes', () => {
    const watch = new Watch()
    const verdict = watch.partition(30, (index) => [50, 100 + index], false)
    expect(verdict).toMatchObject({ outcome: 'down', worst: 'STOP', complete: 0, lag: 79 })
    expect(watch.told(verdict)).toBe(
      'CKafka: nobody consumes, lag 79, oldest 29m, Empty, 0 members, window 0% complete; paid 1/1 (p0 79)',
    )
  })

  it('and two of them in ten samples are a window that is too short to judge by, however the lag grows meanwhile', () => {
    const watch = new Watch()
    const verdict = watch.partition(11, (index) => [index < 10 ? 50 : 51, 100 + index * 20], false)
    expect(verdict).toMatchObject({ outcome: 'up', worst: 'OK', complete: 0.1 })
  })

  it('not while the group rebalances', () => {
    const watch = new Watch()
    for (let index = 0; index < 10; index++) watch.sees({ paid: [[0, 50, 90, false]] }, { state: 'PreparingRebalance' })
    expect(watch.slots.at(-1)?.marks.get('0/paid')?.isCommit).toBe(false)
  })
})

describe('a group that dies', () => {
  it('is STOP once it is silent for longer than its window spans, and stays so', () => {
    const watch = new Watch()
    // Alive for 20 minutes, with a lag that comes and goes.
    watch.partition(20, (index) => [index * 100, index * 100 + 50 + (index % 2) * 40])
    const words: string[] = []
    for (let index = 0; index < 30; index++) {
      words.push(watch.partition(1, () => [1900, 2100 + index * 100], false).worst)
    }
    expect(words).toEqual([...Array(9).fill('OK'), ...Array(21).fill('STOP')])
  })

  it('keeps what its commits came to until then: a stall is not forgotten', () => {
    const watch = new Watch()
    watch.partition(10, () => [50, 90])
    const words = Array.from({ length: 12 }, (_, index) => watch.partition(1, () => [50, 100 + index], false).worst)
    expect(words).toEqual([...Array(9).fill('STALL'), 'STOP', 'STOP', 'STOP'])
  })

  it('on one partition alone is STOP there, however busy the others are', () => {
    const watch = new Watch()
    const both = (index: number, isAlive: boolean) =>
      watch.sees({
        paid: [
          [0, index * 100, index * 100 + 5 + (index % 2), true],
          [1, isAlive ? index * 100 : 1000, index * 100 + 5 + (index % 2), isAlive],
        ],
      })
    for (let index = 0; index <= 10; index++) both(index, true)
    let verdict = both(11, false)
    for (let index = 12; index < 40; index++) verdict = both(index, false)
    expect(verdict).toMatchObject({ outcome: 'down', worst: 'STOP' })
    expect(verdict.bad).toMatchObject([
      {
        topic: 'paid',
        partitions: [
          { partition: 1, status: 'STOP' },
          { partition: 0, status: 'OK' },
        ],
      },
    ])
  })

  it('on an idle topic is fine until something is written, and then is told', () => {
    const watch = new Watch()
    watch.partition(12, () => [100, 100])
    // Dead for an hour: nothing is written, so nothing is lost.
    for (let index = 0; index < 60; index++) expect(watch.partition(1, () => [100, 100], false).outcome).toBe('up')
    const words = Array.from({ length: 14 }, (_, index) => watch.partition(1, () => [100, 105 + index], false).worst)
    // The ends in the window show that all was read, until ten of them do not.
    expect(words).toEqual([...Array(9).fill('OK'), ...Array(5).fill('STOP')])
  })
})

describe('an idle group', () => {
  it('takes one slot, whatever the time', () => {
    const watch = new Watch()
    watch.partition(300, () => [100, 100])
    expect(watch.slots).toHaveLength(1)
  })

  it('has a whole window all the same: a stall that begins is told after the tenth commit with lag', () => {
    const watch = new Watch()
    watch.partition(300, () => [100, 100])
    const verdicts = Array.from({ length: 11 }, () => watch.partition(1, () => [100, 105]))
    expect(verdicts.map(({ worst }) => worst)).toEqual([...Array(9).fill('OK'), 'STALL', 'STALL'])
    expect(verdicts.every(({ complete }) => complete === 1)).toBe(true)
  })
})

describe('a gap in the samples', () => {
  it('of a lagging group begins a window anew', () => {
    const watch = new Watch()
    watch.partition(10, () => [50, 90])
    const verdict = watch.sees({ paid: [[0, 50, 95, true]] }, { afterMin: 60 })
    expect(verdict).toMatchObject({ worst: 'OK', complete: 0.1 })
  })

  it('of one sample is only a gap', () => {
    const watch = new Watch()
    watch.partition(10, () => [50, 90])
    expect(watch.sees({ paid: [[0, 50, 95, true]] }, { afterMin: 2 }).worst).toBe('STALL')
  })
})

it('an offset that goes back is REWIND, and no longer once it is where it was', () => {
  const watch = new Watch()
  watch.partition(10, (index) => [1000 + index * 10, 1200 + index])
  const offsets = [500, 700, 900, 1080, 1090, 1100]
  const words = offsets.map((offset) => watch.partition(1, () => [offset, 1300]).worst)
  expect(words).toEqual(['REWIND', 'REWIND', 'REWIND', 'REWIND', 'OK', 'OK'])
})

describe('allowed lag', () => {
  it('is of a topic: what is nothing on one is a stall on another', () => {
    const watch = new Watch({ allowed: [['audit-*', 100]] })
    let verdict: GroupVerdict | undefined
    for (let index = 0; index < 10; index++)
      verdict = watch.sees({ 'audit-log': [[0, 50, 140, true]], paid: [[0, 50, 52, true]] })
    expect(verdict?.bad.map(({ topic }) => topic)).toEqual(['paid'])
  })

  it('is that of the first name or pattern that fits', () => {
    const watch = new Watch({
      allowed: [
        ['paid', 0],
        ['*', 100],
      ],
    })
    watch.partition(9, () => [50, 60])
    expect(watch.partition(1, () => [50, 60]).worst).toBe('STALL')
  })
})

describe('the limit on lag', () => {
  const limits = { lag: [['paid', 2000] as [string, number], ['*', 100] as [string, number]] }

  it('is on the sum of a topic, at once', () => {
    const watch = new Watch(limits)
    const verdict = watch.sees({
      paid: [
        [0, 0, 900, true],
        [1, 0, 1100, true],
      ],
      refund: [[0, 0, 100, true]],
    })
    expect(verdict).toMatchObject({ outcome: 'up', lag: 2100, bad: [] })
    const over = watch.sees({
      paid: [
        [0, 0, 900, true],
        [1, 0, 1101, true],
      ],
      refund: [[0, 0, 101, true]],
    })
    expect(over).toMatchObject({ outcome: 'down', status: 'OK', lag: 2102 })
    expect(over.bad).toMatchObject([
      { topic: 'paid', lag: 2001, overLag: 2000 },
      { topic: 'refund', lag: 101, overLag: 100 },
    ])
    expect(watch.told(over)).toBe(
      'CKafka: lag 2,102, oldest 60s, Stable, 4 members, window 20% complete; ' +
        'paid 2/2 lag 2,001 (limit 2,000) (p1 1,101, p0 900); refund 1/1 lag 101 (limit 100) (p0 101)',
    )
  })
})

describe('the limit on age', () => {
  it('is on the oldest unread message', () => {
    const watch = new Watch({ ageMs: 5 * MINUTE })
    // Moves on, but is ever later: the rules find nothing that they call bad for a while.
    expect(watch.partition(1, () => [100, 100]).ageMs).toBeUndefined()
    const ages = Array.from({ length: 8 }, (_, index) => watch.partition(1, () => [100, 110 + index]))
    expect(ages.map(({ ageMs }) => (ageMs ?? 0) / MINUTE)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(ages.map(({ overAgeMs }) => overAgeMs !== undefined)).toEqual([
      ...Array(5).fill(false),
      ...Array(3).fill(true),
    ])
    expect(ages.at(-1)?.outcome).toBe('down')
  })

  it('knows when the message was written from the ends over time', () => {
    const watch = new Watch()
    // 100 messages a minute are written, and read two and a half minutes later.
    const verdict = watch.partition(20, (index) => [Math.max(0, index * 100 - 250), index * 100])
    expect(verdict.ageMs).toBe(2.5 * MINUTE)
  })

  it('reaches back beyond the window', () => {
    const watch = new Watch()
    watch.partition(5, (index) => [index * 100, index * 100])
    // Nothing is read for 40 minutes, then half of what was written meanwhile.
    watch.partition(40, (index) => [400, 500 + index * 100])
    const verdict = watch.partition(1, () => [2400, 4500])
    expect((verdict.ageMs ?? 0) / MINUTE).toBeCloseTo(21, 0)
  })

  it('of what was unread before we looked counts from the first look', () => {
    const watch = new Watch()
    expect(watch.partition(1, () => [100, 500]).ageMs).toBe(0)
    expect(watch.partition(1, () => [100, 510]).ageMs).toBe(MINUTE)
  })
})
