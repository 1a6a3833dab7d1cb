import { beforeEach, expect, it, vi } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import type { Row } from '../../shared/store/table.ts'
import { PathWorld, phones } from './world.ts'

const by = { contact: 'lin', name: '林悦' }
let world: PathWorld
const merge = (key: string, into: string, what: 'into' | 'out-of' = 'into', io = world.io()) => {
  const { generation } = world.incident('pay', key)
  const { number } = world.incident('pay', into)
  const moved = what === 'into' ? { what, into: `pay#1#${into}` } : { what }
  const event = { type: 'merge', generation, via: 'cli', by, number, ...moved } as const
  return dispatchToIncident({ project: 'pay', groupKey: key }, { event }, io)
}
const lines = async (groupKey: string) =>
  (await readTimeline({ project: 'pay', groupKey }, world.io())).flatMap((line) =>
    line.kind === 'merged' ? [`${line.what} #${line.number}`] : [],
  )
const rang = (contact: string) => world.calls.filter((call) => call.startsWith(`connect ${phones[contact]}`)).length
const phase = (key: string) => world.incident('pay', key).escalation.phase

/** `web` and `api` of `pay` are down, and Lin is being called about both. */
beforeEach(async () => {
  world = new PathWorld()
  await world.alert('trigger')
  await world.alert('trigger', { dedupKey: 'api' })
  await world.settle()
})

it('what is merged pages nobody while the other one goes on, and says why', async () => {
  await merge('api', 'web')
  await world.settle()
  expect(phase('api')).toBe('paused')
  expect(phase('web')).toBe('layer')
  expect(world.texts.filter((text) => text === 'ops paused')).toHaveLength(1)
  await world.until('02:30')
  expect(phase('api')).toBe('paused')
  expect(world.texts.filter((text) => text === 'ops paused')).toHaveLength(1)
})

it('what outlives the other one pages within a minute of its end', async () => {
  await merge('api', 'web')
  await world.settle()
  await world.alert('resolve', { at: world.now + 1 })
  const before = rang('lin')
  await world.until(world.now + 61_000)
  expect(phase('api')).toBe('layer')
  expect(rang('lin')).toBeGreaterThan(before)
})

it('what is over before the other one is over for itself', async () => {
  await merge('api', 'web')
  await world.settle()
  await world.alert('resolve', { dedupKey: 'api', at: world.now + 1 })
  expect(world.incident('pay', 'api').status).toBe('resolved')
  expect(world.incident('pay', 'web').status).toBe('open')
})

it('what is taken out again pages at once, and both are lines of its timeline', async () => {
  await merge('api', 'web')
  await world.settle()
  const { changed } = await merge('api', 'web')
  expect(changed).toBe(false)
  await merge('api', 'web', 'out-of')
  await world.settle()
  expect(phase('api')).toBe('layer')
  const [web, api] = [world.incident('pay', 'web').number, world.incident('pay', 'api').number]
  expect(await lines('api')).toEqual([`into #${web}`, `out-of #${web}`])
  expect(await lines('web')).toEqual([`member #${api}`, `member-gone #${api}`])
})

it.each([
  ['before', () => new Promise<never>(() => {})],
  ['after', (rows: Row[]) => world.incidents.put(rows).then(() => new Promise<never>(() => {}))],
])('who merges and dies just %s the line of the other one is written leaves it there, once', async (_, put) => {
  const dying = vi.fn(put)
  const incidents = Object.assign(Object.create(world.incidents), { put: dying })
  void merge('api', 'web', 'into', { ...world.io(), incidents })
  await vi.waitFor(() => expect(dying).toHaveBeenCalled())
  await world.until(world.now + 61_000)
  expect(await lines('web')).toEqual([`member #${world.incident('pay', 'api').number}`])
})

it('of two that are merged into each other both page', async () => {
  await merge('api', 'web')
  await merge('web', 'api')
  await world.settle()
  expect([phase('web'), phase('api')]).toEqual(['layer', 'layer'])
})

it('what was merged into one that is merged itself waits for the last of them', async () => {
  await world.alert('trigger', { dedupKey: 'db' })
  await world.settle()
  await merge('api', 'web')
  await merge('web', 'db')
  await world.settle()
  expect([phase('web'), phase('api'), phase('db')]).toEqual(['paused', 'paused', 'layer'])
})

it('what somebody has is merged without paging, and waits when they give it back', async () => {
  const event = { type: 'acknowledge', generation: 1, via: 'cli', by } as const
  await dispatchToIncident({ project: 'pay', groupKey: 'api' }, { event }, world.io())
  await merge('api', 'web')
  expect(world.incident('pay', 'api').status).toBe('acknowledged')
  await dispatchToIncident({ project: 'pay', groupKey: 'api' }, { event: { ...event, type: 'give-back' } }, world.io())
  await world.settle()
  expect(phase('api')).toBe('paused')
})
