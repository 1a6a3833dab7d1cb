import { describe, expect, it } from 'vitest'
import { Rejection } from '../../shared/contracts/rejection.ts'
import { PathWorld } from './world.ts'

it('trouble with reading the contacts is tried again, and nothing is lost', async () => {
  const world = new PathWorld()
  await world.alert('trigger', { severity: 'warning' })
  const broken = { ...world.gateway(), directory: () => Promise.reject(new Error('table throttled')) }
  world.gateway = () => broken
  await expect(world.settle()).rejects.toThrow('table throttled')

  expect(world.incident().escalation.phase).toBe('starting')
})

it('a step that is over is done with, though nobody’s contacts can be read', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.settle()
  const unreadable = { ...world.gateway(), directory: () => Promise.reject(new Error('table throttled')) }
  world.gateway = () => unreadable
  await world.page({ v: 1, kind: 'step', incident: 'pay#1#web', step: 1 })

  expect(world.logged.at(-1)).toMatchObject({ event: 'incident', reason: 'stale step' })
})

describe('a message of the queue that no schema accepts', () => {
  it.each([
    { body: { v: 1, kind: 'nap' }, names: 'kind' },
    { body: { v: 1, kind: 'step', incident: 'pay#1#web', step: 0 }, names: 'step' },
    {
      body: { v: 1, kind: 'step', incident: 'pay', step: 1 },
      names: 'incident: invalid_format',
    },
    {
      body: { v: 1, kind: 'call', phoneHash: 'x'.repeat(22), incident: 'a#b#c', step: 1, severity: 'error' },
      names: 'incident',
    },
    { body: { v: 2, kind: 'phone-line', phoneHash: 'x'.repeat(22), seq: 1 }, names: 'v:' },
    { body: null, names: 'not-a-step: message: invalid_type' },
    { body: [], names: 'not-a-step: message: invalid_type' },
  ])('is rejected by name: $names', async ({ body, names }) => {
    const world = new PathWorld()

    await expect(world.page(body)).rejects.toThrow(Rejection)
    await expect(world.page(body)).rejects.toThrow(names)
    expect(world.incidents.rows.size).toBe(0)
  })
})

it('a step of an incident that is not known does nothing', async () => {
  const world = new PathWorld()
  await world.page({ v: 1, kind: 'step', incident: 'pay#1#web', step: 1 })

  expect(world.incidents.rows.size).toBe(0)
  expect(world.texts).toEqual([])
})
