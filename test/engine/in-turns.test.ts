import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { inTurns } from '../../shared/engine/in-turns.ts'

/** A queue that answers when it is told to. */
function queue() {
  const sent: { messages: string[]; arrive(): void; fail(error: Error): void }[] = []
  const turns = inTurns((messages) => new Promise((arrive, fail) => sent.push({ messages, arrive, fail })))
  return { sent, turns, said: () => sent.map(({ messages }) => messages.join()) }
}

/** Whether a promise has settled by now. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  await turn()
  return Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    turn(false),
  ])
}

it('sends two parts side by side, and the third when one of them has arrived', async () => {
  const { sent, turns, said } = queue()
  await turns.send(['a'], ['1'])
  await turns.send(['b'], ['2'])
  const third = turns.send(['c'], ['3'])
  expect([await isOver(third), said()]).toEqual([false, ['a', 'b']])
  sent[1]?.arrive()
  expect([await isOver(third), said()]).toEqual([true, ['a', 'b', 'c']])
  const done = turns.done()
  sent[0]?.arrive()
  expect(await isOver(done)).toBe(false)
  sent[2]?.arrive()
  await done
})

it('sends what has the key of an earlier part when that has arrived', async () => {
  const { sent, turns, said } = queue()
  await turns.send(['trigger a'], ['a', 'b'])
  const later = turns.send(['resolve a'], ['c', 'a'])
  expect([await isOver(later), said()]).toEqual([false, ['trigger a']])
  sent[0]?.arrive()
  await later
  expect(said()).toEqual(['trigger a', 'resolve a'])
})

it('sends nothing more once a part could not be sent, and says so', async () => {
  const { sent, turns, said } = queue()
  await turns.send(['a'], ['1'])
  sent[0]?.fail(new Error('out of reach'))
  await turn()
  await expect(turns.send(['b'], ['2'])).rejects.toThrow('out of reach')
  await expect(turns.done()).rejects.toThrow('out of reach')
  expect(said()).toEqual(['a'])
})

it('sends no part without a message', async () => {
  const { turns, said } = queue()
  await turns.send([], [])
  await turns.done()
  expect(said()).toEqual([])
})
