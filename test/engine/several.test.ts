import { expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { compose } from '../../shared/messages/compose.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { directory, PathWorld, policy } from './world.ts'

const people: Directory = {
  ...directory,
  schedules: {
    sre: { timezone: 'Asia/Shanghai', rotation: ['lin', 'tan'], handoff: 'Mon 10:00', start: '2026-11-16' },
  },
}
const take = (world: PathWorld, contact: string) =>
  dispatchToIncident(
    { project: 'pay', groupKey: 'web' },
    { event: { type: 'acknowledge', generation: 1, via: 'link', by: { contact, name: contact } } },
    world.io(),
  )
const last = ({ messages }: PathWorld) => {
  const message = messages.at(-1)?.message
  if (message === undefined) throw new Error('Nothing was told')
  return compose(message)
}
const text = (world: PathWorld) => {
  const { title, lines } = last(world)
  return [title, ...lines.map(({ spans }) => spans.map((span) => span.text).join(''))].join('\n')
}

it('somebody of a schedule and somebody else have to take it: the phone goes on for who is missing', async () => {
  const layers = [
    { page: ['sre'], calls: 1, ackTimeoutMs: 300_000 },
    { page: ['wang'], calls: 1, ackTimeoutMs: 300_000 },
  ]
  const world = new PathWorld({ policies: { default: policy({ layers, acknowledgements: ['sre', 'wang'] }) } })
  world.directory = people
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  expect(text(world)).toContain('sre、wang 须各有一人认领')

  await take(world, 'lin')
  await world.settle()
  expect(world.calls).toEqual([
    expect.stringContaining('connect +8613800000001'),
    'connect stop contact-1',
    expect.stringContaining('connect +8613800000002'),
  ])
  expect(world.texts).toContain('ops partly')
  expect(text(world)).toMatch(/^升级.*lin 已认领，还差 wang/s)

  await take(world, 'wang')
  await world.settle()
  expect(world.incident().status).toBe('acknowledged')
  expect(world.calls.at(-1)).toBe('connect stop contact-2')
  expect(text(world)).toContain('lin、wang 已认领')
})
