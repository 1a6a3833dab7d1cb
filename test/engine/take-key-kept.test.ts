import { describe, expect, it } from 'vitest'
import { MemoryTable } from '../store/memory-table.ts'
import { flow, ringing } from './contact-flow.ts'

describe('a key that could not be written down', () => {
  class Hanging extends MemoryTable {
    override get = () => new Promise<never>(() => {})
  }
  class Refusing extends MemoryTable {
    override get = () => Promise.reject(new Error('TimeoutError'))
  }

  it.each([
    { because: 'a request hangs', incidents: new Hanging(), patience: AbortSignal.abort() },
    { because: 'the table refuses', incidents: new Refusing(), patience: new AbortController().signal },
  ])('since $because, is asked for again, and counts though nobody presses it again', async (trouble) => {
    const world = await ringing('web')
    await flow(world, 'answered')
    const answer = await flow(world, '1', trouble)

    expect(answer).toEqual({ result: 'failed', say: '系统还没有记录您的按键，请再按一次。' })
    expect(world.incident().status).toBe('open')
    await world.settle()
    expect(world.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { contact: 'lin' } } })
  })

  it('and is pressed again is one acknowledgement', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await flow(world, '1', { incidents: new Refusing() })
    expect((await flow(world, '1')).result).toBe('ok')
    const before = world.texts.length
    await world.settle()

    expect(world.texts.slice(before)).toEqual(['ops acknowledged'])
  })

  it('is kept only if it decides something', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await world.settle()
    const before = world.queue.length
    for (const what of ['answered', '3', 'no-key'] as const) await flow(world, what, { incidents: new Refusing() })

    expect(world.queue).toHaveLength(before)
  })

  it('is admitted to be lost when the queue does not take it either', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    world.queue.push = () => {
      throw new Error('ServiceUnavailable')
    }

    expect((await flow(world, '1', { incidents: new Refusing() })).result).toBe('failed')
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'key lost' }))
  })
})
