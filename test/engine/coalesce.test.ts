import { describe, expect, it } from 'vitest'
import { coalesce } from '../../shared/engine/coalesce.ts'

/** Work that takes its items when it is told to, and ends when it is told to. */
function rounds(invocation: object) {
  const taken: string[][] = []
  const read = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const join = (item: string, name = 'line') =>
    coalesce(invocation, name, item, async (take, next) => {
      await read.promise
      taken.push([...take()])
      await written.promise
      expect(take()).toEqual(taken[0])
      next()
      await done.promise
    })
  return { taken, join, read, written, done }
}

describe('what one invocation wants of one item', () => {
  it('until it is read goes together, and is done for all at once', async () => {
    const { taken, join, read, written, done } = rounds({})
    const works = [join('a'), join('b')]
    read.resolve()
    written.resolve()
    done.resolve()
    await Promise.all(works)

    expect(taken).toEqual([['a', 'b']])
  })

  it('after that goes together once the first round has written it, and does not wait until all of that is carried out', async () => {
    const invocation = {}
    const { taken, join, read, written, done } = rounds(invocation)
    const first = join('a')
    read.resolve()
    await new Promise(setImmediate)
    const later = ['b', 'c'].map((item) => coalesce(invocation, 'line', item, async (take) => taken.push(take())))
    await new Promise(setImmediate)
    expect(taken).toEqual([['a']])

    written.resolve()
    await Promise.all(later)
    expect(taken).toEqual([['a'], ['b', 'c']])

    done.resolve()
    await first
  })

  it('begins though the round before it failed', async () => {
    const invocation = {}
    const { promise: answer, reject } = Promise.withResolvers<void>()
    const failing = coalesce(invocation, 'line', 'a', (take) => {
      take()
      return answer
    })
    await new Promise(setImmediate)
    const taken: string[] = []
    const later = coalesce(invocation, 'line', 'b', async (take) => taken.push(...take()))
    reject(new Error('throttled'))

    await expect(failing).rejects.toThrow('throttled')
    await later
    expect(taken).toEqual(['b'])
  })

  it('is tried again by each when it fails, in a round of its own', async () => {
    const invocation = {}
    const fail = () => Promise.reject(new Error('throttled'))
    const works = ['a', 'b'].map((item) => coalesce(invocation, 'line', item, fail))
    expect(await Promise.allSettled(works)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])

    const taken: string[] = []
    await coalesce(invocation, 'line', 'a', async (take) => taken.push(...take()))
    expect(taken).toEqual(['a'])
  })

  it('is apart from other items, and from what other invocations want', async () => {
    const invocation = {}
    const taken: string[][] = []
    const join = (of: object, name: string, item: string) =>
      coalesce(of, name, item, async (take) => taken.push([...take()]))
    await Promise.all([join(invocation, 'lin', 'a'), join(invocation, 'wang', 'b'), join({}, 'lin', 'c')])

    expect(taken).toEqual([['a'], ['b'], ['c']])
  })
})
