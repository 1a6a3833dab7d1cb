import { expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { at } from '../messages/notices.ts'
import { directory, PathWorld, policy } from './world.ts'

const by = (contact: string, world: PathWorld) =>
  dispatchToIncident(
    { project: 'pay', groupKey: 'web' },
    { event: { type: 'acknowledge', generation: 1, via: 'cli', by: { contact, name: contact } } },
    world.io(),
  )

it('whoever has taken it is reminded before that ends, by a channel of theirs, though they are in no layer now', async () => {
  const world = new PathWorld({ policies: { default: policy({ ackExpiresMs: 800_000 }) } })
  const { contacts } = directory
  world.directory = { ...directory, contacts: { ...contacts, tan: { name: 'Tan Wei', email: 'tan@example.com' } } }
  await world.alert('trigger')
  await world.settle()
  await by('tan', world)
  await world.until(at('02:13') + 799_000)
  expect(world.texts.filter((text) => text.includes('ack-ends'))).toEqual([
    'tan@example.com smtp ack-ends',
    'ops ack-ends',
  ])
})

it('what only the group was told of, and nobody takes, is told again as often as its policy says', async () => {
  const world = new PathWorld({ policies: { default: policy({ remindEveryMs: 600_000 }) } })
  await world.alert('trigger', { severity: 'warning' })
  await world.until('02:22:59')
  expect(world.texts).toEqual(['ops opened'])
  await world.until('02:33')
  expect(world.texts).toEqual(['ops opened', 'ops reminder', 'ops reminder'])
  await by('lin', world)
  await world.until('03:30')
  expect(world.texts).toEqual(['ops opened', 'ops reminder', 'ops reminder', 'ops acknowledged'])
})

it('is told again after four hours where the policy does not say', async () => {
  const world = new PathWorld()
  await world.alert('trigger', { severity: 'warning' })
  await world.settle()
  expect(world.incident().escalation.deadlineAt).toBe(at('06:13'))
})
