import { describe, expect, it } from 'vitest'
import { Counting, type Deliver, never, settled } from './counter.ts'

describe('what a process has died of', () => {
  const words = Array.from({ length: 20 }, (_, index) => `word ${index}`)

  /** Dies with whatever it has taken on as soon as so many of it are done. */
  const dyingAfter = (most: number): Deliver => {
    let tries = 0
    return () => (++tries > most ? never : { status: 'done' })
  }

  it('is taken on a few at a time, so that an outbox gets emptied though each process dies halfway', async () => {
    const counter = new Counting()
    void counter.add(1, words, dyingAfter(10))
    await settled()
    const left = [counter.outbox.length]
    while (counter.outbox.length > 0 && left.length < 10) {
      counter.now += 20_000
      void counter.sweep(dyingAfter(10))
      await settled()
      left.push(counter.outbox.length)
    }

    expect(left).toEqual([20, 12, 4, 0])
  })

  it('waits for a message of its own when the time left is too short for more', async () => {
    const counter = new Counting()
    void counter.add(1, words, () => never)
    await settled()
    counter.now += 20_000
    await counter.sweep(() => {
      counter.now += 1_200
      return { status: 'done' }
    })

    expect(counter.outbox).toHaveLength(12)
    expect(counter.nudges).toEqual([0])
  })

  it('ends up alone, and what is new is not held back by it', async () => {
    const counter = new Counting()
    const poison: Deliver = (word) => (word === 'word 7' ? never : { status: 'done' })
    void counter.add(1, words, poison)
    for (let time = 0; time < 6; time++) {
      await settled()
      counter.now += 20_000
      void counter.sweep(poison)
    }
    await settled()
    expect(counter.outbox.map(({ effect }) => effect.word)).toEqual(['word 7'])

    counter.now += 20_000
    void counter.add(1, ['news'], poison)
    await settled()
    expect(counter.said).toContain('news')
  })

  it('and comes first of its decision is taken on before the rest', async () => {
    const counter = new Counting()
    counter.ruled = (word) => (word === 'word 19' ? { order: 'first' } : {})
    void counter.add(1, words, () => never)
    await settled()
    counter.said.length = 0
    counter.now += 20_000
    void counter.sweep(() => never)
    await settled()

    expect(counter.said).toEqual(['word 19 ?1'])
  })
})
