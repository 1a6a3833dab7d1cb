import { beforeEach, describe, expect, it } from 'vitest'
import { readDuty } from '../../../shared/store/duty.ts'
import { at } from '../../messages/notices.ts'
import { type Region, Regions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region
let c: Region

beforeEach(async () => {
  regions = new Regions('ap-southeast-1', 'ap-northeast-1', 'us-west-2')
  ;[a, b, c] = regions.order.map((name) => regions.region(name)) as [Region, Region, Region]
  regions.setPolicy({ rounds: 6 })
  await regions.until('02:24')
})

/** As the command does: in every region that it reaches, last in the one that takes it. */
const take = async (taker: Region, until?: number) => {
  const reached = regions.all.filter((one) => one.state !== 'dead')
  for (const region of [...reached.filter((one) => one !== taker), taker])
    await region.say({ region: taker.name, ...(until && { until }) })
}
const release = async () => {
  for (const region of regions.all) if (region.state !== 'dead') await region.say({})
}
const called = () => regions.all.map((region) => region.called)
const serving = () => Promise.all(regions.all.map(async ({ duty }) => (await readDuty(duty))?.serving))

describe('of three regions the last has taken duty by hand:', () => {
  it('it pages at once, and the others guard it one after the other', async () => {
    await take(c)
    await regions.alert('trigger')
    await regions.until('02:24:30')

    expect(called()).toEqual([[], [], ['lin']])
    expect(await serving()).toEqual([c.name, c.name, c.name])
    const guards = [a, b].map((region) => region.incident().escalation.deadlineAt)
    expect((guards[1] ?? 0) - (guards[0] ?? 0)).toBe(regions.guardMs)
  })

  it('should it be lost, the first goes on, and the second does not call beside it', async () => {
    await take(c)
    c.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:28')

    expect(a.called[0]).toBe('lin')
    expect(a.rang[0]?.at).toBeLessThanOrEqual(at('02:25:10'))
    expect([b.called, c.called]).toEqual([[], []])
    expect(await a.duties()).toEqual([`${c.name} silent`])
  })

  it('should the first be lost with it, the second pages after two guards', async () => {
    await take(c)
    c.state = 'dead'
    a.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:26:10')

    expect(called()).toEqual([[], ['lin'], []])
    expect(b.rang[0]?.at).toBeGreaterThanOrEqual(at('02:26'))
  })

  it('what the first pages is handed over between two layers, and nobody is called by two of them', async () => {
    await regions.alert('trigger')
    await regions.until('02:24:30')
    await take(c)
    await regions.until('02:25:50')
    expect(called()).toEqual([['lin'], [], ['wang']])
    expect(await a.duties()).toEqual([`${c.name} handed`])
  })

  it('once it is released the first pages what begins, and what the last pages goes back to it', async () => {
    await take(c)
    await regions.alert('trigger')
    await regions.until('02:24:30')
    await release()
    await regions.until('02:25:50')

    expect(called()).toEqual([['wang'], [], ['lin']])
    expect(await c.duties()).toEqual([`${a.name} back`])
    expect(await serving()).toEqual([a.name, a.name, a.name])
  })

  it('once it is released while the first is lost, the second pages what goes on', async () => {
    await take(c)
    await regions.alert('trigger')
    await regions.until('02:24:30')
    a.state = 'dead'
    await release()
    await regions.until('02:26')

    expect(called()).toEqual([[], ['wang'], ['lin']])
    expect(await c.duties()).toEqual([`${b.name} back`])
  })

  it('its time ends for all at once, also for one that the command did not reach', async () => {
    b.state = 'dead'
    await take(c, at('02:27'))
    b.state = 'well'
    await regions.until('02:26:30')
    expect(await serving()).toEqual([c.name, c.name, c.name])
    await regions.until('02:28')
    expect(await serving()).toEqual([a.name, a.name, a.name])

    await regions.alert('trigger')
    await regions.until('02:28:30')
    expect(called()).toEqual([['lin'], [], []])
  })

  it('taken by one and a moment later by another: the later has it everywhere', async () => {
    await take(c)
    await regions.until('02:24:05')
    await take(b)
    await regions.alert('trigger')
    await regions.until('02:24:40')
    expect(called()).toEqual([[], ['lin'], []])
    expect(await serving()).toEqual([b.name, b.name, b.name])
  })

  it('where it cannot reach the others the first pages beside it until they meet, and the second beside neither', async () => {
    await take(c)
    for (const region of [a, b]) {
      region.cutFrom.add(c.name)
      c.cutFrom.add(region.name)
    }
    await regions.alert('trigger')
    await regions.until('02:25:20')
    expect(called()).toEqual([['lin'], [], ['lin', 'wang']])
    regions.meet()
    await regions.until('02:28')
    expect([a.called, b.called]).toEqual([['lin'], []])
    expect(c.called.length).toBeGreaterThan(2)
  })
})
