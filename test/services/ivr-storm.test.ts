import { afterEach, beforeEach, expect, it } from 'vitest'
import { directory, policy } from '../engine/world.ts'
import { IvrWorld } from './ivr-world.ts'

const people = ['ana', 'bo', 'cai', 'di', 'eva']
const numberOf = (index: number) => `+861390000000${index}`

let world: IvrWorld
beforeEach(async () => {
  world = await new IvrWorld().start()
  const contacts = Object.fromEntries(people.map((name, index) => [name, { name, phone: numberOf(index) }]))
  world.directory = { ...directory, contacts }
  world.config.policies.default = policy({
    layers: [{ page: people, calls: 2, ackTimeoutMs: 300_000 }],
    channels: { critical: ['phone'], error: [], warning: [], info: [] },
  })
})
afterEach(() => world.vendor.close())

it('a storm of 300 incidents for five people is one call each, and passes no limit of the vendor, not even when nobody answers', async () => {
  const alerts = Array.from({ length: 300 }, (_, index) => ({
    action: 'trigger',
    dedupKey: `check-${index}`,
    project: 'pay',
    summary: `check ${index} is down`,
    at: world.now,
  }))
  for (let from = 0; from < alerts.length; from += 100)
    await world.evaluate({ v: 1, kind: 'alerts', alerts: alerts.slice(from, from + 100) })
  await world.settle()
  expect(world.vendor.calls.map(({ to }) => to).toSorted()).toEqual(people.map((_, index) => numberOf(index)))

  // One hears it, and takes all that it was about: the others ring on, for nobody can stop them.
  const [mine] = world.vendor.calls
  world.now += 5_000
  await world.vendor.answer(mine?.contactId ?? '')
  await world.vendor.press(mine?.contactId ?? '', '1')
  await world.postAll()
  for (const { contactId } of world.vendor.calls.slice(1)) world.vendor.noAnswer(contactId)
  world.vendor.end(mine?.contactId ?? '', '200000')
  await world.postAll()

  // What the first call had no room for is called about again, as the vendor lets it.
  for (let minute = 0; minute < 6; minute++) {
    await world.until(world.now + 60_000)
    for (const { contactId, state } of world.vendor.calls) if (state === 'ringing') world.vendor.noAnswer(contactId)
    await world.postAll()
  }
  expect(world.vendor.blocked).toEqual([])
  expect(world.vendor.refused).toEqual([])
  for (const [index] of people.entries())
    expect(world.vendor.calls.filter(({ to }) => to === numberOf(index)).length).toBeLessThanOrEqual(5)
})
