import { expect, it } from 'vitest'
import { throttleIn } from '../../shared/oncall/throttle.ts'
import { told } from '../engine/texting.ts'
import { directory, PathWorld, phones, policy } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'

const lin = { name: '林悦', phone: phones.lin ?? '', email: 'lin@example.com' }

/** Lin alone, who wants at most so many; every severity rings and texts. */
function limited(atMost: object): PathWorld {
  const layers = [{ page: ['lin'], calls: 1, ackTimeoutMs: 60_000 }]
  const channels = { critical: ['phone' as const], error: ['phone' as const], warning: ['sms' as const], info: [] }
  const world = new PathWorld({ policies: { default: policy({ layers, channels, rounds: 1 }) } })
  world.directory = { ...directory, contacts: { ...directory.contacts, lin: { ...lin, atMost } } }
  return world
}
const down = async (world: PathWorld, dedupKey: string, severity: string) => {
  await world.alert('trigger', { dedupKey, severity })
  await world.settle()
}
const ends = async (world: PathWorld, dedupKey: string) => {
  await world.alert('resolve', { dedupKey, at: world.now + 1 })
  await world.until(world.now + 10_000)
}
const rang = ({ calls }: PathWorld) => calls.filter((call) => call.startsWith('connect +')).length

it.each([
  ['4/1h', { calls: 4, ms: 3_600_000 }],
  ['10/30m', { calls: 10, ms: 1_800_000 }],
  ['0/1h', undefined],
  ['4/2d', undefined],
  ['4/10s', undefined],
  ['often', undefined],
])('%s', (text, read) => expect(throttleIn(text)).toEqual(read))

it('who wants one call an hour gets the next page by another channel, and the timeline says why', async () => {
  const world = limited({ phone: '1/1h' })
  await down(world, 'first', 'error')
  await ends(world, 'first')
  expect(rang(world)).toBe(1)

  await down(world, 'web', 'error')
  expect(rang(world)).toBe(1)
  expect(world.texts).toContain(`${phones.lin} texts page`)
  expect(world.logged).toContainEqual(
    expect.objectContaining({ event: 'dial', failure: { class: 'own-throttle', limit: 1, ms: 3_600_000 } }),
  )
})

it('what is critical rings them the first time whatever they want, and counts', async () => {
  const world = limited({ phone: '1/1h' })
  await down(world, 'first', 'error')
  await ends(world, 'first')
  await down(world, 'web', 'critical')
  expect(rang(world)).toBe(2)
  // Everybody again, half an hour after nobody answered: that is not the first.
  await world.until('02:50')
  expect(rang(world)).toBe(2)
})

it('a call that every route refuses is none that they got', async () => {
  const world = limited({ phone: '1/1h' })
  const refused = { status: 'refused', failure: refusedFor('Arrears') } as const
  world.places = [refused, refused]
  await down(world, 'first', 'error')
  await ends(world, 'first')
  expect(world.places).toEqual([])
  expect(rang(world)).toBe(1)
  await down(world, 'web', 'error')
  expect(rang(world)).toBe(2)
})

it('after the hour they are called again', async () => {
  const world = limited({ phone: '1/1h' })
  await down(world, 'first', 'error')
  await ends(world, 'first')
  await world.until('03:20')
  await down(world, 'second', 'error')
  expect(rang(world)).toBe(2)
})

it('a text above their limit goes by mail', async () => {
  const world = limited({ sms: '1/1h' })
  await world.alert('trigger', { dedupKey: 'first', severity: 'warning' })
  await world.settle()
  await world.alert('trigger', { severity: 'warning' })
  await world.settle()
  expect(await told(world)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^page to lin sms: failed, they want at most 1/),
      'page to lin email: sent',
    ]),
  )
})
