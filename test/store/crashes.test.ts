import { describe, expect, it } from 'vitest'
import { Counting, never, settled } from './counter.ts'

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

it('trouble of the table reaches the caller, whose message then comes again', async () => {
  const counter = new Counting()
  counter.table.get = () => Promise.reject(new Error('ProvisionedThroughputExceededException'))

  await expect(counter.add(1)).rejects.toThrow('ProvisionedThroughputExceededException')
})
