import { createRequire } from 'node:module'
import { Hono } from 'hono/tiny'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Env } from '../../services/console/deps.ts'
import { inTime } from '../../services/console/in-time.ts'
import { late } from '../../services/console/late.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Another copy of Hono, as a room that is a bundle of its own has one. */
const Another = createRequire(import.meta.url)('hono/tiny').Hono as typeof Hono

it.each([
  ['the same copy of Hono', Hono],
  ['its own copy', Another],
])('what fails in a room with %s is answered by the house', async (_, Room) => {
  const room = new Room<Env>()
  room.get('/', () => {
    throw new Error('the table does not answer')
  })
  const house = new Hono<Env>()
  house.route(
    '/room',
    late('/room', async () => room),
  )
  house.onError((error, c) => c.text(`sorry: ${error.message}`, 503))
  const answer = await house.request('/room')

  expect([answer.status, await answer.text()]).toEqual([503, 'sorry: the table does not answer'])
})

it('what takes too long to be read is not waited for, and a failure of it is told in the log', async () => {
  const told: unknown[] = []
  const deps = { io: () => ({ log: (entry: unknown) => void told.push(entry) }) }
  const { promise, reject } = Promise.withResolvers<string>()
  const reading = inTime(promise, deps)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(await reading).toBeUndefined()
  reject(new Error('throttled'))
  await vi.advanceTimersByTimeAsync(0)

  expect(told).toMatchObject([{ event: 'console reads', error: 'Error: throttled' }])
  expect(await inTime(Promise.resolve('read'), deps)).toBe('read')
  await expect(inTime(Promise.reject(new Error('down')), deps)).rejects.toThrow('down')
})
