import { afterEach, expect, it } from 'vitest'
import { IvrWorld } from './ivr-world.ts'
import { TtsWorld, VmsWorld } from './notice-worlds.ts'
import { storm } from './storm.ts'

let world: IvrWorld | TtsWorld | VmsWorld
afterEach(() => world.vendor.close())

/** What each route lets through to one number from 02:13 until 02:30 of a night. */
it.each([
  ['aliyun-ivr', IvrWorld, 5],
  ['aliyun-tts', TtsWorld, 5],
  ['tencent-vms', VmsWorld, 1],
])('a storm of 300 incidents for five people by %s is one call each, and passes no limit of the vendor, not even when nobody answers', async (_, World, most) => {
  world = await new World().start()
  const { numbers, alerts } = storm(world, '+861390000000')
  for (let from = 0; from < alerts.length; from += 100)
    await world.evaluate({ v: 1, kind: 'alerts', alerts: alerts.slice(from, from + 100) })
  await world.settle()
  // A vendor that takes five requests in a second, and has this second's, is asked again in the next.
  await world.until(world.now + 2_000)
  expect(world.vendor.calls.map(({ to }) => to).toSorted()).toEqual(numbers)
  expect(world.lineOf(numbers[0] ?? '').call?.about).toHaveLength(51)

  // One hears it, and presses 1, which takes all that it was about where keys are taken: nobody can stop the others from ringing on.
  const [mine] = world.vendor.calls
  world.now += 5_000
  await world.vendor.answer(mine?.contactId ?? '')
  await world.vendor.press(mine?.contactId ?? '', '1')
  await world.postAll()
  for (const { contactId } of world.vendor.calls.slice(1)) world.vendor.noAnswer(contactId)
  world.vendor.hangUp(mine?.contactId ?? '')
  await world.postAll()

  // What nobody took is called about again, as the vendor lets it.
  for (let minute = 0; minute < 6; minute++) {
    await world.until(world.now + 60_000)
    for (const { contactId, state } of world.vendor.calls) if (state === 'ringing') world.vendor.noAnswer(contactId)
    await world.postAll()
  }
  expect(world.vendor.refused).toEqual([])
  for (const number of numbers)
    expect(world.vendor.calls.filter(({ to }) => to === number).length).toBeLessThanOrEqual(most)
  if (World === IvrWorld) expect(world.vendor.calls).toHaveLength(numbers.length)
})
