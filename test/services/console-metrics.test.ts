import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { keepCanary } from '../../shared/store/canary.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

async function scraped() {
  const world = new PathWorld()
  await world.alert('trigger', {})
  await world.settle()
  for (const tookMs of [100, 700, 400_000]) {
    const setOut = world.now
    world.now += tookMs
    await keepCanary(setOut, world.io())
  }
  return { world, text: (await new Visitor(world).get('/metrics')).text }
}

it('has how long the path takes, as a histogram that only grows, and how far each queue is', async () => {
  const { world, text } = await scraped()
  for (const [le, count] of [
    ['0.25', 1],
    ['0.5', 1],
    ['1', 2],
    ['300', 2],
    ['+Inf', 3],
  ])
    expect(text).toContain(`fenghuo_path_latency_seconds_bucket{queue="events",le="${le}"} ${count}\n`)
  expect(text).toContain('fenghuo_path_latency_seconds_sum{queue="events"} 400.8\n')
  expect(text).toContain('fenghuo_path_latency_seconds_count{queue="events"} 3\n')
  expect(text).toContain(
    `fenghuo_canary_timestamp_seconds{queue="events"} ${Math.floor((world.now - 400_000) / 1000)}\n`,
  )
  expect(text).not.toContain('queue="overflow"')
})

it('counts a canary that comes twice once, and has none before the first', async () => {
  const world = new PathWorld()
  expect((await new Visitor(world).get('/metrics')).text).not.toContain('path_latency')
  for (let time = 0; time < 2; time++) await keepCanary(world.now - 50, world.io())
  expect((await new Visitor(world).get('/metrics')).text).toContain(
    'fenghuo_path_latency_seconds_count{queue="events"} 1\n',
  )
})

it.runIf(hasPromtool)('is nothing that promtool finds something wrong with', async () => {
  const { text } = await scraped()
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' })
})
