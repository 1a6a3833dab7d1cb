import { describe, expect, it } from 'vitest'
import { apply } from '../../shared/store/apply.ts'
import { Counting, counting, type Deliver, done, key, type Say, settled } from './counter.ts'

describe('an event', () => {
  it('is written with what follows from it before anything is carried out, and cleared afterwards', async () => {
    const counter = new Counting()
    const seen: unknown[] = []
    const acted = await counter.add(1, ['hello'], () => {
      seen.push({
        version: counter.row?.version,
        count: counter.count,
        words: counter.outbox.map((one) => one.effect.word),
      })
      return { status: 'done' }
    })

    expect(seen).toEqual([{ version: 1, count: 1, words: ['hello'] }])
    expect(acted).toEqual({ state: { count: 1 }, reason: 'added 1', changed: true })
    expect(counter.row).toEqual({ ...key, version: 2, writer: expect.any(String), v: 1, state: '{"count":1}' })
  })

  it('tells of each effect while it is being written, be it decided by the event or by a delivery', async () => {
    const counter = new Counting()
    const seen: string[] = []
    const prefetch = ({ word }: Say) => void seen.push(`${word} before version ${(counter.row?.version ?? 0) + 1}`)
    const deliver: Deliver = (word) => {
      seen.push(`${word} carried out`)
      return word === 'ask' ? { status: 'done', events: [{ add: 1, say: ['thanks'] }] } : { status: 'done' }
    }
    await counter.add(1, ['ask'], deliver, { prefetch })

    expect(seen).toEqual(['ask before version 1', 'ask carried out', 'thanks before version 2', 'thanks carried out'])
  })

  it('tells of nothing that another function is to carry out', async () => {
    const counter = new Counting()
    await counter.add(1, ['mine', 'dial'], done, {
      carries: (carrier) => carrier === 'anybody',
      prefetch: ({ word }) => expect(word).toBe('mine'),
    })
    expect(counter.said).toEqual(['mine'])
  })

  it('that changes nothing writes nothing', async () => {
    const counter = new Counting()
    await counter.add(1)
    const before = { ...counter.row }

    expect(await counter.add(0)).toEqual({ state: { count: 1 }, reason: 'nothing', changed: false })
    expect(counter.row).toEqual(before)
  })

  it('of nothing leaves nothing', async () => {
    const counter = new Counting()

    expect(await counter.add(0)).toEqual({ state: undefined, reason: 'nothing', changed: false })
    expect(counter.row).toBeUndefined()
  })

  it('may be gathered once the state is known', async () => {
    const counter = new Counting()
    await counter.add(2)
    await counter.act({ gather: async (state) => ({ add: (state?.count ?? 0) * 10 }) })

    expect(counter.count).toBe(22)
  })

  it('is applied to a row that the caller has just read, without reading it again', async () => {
    const counter = new Counting()
    await counter.add(1)
    const row = counter.row
    const table = Object.assign(counter.table, { get: () => expect.fail('It was read again') })

    await apply(counting, key, { event: { add: 1 } }, counter.io(done, { table }), { row })
    expect(counter.count).toBe(2)
  })

  it('is refused when it leaves effects without a state', async () => {
    const counter = new Counting()
    counter.machine = { ...counting, transition: () => ({ state: undefined, outbox: [{ word: 'x' }], reason: 'odd' }) }

    await expect(counter.add(1)).rejects.toThrow('effects but no state in counter')
  })
})

describe('what delivery brings back', () => {
  it('is applied in the write that clears the effect, and what follows is carried out as well', async () => {
    const counter = new Counting()
    const { state } = await counter.add(1, ['ask'], (word) =>
      word === 'ask' ? { status: 'done', events: [{ add: 10, say: ['thanks'] }] } : { status: 'done' },
    )

    expect(counter.said).toEqual(['ask', 'thanks'])
    expect(state).toEqual({ count: 11 })
    expect(counter.row).toEqual({ ...key, version: 3, writer: expect.any(String), v: 1, state: '{"count":11}' })
  })

  it('is applied to the state that others have written meanwhile', async () => {
    const counter = new Counting()
    await counter.add(1, ['ask'], async () => {
      await counter.add(100)
      return { status: 'done', events: [{ add: 10 }] }
    })

    expect(counter.count).toBe(111)
    expect(counter.outbox).toEqual([])
  })

  it('is dropped when somebody else has carried out the same effect by then', async () => {
    const counter = new Counting()
    await counter.add(1, ['ask'], async () => {
      // This invocation outlives its lease.
      counter.now += 20_000
      await counter.sweep(() => ({ status: 'done', events: [{ add: 10 }] }))
      return { status: 'done', events: [{ add: 10 }] }
    })

    expect(counter.count).toBe(11)
    expect(counter.said).toEqual(['ask', 'ask ?1'])
  })

  it('comes to nothing when the item has vanished', async () => {
    const counter = new Counting()
    const acting = counter.add(1, ['ask'], () => {
      counter.table.rows.clear()
      return { status: 'done' }
    })

    await expect(acting).rejects.toThrow('counter vanished')
  })
})

describe('effects', () => {
  it('are carried out side by side: a slow one holds no other back', async () => {
    const counter = new Counting()
    const waits = Promise.withResolvers<{ status: 'done' }>()
    const acting = counter.add(1, ['slow', 'quick'], (word) => (word === 'slow' ? waits.promise : { status: 'done' }))
    await settled()

    expect(counter.said).toEqual(['slow', 'quick'])
    waits.resolve({ status: 'done' })
    await acting
  })

  it('that come first are done before the others begin', async () => {
    const counter = new Counting()
    counter.ruled = (word) => (word === 'stop' ? { order: 'first' } : {})
    const waits = Promise.withResolvers<{ status: 'done' }>()
    const acting = counter.add(1, ['call', 'stop'], (word) => (word === 'stop' ? waits.promise : { status: 'done' }))
    await settled()
    expect(counter.said).toEqual(['stop'])

    waits.resolve({ status: 'done' })
    await acting
    expect(counter.said).toEqual(['stop', 'call'])
  })

  it('that come last wait for the others, unless their time has come when they are decided', async () => {
    const counter = new Counting()
    counter.ruled = (word) => ({
      order: (_, decidedAt) => (word === 'later' || Number(word) > decidedAt ? 'last' : 'beside'),
    })
    const waits = Promise.withResolvers<{ status: 'done' }>()
    const words = ['later', String(counter.now + 1), String(counter.now), 'slow']
    const acting = counter.add(1, words, (word) => (word === 'slow' ? waits.promise : { status: 'done' }))
    await settled()
    expect(counter.said).toEqual([String(counter.now), 'slow'])

    waits.resolve({ status: 'done' })
    await acting
    expect(counter.said.slice(2)).toEqual(['later', String(counter.now + 1)])
  })

  it('have an id of their own for the item’s whole life', async () => {
    const counter = new Counting()
    const ids: string[] = []
    const remember = (_: string, { id }: { id: string }) => {
      ids.push(id)
      return { status: 'done' as const }
    }
    await counter.add(1, ['a', 'b'], remember)
    await counter.add(1, ['c'], remember)

    expect(ids).toEqual(['1.0', '1.1', '3.0'])
  })
})

describe('others write at the same time', () => {
  it('each event counts once, and each effect is carried out once', async () => {
    const counter = new Counting()
    await Promise.all(Array.from({ length: 10 }, (_, index) => counter.add(1, [`word ${index}`])))

    expect(counter.count).toBe(10)
    expect(counter.said.toSorted()).toEqual(Array.from({ length: 10 }, (_, index) => `word ${index}`))
    expect(counter.outbox).toEqual([])
  })

  it('an event is gathered afresh from what they wrote', async () => {
    const counter = new Counting()
    await counter.add(1)
    const seen: (number | undefined)[] = []
    await counter.act({
      gather: async (state) => {
        seen.push(state?.count)
        if (seen.length === 1) await counter.add(5)
        return { add: 1 }
      },
    })

    expect(seen).toEqual([1, 6])
    expect(counter.count).toBe(7)
  })

  it('again and again: it gives up, and the message comes again', async () => {
    const counter = new Counting()
    counter.table.putIfVersion = async () => false

    await expect(counter.add(1)).rejects.toThrow('Gave up on counter after 50 write conflicts in a row')
  })
})

describe('the item says when somebody has to look at it', () => {
  it('while its effects are being carried out: when that must have ended', async () => {
    const counter = new Counting()
    let due: number | undefined
    await counter.add(1, ['hello'], () => {
      due = counter.row?.dueAt
      return { status: 'done' }
    })

    expect(due).toBe(1_015_000)
    expect(counter.row?.dueAt).toBeUndefined()
  })

  it('when its machine says so, or an effect that was put off, whichever is first', async () => {
    const counter = new Counting()
    counter.machine = { ...counting, dueAt: () => 1_090_000 }
    await counter.add(1)
    expect(counter.row?.dueAt).toBe(1_090_000)

    await counter.add(1, ['hello'], () => ({ status: 'later', afterMs: 60_000 }))
    expect(counter.row?.dueAt).toBe(1_060_000)
  })

  it('and when it may be forgotten, but never with an effect left', async () => {
    const counter = new Counting()
    counter.machine = {
      ...counting,
      listed: () => ({ listed: 'open', openedAt: 7 }),
      expiresAt: () => 99,
    }
    await counter.add(1, ['hello'], () => ({ status: 'later', afterMs: 60_000 }))
    expect(counter.row).toMatchObject({ listed: 'open', openedAt: 7 })
    expect(counter.row?.expiresAt).toBeUndefined()

    counter.now += 60_000
    await counter.sweep()
    expect(counter.row).toMatchObject({ expiresAt: 99 })
  })
})
