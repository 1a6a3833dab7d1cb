import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import { formatReference } from '../../../shared/incidents/reference.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

/** Somebody merges `api` into `web` in a region, or takes it out again. */
async function merge(region: Region, what: 'into' | 'out-of' = 'into'): Promise<void> {
  const web = region.incident('pay', 'web')
  const { generation } = region.incident('pay', 'api')
  const moved = what === 'into' ? { what, into: formatReference(web) } : { what }
  const by = { contact: 'lin', name: 'lin' }
  const event = { type: 'merge', generation, via: 'cli', by, number: web.number, ...moved } as const
  await dispatchToIncident({ project: 'pay', groupKey: 'api' }, { event }, region.io())
}

const api = (region: Region) => region.incident('pay', 'api')

/** `web` had a life before in the first region alone: its generations are other ones than the second region's. */
beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
  regions.setPolicy({ rounds: 6 })
  await a.alert('trigger')
  await a.alert('resolve')
  await regions.until('02:15:01')
  await regions.until('02:20')
  await regions.alert('trigger')
  await regions.alert('trigger', { dedupKey: 'api' })
  await regions.until('02:20:10')
})

describe('what is merged where it is paged', () => {
  beforeEach(async () => {
    expect([a, b].map((one) => one.incident('pay', 'web').generation)).toEqual([2, 1])
    await merge(a)
    await regions.until('02:22:30')
    expect(api(a).escalation.phase).toBe('paused')
  })

  it('pages nobody in a region that takes over, while the other one goes on there', async () => {
    a.state = 'dead'
    await regions.until('02:40')
    expect(api(b).escalation.phase).toBe('paused')
    expect(b.called.length).toBeGreaterThan(0)
  })

  it('pages there within a minute of the end of the other one', async () => {
    a.state = 'dead'
    await regions.until('02:28')
    await regions.alert('resolve')
    const before = b.called.length
    await regions.until('02:29:10')
    expect(b.incident('pay', 'web').status).toBe('resolved')
    expect(api(b).escalation.phase).toBe('layer')
    expect(b.called.length).toBeGreaterThan(before)
  })

  it('and taken out again, is so in both', async () => {
    expect(api(b).mergedInto).toMatchObject({ incident: 'pay#2#web', region: a.name })
    await merge(a, 'out-of')
    await regions.until('02:23')
    expect([a, b].map((one) => api(one).mergedInto)).toEqual([undefined, undefined])
    expect(api(a).escalation.phase).toBe('layer')
  })

  it('and merged anew, into the next life of the other one, pages nobody either in a region that takes over', async () => {
    await regions.alert('resolve')
    await regions.until('02:24')
    await regions.alert('trigger')
    await regions.until('02:24:10')
    await merge(a)
    await regions.until('02:26')
    expect(api(b).mergedInto).toMatchObject({ incident: 'pay#3#web', region: a.name })
    a.state = 'dead'
    await regions.until('02:40')
    expect([api(b).escalation.phase, b.incident('pay', 'web').duty?.pages]).toEqual(['paused', b.name])
  })

  it('may be taken out of it in the region that has taken over, and is so in the first when that is back', async () => {
    a.state = 'dead'
    await regions.until('02:28')
    await merge(b, 'out-of')
    await regions.until('02:28:10')
    expect(api(b).escalation.phase).toBe('layer')
    a.state = 'well'
    await regions.until('02:40')
    expect([a, b].map((one) => api(one).mergedInto)).toEqual([undefined, undefined])
  })

  it.each(['a', 'b'] as const)('stops in both when somebody takes it in %s', async (where) => {
    await (where === 'a' ? a : b).take('lin', 'api')
    await regions.until('02:23')
    expect([a, b].map((one) => api(one).status)).toEqual(['acknowledged', 'acknowledged'])
  })
})
