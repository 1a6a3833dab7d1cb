import { expect, it } from 'vitest'
import { finishSwaps } from '../../../shared/engine/overrides/finish-swaps.ts'
import type { Making } from '../../../shared/engine/overrides/make.ts'
import { answerSwap, askSwap } from '../../../shared/engine/overrides/swaps.ts'
import { takeLetter } from '../../../shared/engine/take-letter.ts'
import { readSwaps, type Swap } from '../../../shared/store/swaps.ts'
import { PathWorld } from '../world.ts'
import { asked, people } from './asked-swap.ts'
import { MemoryContacts } from './memory-contacts.ts'

const anybody = () => true

/** A console whose process dies at one of what it does outside of itself: before that has taken effect, or after. */
function swapping() {
  const world = new PathWorld()
  const contacts = new MemoryContacts({ pay: people, shop: people })
  const [put, write] = [world.incidents.putIfVersion.bind(world.incidents), contacts.write.bind(contacts)]
  let death: { at: number; before: boolean } | undefined
  let acts = 0
  const mortal = async <T>(act: () => Promise<T>): Promise<T> => {
    const now = acts++
    if (death === undefined) return act()
    if (now > death.at || (now === death.at && death.before)) throw new Error('died')
    const done = await act()
    if (now === death.at) throw new Error('died')
    return done
  }
  world.incidents.putIfVersion = (...row) => mortal(() => put(...row))
  contacts.write = (...row) => mortal(() => write(...row))
  const by = (who: string) => {
    const io = world.io()
    const { escalate } = io
    const making: Making = { projects: ['pay', 'shop'], by: who, now: world.now, timezone: 'UTC', newId: () => 'id' }
    const mortalIo = { ...io, escalate: (...said: Parameters<typeof escalate>) => mortal(() => escalate(...said)) }
    return { regions: [{ contacts }], making, io: mortalIo, url: 'https://console.example.com/oncall' }
  }
  /** Does something in a process that dies; whether it came so far. */
  const dying = async (at: number, before: boolean, act: () => Promise<unknown>): Promise<boolean> => {
    ;[acts, death] = [0, { at, before }]
    const isDead = await act().then(
      () => false,
      () => true,
    )
    death = undefined
    return isDead
  }
  const sent: string[] = []
  /** Takes letters off the queue as they are due, until none is left, or for a day. */
  const deliver = async () => {
    for (const end = world.now + 86_400_000; ; ) {
      const [next] = world.queue.filter(({ message }) => message.kind === 'letter').toSorted((a, b) => a.at - b.at)
      if (next === undefined || next.at > end) return
      world.queue.splice(world.queue.indexOf(next), 1)
      world.now = Math.max(world.now, next.at)
      const gateway = {
        letter: async ({ contact, content }: { contact: string; content: { code: string; accepted?: boolean } }) => {
          sent.push(`${contact} ${content.code}${content.accepted === undefined ? '' : ` ${content.accepted}`}`)
          return { status: 'sent' }
        },
      }
      if (next.message.kind === 'letter') await takeLetter(next.message, world.io({ gateway: gateway as never }))
    }
  }
  const swaps = () => readSwaps(world.io())
  const made = () => ['pay', 'shop'].map((project) => contacts.overrides(project).length)
  return { world, by, dying, deliver, sent, swaps, made }
}

const deaths = Array.from({ length: 8 }, (_, at) => [true, false].map((before) => [at, before] as const)).flat()

it.each(
  deaths,
)('asked by a process that dies (at %i, before: %j) tells nobody of what is not asked', async (at, before) => {
  const { by, dying, deliver, sent, swaps } = swapping()
  const isDead = await dying(at, before, () => askSwap(asked, by('林悦')))
  await deliver()
  const [swap] = await swaps()
  expect(sent).toEqual(swap === undefined ? [] : ['wang swap-asked'])
  if (isDead) await askSwap(asked, by('林悦'))
  await deliver()
  expect([sent, await swaps()]).toMatchObject([['wang swap-asked'], [{ state: 'asked' }]])
})

it.each(
  deaths,
)('accepted by a process that dies (at %i, before: %j) is finished by accepting again', async (at, before) => {
  const { world, by, dying, deliver, sent, swaps, made } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  const isDead = await dying(at, before, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  world.now += 30_000
  if (isDead) await answerSwap(id, 'accepted', anybody, by('王磊'))
  await deliver()
  expect([made(), await swaps()]).toMatchObject([[2, 2], [{ state: 'accepted' }]])
  expect(sent).toEqual(['lin swap-answered true'])
})

it.each(
  deaths,
)('accepted by a process that dies (at %i, before: %j) is finished in their name by whoever looks at it half a minute later', async (at, before) => {
  const { world, by, dying, deliver, sent, swaps, made } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  const then = world.now
  await dying(at, before, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  const isBegun = (await swaps()).some(({ accepting, state }) => accepting !== undefined || state === 'accepted')
  world.now += 29_999
  await finishSwaps(await swaps(), by('console'))
  world.now += 1
  await finishSwaps(await swaps(), by('console'))
  await finishSwaps(await swaps(), by('console'))
  await deliver()

  expect([made(), await swaps()]).toMatchObject(
    isBegun ? [[2, 2], [{ state: 'accepted', answered: { at: then, by: '王磊' } }]] : [[0, 0], [{ state: 'asked' }]],
  )
  expect(sent.filter((one) => one.includes('answered'))).toEqual(isBegun ? ['lin swap-answered true'] : [])
})

it('what was half accepted and taken back at the same moment stays taken back, and what cannot be finished stays as it is', async () => {
  const { world, by, dying, swaps, made } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  await dying(3, true, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  world.now += 30_000
  const seen = await swaps()
  await dying(0, true, () => finishSwaps(seen, by('console')))
  expect(await swaps()).toMatchObject([{ state: 'asked', accepting: { by: '王磊' } }])

  world.now += 30_000
  await answerSwap(id, 'withdrawn', anybody, by('林悦'))
  await finishSwaps(seen, by('console'))
  expect([made(), await swaps()]).toMatchObject([[0, 0], [{ state: 'withdrawn' }]])
})

it('what is refused is tried by one look, not by each, and stays for somebody to take back', async () => {
  const { world, by, dying, swaps, made } = swapping()
  const { id, until } = await askSwap(asked, by('林悦'))
  await dying(3, true, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  world.now = until + 7 * 86_400_000
  await finishSwaps(await swaps(), by('console'))
  const tried = world.queue.length
  await finishSwaps(await swaps(), by('console'))
  expect([world.queue.length, await swaps()]).toMatchObject([tried, [{ state: 'asked', accepting: { by: '王磊' } }]])

  await answerSwap(id, 'withdrawn', anybody, by('林悦'))
  expect([made(), await swaps()]).toMatchObject([[0, 0], [{ state: 'withdrawn' }]])
})

it.each(
  deaths.slice(1, 6),
)('half accepted, and declined by a process that dies (at %i, before: %j), is nobody’s to accept for them', async (at, before) => {
  const { world, by, dying, swaps, made } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  await dying(3, true, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  world.now += 30_000
  await dying(at, before, () => answerSwap(id, 'declined', anybody, by('王磊')))
  world.now += 30_000
  await finishSwaps(await swaps(), by('console'))
  expect((await swaps()).map(({ state }) => state)).not.toContain('accepted')

  await answerSwap(id, 'declined', anybody, by('王磊'))
  expect([made(), await swaps()]).toMatchObject([[0, 0], [{ state: 'declined' }]])
})

it.each(deaths)('accepted by a process that dies (at %i, before: %j) is undone by declining', async (at, before) => {
  const { world, by, dying, deliver, sent, swaps, made } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  await dying(at, before, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  const [{ state }] = (await swaps()) as [Swap]
  world.now += 30_000
  if (state === 'asked') await answerSwap(id, 'declined', anybody, by('王磊'))
  await deliver()
  expect([made(), await swaps()]).toMatchObject(
    state === 'asked' ? [[0, 0], [{ state: 'declined' }]] : [[2, 2], [{ state: 'accepted' }]],
  )
  expect(sent).toEqual([`lin swap-answered ${state !== 'asked'}`])
})

it('half accepted can be finished, or taken back, however late it is, and nobody is told before', async () => {
  const { world, by, dying, deliver, sent, swaps, made } = swapping()
  const { id, until } = await askSwap(asked, by('林悦'))
  await dying(3, true, () => answerSwap(id, 'accepted', anybody, by('王磊')))
  expect([made(), await swaps()]).toMatchObject([[2, 0], [{ state: 'asked', accepting: { by: '王磊' } }]])
  await deliver()
  expect(sent).toEqual(['wang swap-asked'])
  world.now = Math.max(world.now, until + 1)
  expect(await answerSwap(id, 'withdrawn', anybody, by('林悦'))).toMatchObject({ result: 'done' })
  expect([made(), await swaps()]).toMatchObject([[0, 0], [{ state: 'withdrawn' }]])
})

it('asked in two tabs at once is asked, and told, once', async () => {
  const { world, by, deliver, sent, swaps } = swapping()
  const first = by('林悦')
  world.now += 1
  await Promise.all([first, by('林悦')].map((tab) => askSwap(asked, tab)))
  await deliver()
  expect([sent, await swaps()]).toMatchObject([['wang swap-asked'], [{ state: 'asked' }]])
})
