import { expect, it } from 'vitest'
import { callsTold } from '../delivery/calling.ts'
import { PathWorld } from './world.ts'

it('a call that was given up before anybody could dial is not dialled late, beside the next one: a text takes over', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  // The step finds out whom to call; then nobody’s contacts can be read for two minutes.
  const [step] = world.queue.splice(0, 1)
  await world.page(step?.message)
  const gateway = world.gateway()
  world.gateway = () => ({ ...gateway, directory: () => Promise.reject(new Error('table throttled')) })
  await world.until(world.now + 120_000)
  expect(world.phoneLine().call?.phase).toBe('unknown')

  world.gateway = () => gateway
  await world.until(world.now + 70_000)
  expect(world.calls).toEqual([])
  expect(world.texts).toContain('+8613800000001 texts page')
  expect(await callsTold(world)).toContain('林悦 failed, an error of Fenghuo itself')
  expect(world.phoneLine().call).toBeUndefined()
})
