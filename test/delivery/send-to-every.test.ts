import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sendToEvery } from '../../shared/delivery/send-to-every.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

const taking = (after: number, into: string[]) => async (message: string) => {
  await new Promise((resolve) => setTimeout(resolve, after))
  into.push(message)
}
const refusing = (why: string) => async (_: string) => {
  throw new Error(why)
}

/** When it was done, ms, or what it said. */
async function done(work: Promise<void>): Promise<number | string> {
  const outcome = work.then(
    () => Date.now() - start,
    (error: Error) => error.message,
  )
  await vi.advanceTimersByTimeAsync(60_000)
  return outcome
}

it('every region has it', async () => {
  const [first, second]: [string[], string[]] = [[], []]
  expect(await done(sendToEvery([taking(10, first), taking(200, second)], 5_000, Date.now)('a'))).toBe(200)
  expect([first, second]).toEqual([['a'], ['a']])
})

it('nobody waits long for a region that is lost', async () => {
  const [first, second]: [string[], string[]] = [[], []]
  expect(await done(sendToEvery([taking(19_000, first), taking(100, second)], 5_000, Date.now)('a'))).toBe(5_100)
})

it('one that was waited for in vain is waited for again after a minute', async () => {
  const never = () => new Promise<void>(() => undefined)
  const send = sendToEvery([taking(10, []), never], 600, Date.now)
  const answeredAfter = async () => {
    const from = Date.now()
    let took = Number.NaN
    const sent = send('a').then(() => {
      took = Date.now() - from
    })
    await vi.advanceTimersByTimeAsync(1_000)
    await sent
    return took
  }
  const told: number[] = []
  for (const at of [0, 10_000, 50_000, 61_000, 70_000]) {
    vi.setSystemTime(start + at)
    told.push(await answeredAfter())
  }
  expect(told).toEqual([610, 10, 10, 610, 10])
})

it('nor for one that gave up as late as that', async () => {
  const givingUp = async () => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    throw new Error('no time is left')
  }
  const send = sendToEvery([taking(150, []), givingUp], 600, Date.now)
  const answers: number[] = []
  for (let request = 0; request < 2; request++) {
    const from = Date.now()
    void send('a').then(() => answers.push(Date.now() - from))
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(answers).toEqual([700, 150])
})

it('one region is enough', async () => {
  const second: string[] = []
  expect(await done(sendToEvery([refusing('down'), taking(100, second)], 5_000, Date.now)('a'))).toBe(100)
})

it('none is told with what each had to say', async () => {
  const lost = sendToEvery([refusing('down'), refusing('no such queue')], 5_000, Date.now)
  expect(await done(lost('a'))).toBe('down; no such queue')
})
