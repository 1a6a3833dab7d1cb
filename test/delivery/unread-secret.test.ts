import { expect, it } from 'vitest'
import { PathWorld } from '../engine/world.ts'

it('a key whose store does not answer stops no phone, and what waits for it is told once it is read', async () => {
  const world = new PathWorld()
  const { OPS_KEY } = world.env
  delete world.env.OPS_KEY
  world.env.FENGHUO_SECRETS_UNREAD = 'OPS_KEY'
  await world.alert('trigger')
  await world.settle()
  expect(world.calls).toHaveLength(1)
  expect(world.texts).toEqual([])

  world.env = { ...world.env, OPS_KEY, FENGHUO_SECRETS_UNREAD: undefined }
  world.now += 6_000
  await world.settle()
  expect(world.texts).toEqual(['ops opened'])
})

it('a key that nobody has set is told as failed at once', async () => {
  const world = new PathWorld()
  delete world.env.OPS_KEY
  await world.alert('trigger')
  await world.settle()
  expect(JSON.stringify([...world.incidents.rows.values()])).toContain('not-configured')
})
