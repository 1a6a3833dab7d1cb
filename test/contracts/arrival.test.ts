import { expect, it } from 'vitest'
import { inOrder } from '../../shared/contracts/arrival.ts'

const noon = 1_700_000_000_000
const aSecond = 1_000
const aMinute = 60_000

it.each([
  {
    because: 'our queue took it first',
    first: { takenAt: noon },
    later: { takenAt: noon + 1 },
  },
  {
    because: 'it stood first in its message',
    first: { takenAt: noon, position: 9 },
    later: { takenAt: noon, position: 10 },
  },
  {
    because: 'one sender says so of what came within seconds',
    first: { takenAt: noon + 2 * aSecond, source: 'cron', at: noon },
    later: { takenAt: noon, source: 'cron', at: noon + aSecond },
  },
  {
    because: 'one sender says so, however wrong its clock is',
    first: { takenAt: noon + 2 * aSecond, source: 'cron', at: noon - 10 * aMinute },
    later: { takenAt: noon, source: 'cron', at: noon - 10 * aMinute + aSecond },
  },
  {
    because: 'the other sender’s clock is another clock',
    first: { takenAt: noon, source: 'cron', at: noon + aSecond },
    later: { takenAt: noon + 2 * aSecond, source: 'grafana', at: noon },
  },
  {
    because: 'nobody knows whether the senders are one',
    first: { takenAt: noon, source: 'unknown', at: noon + aSecond },
    later: { takenAt: noon + 2 * aSecond, source: 'unknown', at: noon },
  },
  {
    because: 'a queue lets nothing overtake for so long',
    first: { takenAt: noon, source: 'cron', at: noon + aSecond },
    later: { takenAt: noon + aMinute, source: 'cron', at: noon },
  },
  {
    because: 'times so far apart tell when the trouble began, or of a clock that was set',
    first: { takenAt: noon, source: 'grafana', at: noon },
    later: { takenAt: noon + aSecond, source: 'grafana', at: noon - 10 * aMinute },
  },
  {
    because: 'its sender says the same time of both',
    first: { takenAt: noon, source: 'grafana', at: noon - aMinute },
    later: { takenAt: noon + aSecond, source: 'grafana', at: noon - aMinute },
  },
  {
    because: 'one of them has no time of its sender’s',
    first: { takenAt: noon, source: 'cron' },
    later: { takenAt: noon + aSecond, source: 'cron', at: noon - aSecond },
  },
])('comes first, since $because', ({ first, later }) => {
  expect(inOrder(first, later)).toBeLessThan(0)
  expect(inOrder(later, first)).toBeGreaterThan(0)
})

it.each([
  { takenAt: noon },
  { takenAt: noon, position: 3, source: 'cron', at: noon + 7 },
])('what comes again is the same', (message) => {
  expect(inOrder(message, { ...message })).toBe(0)
})
