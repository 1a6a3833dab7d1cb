import { describe, expect, it } from 'vitest'
import type { Carrier } from '../../shared/contracts/machine.ts'
import { Counting, done, never, settled } from './counter.ts'

describe('a crash', () => {
  it('before the write leaves the old state: the message comes again', async () => {
    const counter = new Counting()
    counter.table.putIfVersion = () => never
    void counter.add(1, ['hello'])
    await settled()
    expect(counter.row).toBeUndefined()

    Reflect.deleteProperty(counter.table, 'putIfVersion')
    await counter.add(1, ['hello'])
    expect(counter.count).toBe(1)
    expect(counter.said).toEqual(['hello'])
  })

  it('after the write leaves an outbox, which is carried out once the one who died is certainly gone', async () => {
    const counter = new Counting()
    void counter.add(1, ['hello'], () => never)
    await settled()
    expect(counter.said).toEqual(['hello'])

    counter.now += 14_999
    await counter.sweep()
    expect(counter.said).toEqual(['hello'])

    counter.now += 1
    await counter.sweep()
    expect(counter.said).toEqual(['hello', 'hello ?1'])
    expect(counter.outbox).toEqual([])
  })

  it('leaves what the message that comes again, or any other event, carries out', async () => {
    const counter = new Counting()
    void counter.add(1, ['hello'], () => never)
    await settled()

    counter.now += 20_000
    await counter.add(0)
    expect(counter.count).toBe(1)
    expect(counter.said).toEqual(['hello', 'hello ?1'])
  })

  it('in the middle leaves only what was not cleared', async () => {
    const counter = new Counting()
    void counter.add(1, ['first'], async () => {
      await counter.add(1, ['second'])
      return never
    })
    await settled()
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['first'])

    counter.now += 20_000
    await counter.sweep()
    expect(counter.said).toEqual(['first', 'second', 'first ?1'])
  })

  it('time and again is counted, so that nobody repeats for ever what may have happened', async () => {
    const counter = new Counting()
    void counter.add(1, ['hello'], () => never)
    for (const _ of [1, 2]) {
      await settled()
      counter.now += 20_000
      void counter.sweep(() => never)
    }
    await settled()

    expect(counter.said).toEqual(['hello', 'hello ?1', 'hello ?2'])
  })

  it('between a write and its answer, which a client repeats and loses to itself, is recognised as our own write', async () => {
    const counter = new Counting()
    const put = counter.table.putIfVersion.bind(counter.table)
    counter.table.putIfVersion = async (row, expected) => {
      await put(row, expected)
      counter.table.putIfVersion = put
      return false
    }
    await counter.add(1, ['hello'])
    expect(counter.count).toBe(1)
    expect(counter.said).toEqual(['hello'])
  })
})

describe('a write whose answer is an error', () => {
  /** Every put does `before`, and then is said to have failed, so many times. */
  const failing = (counter: Counting, times: number, writes: boolean) => {
    const put = counter.table.putIfVersion.bind(counter.table)
    let left = times
    counter.table.putIfVersion = async (row, expected) => {
      if (left-- <= 0) return put(row, expected)
      if (writes) await put(row, expected)
      throw new Error('TimeoutError')
    }
  }

  it('but has taken effect is carried out by its writer, as nothing that may have happened before', async () => {
    const counter = new Counting()
    failing(counter, 1, true)
    await counter.add(1, ['dial'])

    expect(counter.said).toEqual(['dial'])
    expect(counter.count).toBe(1)
    expect(counter.outbox).toEqual([])
  })

  it('and has taken effect is carried out by its writer, though another one wrote on top of it before that was known', async () => {
    const counter = new Counting()
    const put = counter.table.putIfVersion.bind(counter.table)
    counter.table.putIfVersion = async (row, expected) => {
      counter.table.putIfVersion = put
      await put(row, expected)
      await counter.add(10)
      return false
    }
    await counter.add(1, ['dial'])

    expect(counter.said).toEqual(['dial'])
    expect(counter.count).toBe(11)
    expect(counter.outbox).toEqual([])
  })

  it('and has not taken effect is made once more', async () => {
    const counter = new Counting()
    failing(counter, 1, false)
    await counter.add(1, ['dial'])

    expect(counter.said).toEqual(['dial'])
    expect(counter.count).toBe(1)
  })

  it('each time leaves the old state, and the message comes again', async () => {
    const counter = new Counting()
    failing(counter, 2, false)
    await expect(counter.add(1, ['dial'])).rejects.toThrow('TimeoutError')
    expect(counter.row).toBeUndefined()
    expect(counter.said).toEqual([])

    await counter.add(1, ['dial'])
    expect(counter.said).toEqual(['dial'])
  })

  it('and that somebody else was faster than is decided afresh', async () => {
    const counter = new Counting()
    const put = counter.table.putIfVersion.bind(counter.table)
    counter.table.putIfVersion = async () => {
      counter.table.putIfVersion = put
      await counter.add(10)
      throw new Error('TimeoutError')
    }
    await counter.add(1, ['dial'])

    expect(counter.count).toBe(11)
    expect(counter.said).toEqual(['dial'])
  })
})

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

describe('effects of another function', () => {
  const talks = { carries: (carrier: Carrier) => carrier === 'anybody' }

  it('are left to it, and it is asked at once', async () => {
    const counter = new Counting()
    await counter.add(1, ['dial', 'note'], done, talks)

    expect(counter.said).toEqual(['note'])
    expect(counter.nudges).toEqual([0])
    expect(counter.row?.dueAt).toBe(0)
  })

  it('are carried out by it for the first time, not as a repeat', async () => {
    const counter = new Counting()
    await counter.add(1, ['dial'], done, talks)
    await counter.sweep()

    expect(counter.said).toEqual(['dial'])
    expect(counter.outbox).toEqual([])
  })

  it('are asked for again by whoever meets them', async () => {
    const counter = new Counting()
    await counter.add(1, ['dial'], done, talks)
    await counter.add(0, [], done, talks)

    expect(counter.nudges).toEqual([0, 0])
    expect(counter.said).toEqual([])
  })

  it('that follow from a delivery are asked for as well', async () => {
    const counter = new Counting()
    await counter.add(1, ['note'], () => ({ status: 'done', events: [{ add: 1, say: ['dial'] }] }), talks)

    expect(counter.said).toEqual(['note'])
    expect(counter.nudges).toEqual([0])
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['dial'])
  })

  it('are waited for by nothing: what is ours is done although nobody can be asked for the rest', async () => {
    const counter = new Counting()
    const mute = { ...talks, nudge: () => Promise.reject(new Error('SQS is down')) }

    await expect(counter.add(1, ['dial', 'stop'], done, mute)).rejects.toThrow('SQS is down')
    expect(counter.said).toEqual(['stop'])
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['dial'])
  })

  it('are carried out by one of two functions that meet them together', async () => {
    const counter = new Counting()
    await counter.add(1, ['dial'], done, talks)
    await Promise.all([counter.sweep(), counter.sweep()])

    expect(counter.said).toEqual(['dial'])
  })
})

it('trouble of the table reaches the caller, whose message then comes again', async () => {
  const counter = new Counting()
  counter.table.get = () => Promise.reject(new Error('ProvisionedThroughputExceededException'))

  await expect(counter.add(1)).rejects.toThrow('ProvisionedThroughputExceededException')
})
