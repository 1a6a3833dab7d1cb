import { describe, expect, it } from 'vitest'
import type { PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { MINUTE, Watch } from './kafka-watch.ts'

describe('what users of the field complain of', () => {
  it('negative lag: a commit that is ahead of the end has nothing unread', () => {
    const watch = new Watch({ lag: [['*', 0]] })
    const verdict = watch.sees({
      paid: [
        [0, 110, 100, true],
        [1, 50, 51, true],
      ],
    })
    expect(verdict.lag).toBe(1)
    expect(verdict.bad[0]?.partitions.map(({ lag }) => lag)).toEqual([1, 0])
  })

  it('no commit shown as the full log: a partition that nobody committed on is unknown', () => {
    const watch = new Watch({ lag: [['*', 2000]], ageMs: MINUTE })
    const partitions: PartitionOffsets[] = [
      [0, 500, 500, true],
      [1, null, 185_238_291, true],
    ]
    let verdict = watch.sees({ paid: partitions })
    for (let index = 0; index < 20; index++) verdict = watch.sees({ paid: partitions })
    expect(verdict).toMatchObject({ outcome: 'up', lag: 0, unknown: { never: 1 } })
    expect(watch.told(verdict)).toBe('CKafka: lag 0, 1 partition never committed, Stable, 4 members')
  })

  it('but nobody can commit where nothing was ever written', () => {
    const watch = new Watch()
    expect(
      watch.sees({
        paid: [
          [0, 5, 5, true],
          [1, null, 0, true],
        ],
      }),
    ).toMatchObject({ outcome: 'up', unknown: { never: 0 } })
  })

  it('no commit at all is told, and no trouble', () => {
    const watch = new Watch()
    const verdict = watch.sees({ paid: [[0, null, 500, true]] })
    expect(verdict).toMatchObject({ outcome: 'up', lag: 0 })
    expect(watch.told(verdict)).toBe('CKafka: never committed, Stable, 4 members')
    expect(watch.sees({}).outcome).toBe('up')
    expect(watch.sees({}, { state: 'Dead' }).outcome).toBe('unknown')
  })

  it("an idle topic's time lag: there is none, however long nobody writes", () => {
    const watch = new Watch({ ageMs: 5 * MINUTE })
    watch.partition(5, (index) => [index * 10, index * 10])
    for (let index = 0; index < 120; index++) {
      const verdict = watch.partition(1, () => [40, 40])
      expect(verdict).toMatchObject({ outcome: 'up' })
      expect(verdict.ageMs).toBeUndefined()
    }
    // And what is written then is as old as it is.
    expect(watch.partition(1, () => [40, 50]).ageMs).toBe(MINUTE)
  })

  it('a stale watermark: an end that could not be read is unknown, not the one before', () => {
    const watch = new Watch({ lag: [['*', 10]] })
    watch.partition(5, () => [100, 100])
    const verdict = watch.sees({ paid: [[0, 100, null, true]] })
    expect(verdict).toMatchObject({ outcome: 'unknown', lag: 0, unknown: { unreadable: 1 } })
    expect(watch.told(verdict)).toBe('CKafka: lag 0, 1 partition not readable (no end offset), Stable, 4 members')
  })

  it('a frozen lag: while nobody commits the lag grows with the log, and so does its age', () => {
    const watch = new Watch()
    watch.partition(10, (index) => [index * 100, index * 100])
    const seen = Array.from({ length: 5 }, (_, index) => watch.partition(1, () => [900, 1000 + index * 100], false))
    expect(seen.map(({ lag }) => lag)).toEqual([100, 200, 300, 400, 500])
    expect(seen.map(({ ageMs }) => (ageMs ?? 0) / MINUTE)).toEqual([1, 2, 3, 4, 5])
  })

  it('tiny lag: a burst of a few messages on a healthy group is nothing', () => {
    const watch = new Watch()
    const lags = [0, 3, 5, 2, 0, 7, 7, 1, 0, 4, 6, 2]
    for (const [index, lag] of lags.entries())
      expect(watch.partition(1, () => [index * 1000 - lag, index * 1000]).outcome).toBe('up')
  })
})

describe('an error of the source', () => {
  it('on some partitions is unknown while the others are fine', () => {
    const watch = new Watch()
    const verdict = watch.sees({
      paid: [
        [0, 10, 10, true],
        [1, 'error 3', null, true],
        [2, 'error 3', null, true],
      ],
    })
    expect(verdict.outcome).toBe('unknown')
    expect(watch.told(verdict)).toBe('CKafka: lag 0, 2 partitions not readable (error 3), Stable, 4 members')
  })

  it('hides nothing that is bad', () => {
    const watch = new Watch({ lag: [['*', 5]] })
    expect(
      watch.sees({
        paid: [
          [0, 10, 100, true],
          [1, 'error 3', null, true],
        ],
      }).outcome,
    ).toBe('down')
  })
})
