import { describe, expect, it } from 'vitest'
import type { Carrier } from '../../shared/contracts/machine.ts'
import { Counting, done } from './counter.ts'

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
