import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reportSender, type Send } from '../../shared/delivery/report-sender.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)
const end = start + 20_000

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A queue that can be out of reach, in one of two ways. */
function queue(name: string) {
  const taken: string[] = []
  const state: { is: 'well' | 'refusing' | 'silent' } = { is: 'well' }
  const asked: { message: string; until: number }[] = []
  const send: Send = async (message, deadline) => {
    asked.push({ message, until: deadline - start })
    if (state.is === 'refusing') throw new Error(`${name} refused`)
    if (state.is === 'silent') {
      await new Promise((resolve) => setTimeout(resolve, deadline - Date.now()))
      throw new Error(`${name} not reached`)
    }
    taken.push(message)
  }
  return { send, taken, state, asked }
}

/** What `work` comes to, with the clock run as far as it takes. */
async function settled<T>(work: Promise<T>): Promise<T | string> {
  const outcome = work.catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(60_000)
  return outcome
}

describe('the queue', () => {
  it('takes everything, for as long as there is', async () => {
    const primary = queue('primary')
    const { deliver, lostSince } = reportSender(primary.send, Date.now)
    expect(await settled(deliver(['a', 'b'], end))).toBe(0)
    expect(primary.asked).toEqual([
      { message: 'a', until: 20_000 },
      { message: 'b', until: 20_000 },
    ])
    expect(lostSince()).toBeUndefined()
  })

  it('gets late what it did not take, after what is new', async () => {
    const primary = queue('primary')
    const { deliver, lostSince } = reportSender(primary.send, Date.now)
    primary.state.is = 'refusing'
    expect(await settled(deliver(['a'], end))).toBe('primary refused')
    expect(await settled(deliver(['b'], end + 60_000))).toBe('primary refused')
    expect(lostSince()).toBe(start)
    primary.state.is = 'well'
    expect(await settled(deliver(['c'], end + 120_000))).toBe(2)
    expect(primary.taken).toEqual(['c', 'a', 'b'])
    expect(lostSince()).toBeUndefined()
    expect(await settled(deliver(['d'], end + 180_000))).toBe(0)
  })

  it('keeps what it still does not take of the old, in its order', async () => {
    const primary = queue('primary')
    let room = 100
    const limited: Send = async (message, deadline) => {
      if (room-- <= 0) throw new Error('full')
      return primary.send(message, deadline)
    }
    const { deliver } = reportSender(limited, Date.now)
    room = 0
    for (const message of ['a', 'b', 'c']) await settled(deliver([message], end))
    room = 2
    expect(await settled(deliver(['d'], end))).toBe(1)
    room = 100
    expect(await settled(deliver(['e'], end))).toBe(2)
    expect(primary.taken).toEqual(['d', 'a', 'e', 'b', 'c'])
  })

  it('gets no more than what is kept: the newest two hours, and no more than memory has', async () => {
    const primary = queue('primary')
    const { deliver } = reportSender(primary.send, Date.now)
    primary.state.is = 'refusing'
    for (let run = 0; run < 130; run++) await deliver([`report ${run}`], end).catch(() => {})
    primary.state.is = 'well'
    expect(await settled(deliver(['new'], end))).toBe(120)
    expect(primary.taken.slice(0, 2)).toEqual(['new', 'report 10'])

    primary.state.is = 'refusing'
    for (const mark of ['x', 'y', 'z']) await deliver([mark.repeat(3_000_000)], end).catch(() => {})
    primary.state.is = 'well'
    expect(await settled(deliver(['newer'], end))).toBe(2)
  })
})
