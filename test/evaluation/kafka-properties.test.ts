import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALLOWED_LAG } from '../../shared/evaluation/kafka-lag.ts'
import type { PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { SLOTS } from '../../shared/evaluation/kafka-window.ts'
import { MINUTE, pack, unpack, Watch } from './kafka-watch.ts'

it('one line tells a group: topics and partitions, worst first', () => {
  const watch = new Watch({ ageMs: 5 * MINUTE })
  const fine = Array.from({ length: 9 }, (_, index): PartitionOffsets => [index + 3, 70, 70, true])
  const at = (grown: number): Record<string, PartitionOffsets[]> => ({
    refund: [[0, 1_000, 14_747 + grown, true], ...fine.slice(0, 5)],
    paid: [
      [0, 5_000, 56_377 + grown, true],
      [1, 5_000, 66_204 + grown, true],
      [2, 5_000, 63_910 + grown, true],
      ...fine,
    ],
    slow: [[0, 100 + grown, 150 + grown * 2, true]],
    fine: [[0, 10, 10, true]],
  })
  let verdict = watch.sees(at(0))
  for (let index = 1; index < 15; index++) verdict = watch.sees(at(index))
  expect(verdict).toMatchObject({ outcome: 'down', status: 'ERR', worst: 'STALL' })
  expect(watch.told(verdict)).toBe(
    'CKafka: consumption stalled, lag 185,358, oldest 14m (limit 5m), Stable, 4 members; ' +
      'paid 3/12 (p1 61,218, p2 58,924, p0 51,391); refund 1/6 (p0 13,761); slow lag keeps growing 1/1 (p0 64)',
  )
})

describe('whatever the samples', () => {
  const sample = fc.record({
    steps: fc.array(
      fc.record({
        offset: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 500 })),
        grows: fc.integer({ min: 0, max: 100 }),
        isHeld: fc.boolean(),
        afterMin: fc.integer({ min: 1, max: 15 }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  })

  it('an age is never negative, never more than the time that was watched, and there is none of the lag that is allowed', () =>
    fc.assert(
      fc.property(sample, ({ steps }) => {
        const watch = new Watch()
        let end = 0
        for (const { offset, grows, isHeld, afterMin } of steps) {
          end += grows
          const verdict = watch.sees({ paid: [[0, offset, end, isHeld]] }, { afterMin })
          if (verdict.lag <= ALLOWED_LAG) expect(verdict.ageMs).toBeUndefined()
          else expect(verdict.ageMs).toBeGreaterThanOrEqual(0)
          expect(verdict.ageMs ?? 0).toBeLessThanOrEqual(watch.minute * MINUTE)
          expect(watch.slots.length).toBeLessThanOrEqual(SLOTS)
        }
      }),
      { numRuns: 500 },
    ))

  it('a slot that is stored and read again is the same', () =>
    fc.assert(
      fc.property(sample, ({ steps }) => {
        const watch = new Watch()
        let end = 0
        for (const { offset, grows, isHeld } of steps) {
          end += grows
          const partitions: PartitionOffsets[] = [[7, offset, end, isHeld]]
          watch.sees(
            Object.fromEntries([
              ['paid', partitions],
              ['constructor', partitions],
            ]),
          )
        }
        for (const slot of watch.slots) expect(unpack(pack(slot))).toEqual(slot)
      }),
      { numRuns: 200 },
    ))
})
