import { expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { IncidentEvent } from '../../shared/incidents/incident.ts'
import { at } from '../messages/notices.ts'
import { PathWorld, policy } from './world.ts'

const lin = { contact: 'lin', name: '林悦' }
const by = (world: PathWorld, event: IncidentEvent) =>
  dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event }, world.io())
const paged = async (changes: Parameters<typeof policy>[0] = {}) => {
  const world = new PathWorld({ policies: { default: policy(changes) } })
  await world.alert('trigger')
  await world.settle()
  return world
}

it('a snooze stops the phone and rings it again at its end', async () => {
  const world = await paged()
  await by(world, { type: 'snooze', generation: 1, via: 'cli', by: lin, until: at('02:23') })
  await world.until('02:22:59')
  expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1', 'connect stop contact-1'])

  await world.until('02:23')
  expect(world.calls.at(-1)).toBe('connect +8613800000001 line:person-+8613800000001:2')
  expect(world.texts.at(-1)).toBe('ops escalated')
})

it('an acknowledgement that expires reminds by text, then rings again', async () => {
  const world = await paged({ ackExpiresMs: 800_000 })
  await by(world, { type: 'acknowledge', generation: 1, via: 'cli', by: lin })
  await world.until(at('02:13') + 799_000)
  expect(world.texts.filter((text) => text.includes('ack-ends'))).toEqual([
    '+8613800000001 texts ack-ends',
    'ops ack-ends',
  ])

  await world.until(at('02:13') + 800_000)
  expect(world.calls.at(-1)).toBe('connect +8613800000001 line:person-+8613800000001:2')
})

it('what is handed to somebody calls them first, then whom the policy has', async () => {
  const world = await paged()
  await by(world, { type: 'escalate', generation: 1, via: 'cli', by: lin, to: ['tan'] })
  await world.settle()
  expect(world.calls.slice(-2)).toEqual(['connect stop contact-1', 'connect +6590000003 line:person-+6590000003:1'])

  const before = world.calls.length
  await world.until('02:18:30')
  const phones = world.calls.slice(before).flatMap((call) => call.match(/\+\d+(?= line)/) ?? [])
  expect(new Set(phones)).toContain('+8613800000001')
})

it('what is over before its delay reaches nobody, and what goes on does', async () => {
  const world = new PathWorld({ policies: { default: policy({ delayMs: { critical: 120_000 } }) } })
  await world.alert('trigger')
  await world.alert('trigger', { dedupKey: 'db' })
  await world.until('02:14')
  await world.alert('resolve')
  await world.until('02:15')

  expect(world.texts).toEqual(['ops opened'])
  expect(world.calls).toHaveLength(1)
})
