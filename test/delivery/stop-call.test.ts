import { describe, expect, it } from 'vitest'
import { type PathWorld, phones } from '../engine/world.ts'
import { calling } from './calling.ts'

describe('a call that has to stop', () => {
  /** Lin's phone rings, then the incident is resolved. */
  async function stopping(stops: boolean[]): Promise<PathWorld> {
    const world = await calling((world) => world.stops.push(...stops))
    world.now += 1_000
    await world.alert('resolve')
    return world.settle()
  }

  it('is stopped once', async () => {
    const world = await stopping([])

    expect(world.calls.slice(1)).toEqual(['connect stop contact-1'])
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('is asked to again and again while it may ring, ever more rarely', async () => {
    const world = await stopping([false, false, false, false, false, true])
    const asked: number[] = []
    for (const time of ['02:13:01', '02:13:02', '02:13:04', '02:13:08', '02:13:16', '02:13:32']) {
      await world.until(time)
      asked.push(world.calls.length - 1)
    }
    expect(asked).toEqual([1, 2, 3, 4, 5, 6])
    expect(world.calls.slice(1)).toEqual(Array(6).fill('connect stop contact-1'))
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('and does not is taken for ringing until it must have ended: nobody gets two calls at once', async () => {
    const world = await stopping(Array(6).fill(false))
    await world.alert('trigger', { dedupKey: 'db', at: world.now })
    await world.until('02:14:10')
    expect(world.calls).toHaveLength(7)
    expect(world.phoneLine().waiting).toHaveLength(1)

    await world.until('02:14:16')
    expect(world.calls.slice(7)).toEqual([`connect ${phones.lin} line:person-${phones.lin}:2`])
  })
})
