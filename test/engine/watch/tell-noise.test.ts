import { expect, it } from 'vitest'
import { watch } from '../../../shared/engine/watch/watch.ts'
import { factIn } from '../../../shared/messages/facts.ts'
import { directory, noticesIn, PathWorld } from '../world.ts'

const MINUTE = 60_000
/** A time of Shanghai; 2026-11-23 is a Monday. */
const at = (time: string) => Date.parse(`${time}:00+08:00`)

function worldOf() {
  const world = new PathWorld()
  /** It breaks at a time, and is over a minute later. */
  const breaks = async (time: string, dedupKey: string, project = 'pay') => {
    world.now = at(time)
    await world.alert('trigger', { dedupKey, title: dedupKey, project })
    await world.settle()
    world.now += MINUTE
    await world.alert('resolve', { dedupKey, project })
    await world.settle()
  }
  /** Each minute from one time to another. */
  const look = async (from: string, to: string) => {
    const people = { policies: world.config.policies, directory: async () => directory, timezone: 'Asia/Shanghai' }
    for (world.now = at(from); world.now <= at(to); world.now += MINUTE) {
      await watch({ config: world.config, backlog: world.backlog, deadLetters: [], people }, world.io())
      await world.settle()
    }
  }
  const told = () =>
    world.messages
      .flatMap(noticesIn)
      .filter(({ kind }) => kind === 'once')
      .map(({ project, fact }) => `${project}: ${fact && factIn('en', fact).replace(/\. Mend.*/, '')}`)
  return { world, breaks, look, told }
}

it('what has alerted three times in the week before is named on Monday morning, once, to its own project', async () => {
  const { breaks, look, told, world } = worldOf()
  for (const day of [17, 18, 19, 20]) await breaks(`2026-11-${day}T03:00`, 'flaky')
  for (const day of [17, 18, 19]) await breaks(`2026-11-${day}T12:00`, 'cart', 'shop')
  for (const day of [17, 18]) await breaks(`2026-11-${day}T12:00`, 'twice')
  const calls = world.calls.length
  await look('2026-11-23T08:55', '2026-11-23T09:20')

  expect(told().sort()).toEqual([
    'pay: Alerted again and again this past week: flaky 4 times (4 pages at night)',
    'shop: Alerted again and again this past week: cart 3 times',
  ])
  expect(world.calls).toHaveLength(calls)
})

it('counts the week before alone, and is silent where nothing comes again and again', async () => {
  const { breaks, look, told } = worldOf()
  for (const day of [13, 14, 15, 18, 19]) await breaks(`2026-11-${day}T12:00`, 'twice this week')
  await look('2026-11-23T09:00', '2026-11-23T09:20')
  expect(told()).toEqual([])
})

it('is not told to a project that says so', async () => {
  const { breaks, look, told, world } = worldOf()
  Object.assign(world.config.projects.pay ?? {}, { weeklyNoise: false })
  for (const day of [17, 18, 19]) await breaks(`2026-11-${day}T12:00`, 'flaky')
  for (const day of [17, 18, 19]) await breaks(`2026-11-${day}T12:00`, 'cart', 'shop')
  await look('2026-11-23T08:55', '2026-11-23T09:20')
  expect(told()).toEqual(['shop: Alerted again and again this past week: cart 3 times'])
})

it('is told on Mondays alone', async () => {
  const { breaks, look, told } = worldOf()
  for (const day of [17, 18, 19, 20]) await breaks(`2026-11-${day}T12:00`, 'flaky')
  await look('2026-11-24T08:55', '2026-11-24T09:20')
  expect(told()).toEqual([])
})

it('names the worst nights first, and counts those beyond five', async () => {
  const { breaks, look, told } = worldOf()
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
    for (const day of [17, 18, 19]) await breaks(`2026-11-${day}T${name === 'f' ? '03' : '12'}:00`, name)
  await look('2026-11-23T09:00', '2026-11-23T09:05')
  expect(told()).toEqual([
    'pay: Alerted again and again this past week: f 3 times (3 pages at night), a 3 times, b 3 times, c 3 times, d 3 times, and 1 more',
  ])
})
