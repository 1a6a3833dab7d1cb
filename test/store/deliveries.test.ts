import { describe, expect, it } from 'vitest'
import { Counting, type Deliver, settled } from './counter.ts'

describe('a delivery that rejects', () => {
  it('is tried again after 1 s, 2 s, 4 s … at most 5 min, and somebody is asked to', async () => {
    const counter = new Counting()
    const fails = () => Promise.reject(new Error('table throttled'))
    await counter.add(1, ['hello'], fails)
    for (let tries = 1; tries < 12; tries++) {
      counter.now += counter.nudges.at(-1) ?? 0
      await counter.sweep(fails)
    }

    expect(counter.nudges.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(counter.nudges.at(-1)).toBe(300_000)
    expect(counter.failures).toHaveLength(12)
    expect(counter.failures[0]).toBe('Error: table throttled')
  })

  it('has done nothing: its next try is no repeat', async () => {
    const counter = new Counting()
    await counter.add(1, ['hello'], () => Promise.reject(new Error('no connection')))
    counter.now += 1_000
    await counter.sweep()

    expect(counter.said).toEqual(['hello', 'hello'])
    expect(counter.outbox).toEqual([])
  })

  it('is not tried before its time', async () => {
    const counter = new Counting()
    await counter.add(1, ['hello'], () => Promise.reject(new Error('no connection')))
    counter.now += 999
    await counter.add(1)

    expect(counter.said).toEqual(['hello'])
  })

  it('does not hold its neighbours back', async () => {
    const counter = new Counting()
    await counter.add(1, ['bad', 'good'], (word) =>
      word === 'bad' ? Promise.reject(new Error('x')) : { status: 'done', events: [{ add: 10 }] },
    )

    expect(counter.count).toBe(11)
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['bad'])
  })
})

describe('a delivery that is put off', () => {
  it('is carried out when its time has come', async () => {
    const counter = new Counting()
    await counter.add(1, ['hello'], () => ({ status: 'later', afterMs: 5_000 }))
    expect(counter.nudges).toEqual([5_000])
    expect(counter.outbox[0]).toMatchObject({ tries: 1, uncertain: 0, leaseUntil: 0, notBefore: 1_005_000 })

    counter.now += 5_000
    await counter.sweep()
    expect(counter.said).toEqual(['hello', 'hello'])
  })

  it('has one message that waits for it, however much else is carried out meanwhile', async () => {
    const counter = new Counting()
    await counter.add(1, ['hello'], () => ({ status: 'later', afterMs: 5_000 }))
    for (const word of ['how', 'are', 'you']) {
      counter.now += 500
      await counter.add(1, [word])
    }

    expect(counter.said).toEqual(['hello', 'how', 'are', 'you'])
    expect(counter.nudges).toEqual([5_000])
  })

  it('after a lost answer knows that it may be a repeat', async () => {
    const counter = new Counting()
    await counter.add(1, ['hello'], () => ({ status: 'later', afterMs: 3_000, uncertain: true }))
    counter.now += 3_000
    await counter.sweep()

    expect(counter.said).toEqual(['hello', 'hello ?1'])
  })

  it('asks to be looked at when the first of several is due', async () => {
    const counter = new Counting()
    await counter.add(1, ['a', 'b'], (word) => ({ status: 'later', afterMs: word === 'a' ? 9_000 : 2_000 }))

    expect(counter.nudges).toEqual([2_000])
  })

  it('asks for the next when the first of several was carried out', async () => {
    const counter = new Counting()
    await counter.add(1, ['a', 'b'], (word) => ({ status: 'later', afterMs: word === 'a' ? 9_000 : 2_000 }))
    counter.now += 2_000
    await counter.sweep()

    expect(counter.said).toEqual(['a', 'b', 'b'])
    expect(counter.nudges).toEqual([2_000, 7_000])
  })

  it('whose time comes while another is carried out slowly is asked for at once', async () => {
    const counter = new Counting()
    await counter.add(1, ['a', 'b'], (word) => ({ status: 'later', afterMs: word === 'a' ? 2_000 : 4_000 }))
    counter.now += 2_000
    await counter.add(0, [], async () => {
      counter.now += 5_000
      return { status: 'done' }
    })
    expect(counter.nudges).toEqual([2_000, 0])

    await counter.add(0)
    expect(counter.said).toEqual(['a', 'b', 'a', 'b'])
  })

  it('asks once more when it is asked for by a clock that is a little ahead', async () => {
    const counter = new Counting()
    await counter.add(1, ['hello'], () => ({ status: 'later', afterMs: 5_000 }))
    counter.now += 4_600
    await counter.sweep()
    expect(counter.nudges).toEqual([5_000, 400])

    counter.now -= 2_000
    await counter.sweep()
    expect(counter.nudges).toEqual([5_000, 400])
  })
})

describe('what a delivery brings back', () => {
  /** One answers at once, and the one beside it when it is let go. The table refuses so many writes after the first. */
  function beside(urgent: string[], refusals = 0) {
    const counter = new Counting()
    const putIfVersion = counter.table.putIfVersion.bind(counter.table)
    let left = refusals
    counter.table.putIfVersion = async (row, expected) => {
      if (expected > 0 && left-- > 0) throw new Error('throttled')
      return putIfVersion(row, expected)
    }
    const { promise: answered, resolve: letGo } = Promise.withResolvers<void>()
    const deliver: Deliver = async (word) => {
      if (word === 'slow') await answered
      return { status: 'done', ...(word === 'ask' && { events: [{ add: 10, say: ['thanks'] }] }) }
    }
    const added = counter.add(1, ['slow', 'ask'], deliver, { isUrgent: ({ word }) => urgent.includes(word) })
    return { counter, letGo, added }
  }

  it('waits for its neighbours if nobody waits for it', async () => {
    const { counter, letGo, added } = beside([])
    await settled()
    expect(counter.count).toBe(1)

    letGo()
    await added
    expect(counter.count).toBe(11)
    expect(counter.row?.version).toBe(3)
  })

  it('is written, and gone on with, while its neighbours are under way if it is urgent, and counts once', async () => {
    const { counter, letGo, added } = beside(['ask'])
    await settled()
    expect(counter.count).toBe(11)
    expect(counter.said).toEqual(['slow', 'ask', 'thanks'])
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['slow'])

    letGo()
    expect(await added).toMatchObject({ state: { count: 11 } })
    expect(counter.said).toEqual(['slow', 'ask', 'thanks'])
    expect(counter.outbox).toEqual([])
  })

  it('is written with the rest where that failed, and whoever called hears of the failure', async () => {
    // A write is tried twice.
    const { counter, letGo, added } = beside(['ask'], 2)
    await settled()
    expect(counter.count).toBe(1)

    letGo()
    await expect(added).rejects.toThrow('throttled')
    expect(counter.count).toBe(11)
    expect(counter.outbox).toEqual([])
  })
})
