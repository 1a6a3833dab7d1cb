import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import type { IncidentEvent } from '../../../shared/incidents/incident.ts'
import { gone, lost, refuse, refused } from './dead-routes.ts'
import { type Region, Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

/** Nor does a text go out in a layer of a region's, which is over at once. */
function sendNothing(region: Region): void {
  const failure = { class: 'bad-number', vendor: 'texts' } as const
  region.answers = Array.from({ length: 100 }, () => ({ status: 'failed', failure }))
}

const layer = (who: string, calls = 1) => ({ page: [who], calls, ackTimeoutMs: 300_000 })

describe('a region that rings nobody, and to which nothing gets,', () => {
  beforeEach(() => {
    refuse(a, refused(gone))
    b.cutFrom.add(a.name)
  })

  it('rings nobody still after a layer that calls nobody', async () => {
    const texts = { ...layer('wang'), channels: { critical: ['sms' as const] } }
    regions.setPolicy({ layers: [layer('lin'), texts] })
    sendNothing(a)
    await regions.alert('trigger')
    await regions.until('02:15:30')

    expect(a.incident().escalation.phase).toBe('exhausted')
    expect(a.incident().duty).toHaveProperty('muteAt')
  })

  it('finds that out anew once somebody had it: where it rings again nobody pages it beside', async () => {
    regions.setPolicy({ ackExpiresMs: 1_800_000 })
    await regions.alert('trigger')
    await regions.until('02:15:20')
    await a.take()
    a.places = []
    const asked = a.called.length
    await regions.until('02:48')

    expect(a.incident().lapse?.why).toBe('expired')
    expect([a.called.slice(asked), b.called]).toEqual([['lin', 'wang'], []])
  })

  it('is paged beside from where it began to ring nobody, though it has come to the end of its policy by then', async () => {
    regions.setPolicy({ layers: [layer('lin'), layer('wang'), layer('tan')], rounds: 2 })
    a.places = [{ status: 'placed', contactId: 'contact-1' }, ...a.places]
    sendNothing(a)
    await regions.alert('trigger')
    await regions.until('02:20:30')
    expect(a.incident().escalation.phase).toBe('exhausted')
    await regions.until('02:28')

    expect(b.called).toEqual(['wang', 'tan', 'lin', 'wang', 'tan'])
  })

  it('nor is anybody left out by whoever has heard nothing of it before', async () => {
    regions.setPolicy({ layers: [layer('lin'), layer('wang'), layer('tan')] })
    sendNothing(a)
    await a.alert('trigger')
    await regions.until('02:24')

    expect(b.called).toEqual(['lin', 'wang', 'tan'])
  })

  it('is gone on with after a layer of which answers were lost: those people may have been rung', async () => {
    refuse(a, lost)
    regions.setPolicy({ layers: [layer('lin'), layer('wang'), layer('tan')] })
    await regions.alert('trigger')
    await regions.until('02:26:30')

    expect([a.called.slice(0, 2), b.called]).toEqual([['lin', 'wang'], ['tan']])
  })
})

it('whoever is handed an incident where nobody is rung any more is called by whoever pages it beside', async () => {
  refuse(a, refused(gone))
  a.places = [{ status: 'placed', contactId: 'contact-1' }, ...a.places]
  sendNothing(a)
  b.cutFrom.add(a.name)
  regions.setPolicy({ layers: [layer('lin'), layer('wang')] })
  await regions.alert('trigger')
  await regions.until('02:16:40')
  expect(a.incident().duty).toHaveProperty('muteIn')
  const by = { contact: 'lin', name: '林悦' }
  const event: IncidentEvent = { type: 'escalate', generation: 1, via: 'cli', by, to: ['tan'] }
  await dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event }, a.io())
  await regions.until('02:18:30')

  expect(b.called[0]).toBe('tan')
})

describe('whoever is handed what nobody was rung for', () => {
  it('calls each person as often as the layer says: none of its calls has been made', async () => {
    refuse(a, refused(gone))
    regions.setPolicy({ layers: [layer('lin', 2)] })
    await regions.alert('trigger')
    await regions.until('02:15:30')

    expect(b.incident()).toMatchObject({ duty: { pages: b.name }, escalation: { phase: 'layer', layer: 0, calls: 2 } })
  })

  it('and so does whoever pages it beside', async () => {
    refuse(a, refused(gone))
    b.cutFrom.add(a.name)
    regions.setPolicy({ layers: [layer('lin', 2), layer('wang', 2)] })
    await regions.alert('trigger')
    await regions.until('02:16:30')

    expect(b.incident()).toMatchObject({ duty: { why: 'silent' }, escalation: { phase: 'layer', layer: 0, calls: 2 } })
  })

  it('begins with them too where the region that was to call them was lost between two layers', async () => {
    a.places = [
      async () => {
        a.state = 'half dead'
        return refused(gone)
      },
      refused(gone),
    ]
    sendNothing(a)
    regions.setPolicy({ layers: [layer('lin', 2), layer('wang', 2)] })
    await regions.alert('trigger')
    await regions.until('02:21:30')

    expect(a.incident().escalation).toMatchObject({ phase: 'next', isUnrung: true })
    expect(b.called).toEqual(['lin'])
    expect(b.incident().escalation.calls).toBe(2)
  })
})

describe('of three regions, the first of which rings nobody, and hears nothing,', () => {
  it('the next in order pages beside, and the third waits for that one, be its guard over before', async () => {
    const three = new Regions('ap-southeast-1', 'ap-northeast-1', 'us-west-2')
    const [first, second, third] = three.order.map((name) => three.region(name)) as [Region, Region, Region]
    await three.until('02:15')
    refuse(first, refused(gone))
    // The second has heard nothing of it before it is asked by the third, and the first can hand it to nobody, nor act any more.
    first.cutFrom.add(second.name)
    third.cutFrom.add(first.name)
    await first.alert('trigger')
    await three.until('02:16')
    third.cutFrom.clear()
    first.state = 'half dead'
    await three.until('02:19:30')

    expect([second.called, third.called]).toEqual([['lin', 'wang'], []])
  })
})
