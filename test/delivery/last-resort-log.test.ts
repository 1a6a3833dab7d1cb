import { expect, it } from 'vitest'
import type { Delivery } from '../../shared/channels/channel.ts'
import { begun, emptyEntry, ended, notYetNotified, pauseMs } from '../../shared/delivery/last-resort-log.ts'
import type { Trouble } from '../../shared/messages/last-resort.ts'
import { refusedFor } from '../failure.ts'

const minute = 60_000
const second = 1_000
const start = Date.UTC(2026, 10, 21, 18, 16)

const trouble = (check: string): Trouble => {
  return { check, project: 'pay', title: check, state: 'down', since: start, urgent: true }
}
const [web, db] = [trouble('pay/web'), trouble('pay/db')]
const sent: Delivery = { status: 'sent' }
const failed: Delivery = { status: 'failed', failure: refusedFor('a bad number') }

it('what is new is told beside what was told', () => {
  const told = ended(emptyEntry, [web], start, sent, start)
  expect(notYetNotified(told, [web, db], start + minute)).toEqual([db])
  const both = ended(told, [db], start + minute, sent, start + minute)
  expect(notYetNotified(both, [web, db], start + 60 * minute)).toEqual([web])
  expect(notYetNotified(both, [web, db], start + 61 * minute)).toEqual([web, db])
})

it('nobody is told more often than once a minute, and not while being told', () => {
  expect(notYetNotified(begun(emptyEntry, start), [web], start + 10 * second)).toEqual([])
  const told = ended(emptyEntry, [web], start, sent, start + 2 * second)
  expect(notYetNotified(told, [db], start + 50 * second)).toEqual([])
  expect(notYetNotified(told, [db], start + 57 * second)).toEqual([db])
})

const refusals: [reason: string, delivery: Delivery, answered: number, again: number][] = [
  [
    'a vendor that is busy for 2 s is asked by the next run',
    { status: 'retry', afterMs: 2_000, failure: refusedFor('') },
    1,
    55,
  ],
  [
    'one that wants 60 s gets them, from its answer on',
    { status: 'retry', afterMs: 60_000, failure: refusedFor('') },
    8,
    68,
  ],
  ['one that wants ten minutes too', { status: 'retry', afterMs: 600_000, failure: refusedFor('') }, 1, 601],
  ['the first refusal for good costs a minute, a little less than the timer', failed, 1, 55],
]
it.each(refusals)('%s', (_reason, delivery, answered, again) => {
  const after = ended(emptyEntry, [web], start, delivery, start + answered * second)
  expect(notYetNotified(after, [web], start + again * second - 1)).toEqual([])
  expect(notYetNotified(after, [web], start + again * second)).toEqual([web])
})

it('refusals for good are further and further apart, and being told ends that', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 500].map((failures) => pauseMs(failures) / minute)).toEqual([
    1, 2, 4, 8, 16, 32, 60, 60, 60,
  ])
  const once = ended(emptyEntry, [web], start, failed, start)
  const twice = ended(once, [web], start + minute, failed, start + minute)
  expect(notYetNotified(twice, [web, db], start + 2 * minute)).toEqual([])
  const busy = ended(
    twice,
    [web],
    start + 3 * minute,
    { status: 'retry', afterMs: 0, failure: refusedFor('') },
    start + 3 * minute,
  )
  expect([once, twice, busy].map(({ failures }) => failures)).toEqual([1, 2, 2])
  expect(ended(busy, [web], start + 4 * minute, sent, start + 4 * minute).failures).toBe(0)
})
