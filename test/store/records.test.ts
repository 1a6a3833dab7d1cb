import { beforeEach, describe, expect, it } from 'vitest'
import type { ApplyIo } from '../../shared/store/apply.ts'
import { type Add, type Counter, Counting, never, type Say, settled } from './counter.ts'

const minute = 60_000

/** Words in small letters are said; those in capitals are put on record. */
class Recording extends Counting {
  readonly recorded: string[][] = []
  refuses = false
  /** Whoever writes has died while writing. */
  hangs = false

  constructor() {
    super()
    this.ruled = (word) => (word === word.toUpperCase() ? { record: () => [] } : {})
  }

  override io(...[deliver, changes]: Parameters<Counting['io']>): ApplyIo<Counter, Add, Say> {
    const record: ApplyIo<Counter, Add, Say>['record'] = async (entries) => {
      if (this.refuses) throw new Error('the table is throttled')
      this.recorded.push(entries.map(({ effect }) => effect.word))
      if (this.hangs) await never
    }
    return { ...super.io(deliver, changes), record }
  }

  get waiting(): string[] {
    return this.outbox.map(({ effect }) => effect.word)
  }
}

describe('what is only put on record', () => {
  let counter: Recording
  beforeEach(() => {
    counter = new Recording()
  })

  it('costs one write, and waits for something to be carried out', async () => {
    await counter.add(1, ['A'])
    await counter.add(1, ['B'])
    expect(counter).toMatchObject({ recorded: [], waiting: ['A', 'B'], said: [], nudges: [] })

    await counter.add(1, ['hello', 'C'])
    expect(counter).toMatchObject({ recorded: [['A', 'B', 'C']], waiting: [], said: ['hello'] })
    expect(counter.row?.version).toBe(4)
  })

  it('goes alone after a minute, when watch looks', async () => {
    await counter.add(1, ['A'])
    expect(counter.row?.dueAt).toBe(counter.now + minute)
    counter.now += minute - 1
    await counter.sweep()
    expect(counter.recorded).toEqual([])

    counter.now += 1
    await counter.sweep()
    expect(counter).toMatchObject({ recorded: [['A']], waiting: [], said: [] })
    expect(counter.row?.dueAt).toBeUndefined()
  })

  it('goes at once when there is much of it: an item must stay small', async () => {
    await counter.add(
      1,
      Array.from({ length: 20 }, (_, index) => `A${index}`),
    )
    expect(counter.recorded).toEqual([])

    await counter.add(1, ['LAST'])
    expect(counter.recorded).toEqual([[...Array.from({ length: 20 }, (_, index) => `A${index}`), 'LAST']])
  })

  it('is kept when it cannot be written, and holds nothing else back', async () => {
    counter.refuses = true
    await counter.add(1, ['hello', 'A'])
    expect(counter).toMatchObject({ recorded: [], waiting: ['A'], said: ['hello'] })
    expect(counter.failures).toEqual(['Error: the table is throttled'])

    counter.refuses = false
    counter.now += minute
    await counter.sweep()
    expect(counter).toMatchObject({ recorded: [['A']], waiting: [] })
  })

  it('is not tried again before its time however much there is of it', async () => {
    counter.refuses = true
    const words = Array.from({ length: 30 }, (_, index) => `A${index}`)
    await counter.add(1, words)
    await counter.add(1, ['B'])
    expect(counter.failures).toHaveLength(1)
    expect(counter.waiting).toEqual([...words, 'B'])

    counter.refuses = false
    counter.now += minute
    await counter.sweep()
    expect(counter).toMatchObject({ recorded: [[...words, 'B']], waiting: [] })
  })

  it('is not taken from who is writing it down', async () => {
    await counter.add(1, ['A'])
    counter.hangs = true
    const writing = counter.add(1, ['hello'])
    await settled()
    expect(counter).toMatchObject({ said: ['hello'], recorded: [['A']] })

    counter.hangs = false
    await counter.add(1, ['again'])
    expect(counter).toMatchObject({ said: ['hello', 'again'], recorded: [['A']] })
    void writing
  })

  it('comes after what somebody waits for', async () => {
    await counter.add(1, ['A', 'hello'], async () => {
      expect(counter.recorded).toEqual([])
      return { status: 'done' }
    })
    expect(counter).toMatchObject({ said: ['hello'], recorded: [['A']] })
  })
})

describe('an effect that the next event makes spent', () => {
  it('is carried out without a write to clear it, and dropped by that event', async () => {
    const counter = new Counting()
    counter.ruled = (word) => ({
      clearsItself: () => true,
      isSpent: (_, { count }) => Number(word) < count,
    })
    await counter.add(1, ['1'])
    expect(counter.row?.version).toBe(1)
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['1'])

    await counter.add(1, ['2'])
    expect(counter.row?.version).toBe(2)
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['2'])
    expect(counter.said).toEqual(['1', '2'])
  })

  it('is on its way as far as anybody knows: only an event that comes once more carries it out again', async () => {
    const counter = new Counting()
    counter.ruled = () => ({ clearsItself: () => true })
    await counter.add(1, ['1'])
    await counter.sweep()
    counter.now += 15_000
    await counter.sweep()
    expect(counter.said).toEqual(['1'])

    await counter.add(0)
    expect(counter.said).toEqual(['1', '1 ?1'])
  })

  it('is put off like any other when it cannot be carried out', async () => {
    const counter = new Counting()
    counter.ruled = () => ({ clearsItself: () => true })
    await counter.add(1, ['1'], () => ({ status: 'later', afterMs: 5_000 }))

    expect(counter.outbox).toMatchObject([{ effect: { word: '1' }, leaseUntil: 0, notBefore: counter.now + 5_000 }])
    expect(counter.nudges).toEqual([5_000])
  })
})
