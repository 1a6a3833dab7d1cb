import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { inTurns } from '../../../shared/engine/ingest/in-turns.ts'

/** A queue that answers when it is told to. */
function queue() {
  const sent: { messages: string[]; cameAt: number; arrive(): void; fail(error: Error): void }[] = []
  const turns = inTurns(
    (messages, cameAt) => new Promise((arrive, fail) => sent.push({ messages, cameAt, arrive, fail })),
    5_000,
  )
  return { sent, turns, said: () => sent.map(({ messages }) => messages.join()) }
}

/** Whether a promise has settled by now. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  await turn()
  const settled = promise.then(
    () => true,
    () => true,
  )
  return Promise.race([settled, turn(false)])
}

it('sends the first part alone, and then two side by side', async () => {
  const { sent, turns, said } = queue()
  const first = turns.send(['a'])
  expect(await isOver(first)).toBe(false)
  sent[0]?.arrive()
  await first
  const second = turns.send(['b'])
  expect(await isOver(second)).toBe(true)
  const third = turns.send(['c'])
  expect([await isOver(third), said()]).toEqual([false, ['a', 'b', 'c']])
  sent[2]?.arrive()
  await third
  const done = turns.done()
  expect(await isOver(done)).toBe(false)
  sent[1]?.arrive()
  await done
})

it('says of each part that it came with the body, one after the other', async () => {
  const { sent, turns } = queue()
  const first = turns.send(['a'])
  sent[0]?.arrive()
  await first
  await turns.send(['b'])
  const third = turns.send(['c'])
  sent[1]?.arrive()
  await third
  expect(sent.map(({ cameAt }) => cameAt)).toEqual([5_000, 5_001, 5_002])
})

it('sends nothing more once a part could not be sent, and says so', async () => {
  const { sent, turns, said } = queue()
  const first = turns.send(['a'])
  sent[0]?.fail(new Error('out of reach'))
  await expect(first).rejects.toThrow('out of reach')
  await expect(turns.done()).rejects.toThrow('out of reach')
  expect(said()).toEqual(['a'])
})

it('sends no part without a message', async () => {
  const { turns, said } = queue()
  await turns.send([])
  await turns.done()
  expect(said()).toEqual([])
})
