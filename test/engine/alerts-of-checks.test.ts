import { describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { someCheck } from '../checks/records.ts'
import { lin } from '../messages/notices.ts'
import { MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'
const web = (changes = {}) => new Probes({ checks: [someCheck(changes)] })

describe('a check that is slow', () => {
  it('has an alert and a severity of its own', async () => {
    const world = web({ degradedSeverity: 'info' })
    await world.minutes(5, { [sg]: 'u' })
    expect(await world.minutes(2, { [sg]: 'g' })).toEqual(['opened pay/web:degraded'])
    expect(await world.minutes(2, { [sg]: 'd' })).toEqual(['resolved pay/web:degraded', 'opened pay/web'])
    expect(world.all).toEqual(['pay/web:degraded info resolved', 'pay/web critical open'])
    expect(await world.minutes(2, { [sg]: 'u' })).toEqual(['resolved pay/web'])
  })
})

describe('an alert whose trouble goes on', () => {
  it('and that somebody closed by hand pages again after ten minutes, and says why', async () => {
    const world = web()
    await world.minutes(5, { [sg]: 'u' })
    expect(await world.minutes(10, { [sg]: 'd' })).toEqual(['opened pay/web'])
    const event = { type: 'resolve' as const, generation: 1, via: 'link' as const, by: lin }
    await dispatchToIncident({ project: 'pay', groupKey: 'pay/web' }, { event }, world.io())
    expect(await world.told()).toEqual(['resolved pay/web'])

    expect(await world.minutes(9, { [sg]: 'd' })).toEqual([])
    expect(await world.minutes(6, { [sg]: 'd' })).toEqual(['opened pay/web'])
    const { closedTooSoon, ...again } = world.incident('pay', 'pay/web')
    expect(again).toMatchObject({ generation: 2, status: 'open' })
    expect(closedTooSoon).toMatchObject({ via: 'link', by: lin })
  })

  it('and that is open gives no message, for hours', async () => {
    const world = web()
    await world.minutes(5, { [sg]: 'u' })
    expect(await world.minutes(150, { [sg]: 'd' })).toEqual(['opened pay/web'])
    expect(world.incident('pay', 'pay/web').generation).toBe(1)
  })
})

describe('a check that goes on and off', () => {
  /** Two minutes down, two up, thrice: the vantage confirms each. */
  async function flapping(): Promise<Probes> {
    const world = web()
    await world.minutes(5, { [sg]: 'u' })
    const told: string[] = []
    for (let time = 0; time < 3; time++) {
      told.push(...(await world.minutes(2, { [sg]: 'd' })))
      told.push(...(await world.minutes(2, { [sg]: 'u' })))
    }
    const ordinary = ['opened pay/web', 'resolved pay/web', 'opened pay/web', 'resolved pay/web', 'opened pay/web']
    expect(told).toEqual([...ordinary, 'flapping pay/web'])
    return world
  }

  it('is said to flap once, held, and then tells nobody of each change', async () => {
    const world = await flapping()
    for (let time = 0; time < 10; time++) {
      expect(await world.minutes(2, { [sg]: 'd' })).toEqual([])
      expect(await world.minutes(2, { [sg]: 'u' })).toEqual([])
    }
    expect(await world.verdict('pay/web')).toBe('down')
    expect(world.incident('pay', 'pay/web')).toMatchObject({ generation: 3, status: 'open', flapping: { changes: 6 } })
  })

  it('is let go when it has been calm for a quarter of an hour', async () => {
    const world = await flapping()
    expect(await world.minutes(14, { [sg]: 'u' })).toEqual([])
    expect(await world.minutes(2, { [sg]: 'u' })).toEqual(['resolved pay/web'])
  })

  it('is let go by watch alone, from what is known', async () => {
    const world = await flapping()
    expect(await world.minutes(14, { [sg]: 'u' })).toEqual([])
    const last = world.now
    world.now += MINUTE
    await world.look()

    expect(world.now - last).toBe(MINUTE)
    expect(await world.told()).toEqual(['resolved pay/web'])
    expect(await world.checks.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
  })
})

it('a consumer group that was found by a pattern is let go by watch, too', async () => {
  const world = web({ name: 'lag', kind: 'kafka-lag', target: 'msk/click-*', findsGroups: true })
  const id = 'pay/lag/click-1'
  const group = async (outcome: 'up' | 'down', times: number) => {
    for (let time = 0; time < times; time++) {
      world.now += MINUTE
      await world.reports(sg, [
        { check: 'pay/lag', outcome: 'up' },
        { check: id, outcome },
      ])
    }
    return world.told()
  }
  await group('up', 3)
  for (let time = 0; time < 3; time++) {
    await group('down', 2)
    await group('up', 2)
  }
  expect(await world.verdict(id)).toBe('down')
  expect(await group('up', 14)).toEqual([])
  world.now += MINUTE
  await world.look()

  expect(await world.told()).toEqual([`resolved ${id}`])
})
