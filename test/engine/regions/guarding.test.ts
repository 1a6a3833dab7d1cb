import { beforeEach, describe, expect, it } from 'vitest'
import { STORM_KEY } from '../../../shared/contracts/storm.ts'
import { type Region, Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

describe('while the first region is well', () => {
  it('it alone pages, and the other one is told of each step', async () => {
    await regions.alert('trigger')
    await regions.until('02:17')

    expect(a.called).toEqual(['lin', 'wang'])
    expect(b.called).toEqual([])
    expect(b.texts).toEqual([])
    expect(b.questions).toEqual([])
    expect(b.incident()).toMatchObject({ status: 'open', escalation: { phase: 'guarded', layer: 1 } })
    expect(a.left).toEqual([])
  })

  it('whoever takes it there has it here', async () => {
    await regions.alert('trigger')
    await regions.until('02:16')
    await a.take()
    await regions.until('02:40')

    expect(b.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { contact: 'lin' } } })
    expect([b.called, b.texts]).toEqual([[], []])
  })

  it('whoever takes it by a link of the other region stops the phones here', async () => {
    await regions.alert('trigger')
    await regions.until('02:16')
    await b.take()
    await regions.until('02:40')

    expect(a.incident().status).toBe('acknowledged')
    expect(a.calls.at(-1)).toBe('connect stop contact-1')
    expect(b.texts).toEqual(['ops acknowledged'])
    expect(a.texts).not.toContain('ops acknowledged')
  })

  it('its end is told once', async () => {
    await regions.alert('trigger')
    await regions.until('02:16')
    await regions.alert('resolve')
    await regions.until('02:40')

    expect(a.texts).toEqual(['ops opened', 'ops resolved'])
    expect(b.texts).toEqual([])
    expect(b.incident().status).toBe('resolved')
  })

  it('what only the other region has heard of is paged here', async () => {
    await b.alert('trigger')
    await regions.until('02:17')

    expect(a.called).toEqual(['lin'])
    expect(b.called).toEqual([])
  })
})

it('a storm is one call, of the first region alone', async () => {
  const project = a.config.projects.pay
  if (project) for (const region of [a, b]) region.config.projects.pay = { ...project, stormLimit: 1 }
  const alerts = ['db', 'web', 'cache', 'mail'].map((dedupKey) => ({
    ...{ action: 'trigger', dedupKey, project: 'pay', summary: 'down', severity: 'critical' },
  }))
  for (const region of [a, b]) region.send({ v: 1, kind: 'alerts', alerts })
  await regions.until('02:16')

  expect(a.called).toEqual(['lin'])
  expect(b.called).toEqual([])
  expect(b.incident('pay', STORM_KEY)).toMatchObject({ escalation: { phase: 'guarded' } })
})

describe('when the first region is lost', () => {
  it('before it has paged, the other one pages after its guard', async () => {
    a.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:15:59')
    expect(b.called).toEqual([])
    await regions.until('02:16:02')

    expect(b.called).toEqual(['lin'])
    expect(await b.duties()).toEqual(['ap-southeast-1 silent'])
  })

  it('in the middle of a layer, the other one goes on at that layer', async () => {
    await regions.alert('trigger')
    await regions.until('02:17')
    a.state = 'dead'
    await regions.until('02:23')

    expect(a.called).toEqual(['lin', 'wang'])
    expect(b.called).toEqual(['wang'])
    expect(b.texts).toEqual(['ops escalated'])
  })

  it('what was taken there before stays taken', async () => {
    await regions.alert('trigger')
    await regions.until('02:15:10')
    await a.take()
    await regions.until('02:16')
    a.state = 'dead'
    await regions.until('03:10')

    expect(b.called).toEqual([])
  })

  it('because it takes everything and works on nothing, its own answer says so', async () => {
    a.state = 'half dead'
    await regions.until('02:19')
    await regions.alert('trigger')
    await regions.until('02:21')

    expect(b.called).toEqual(['lin'])
    expect(await b.duties()).toEqual(['ap-southeast-1 faulty'])
  })
})

describe('when the first region is back', () => {
  beforeEach(async () => {
    a.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:17')
  })

  it('its backlog pages nobody who has it by then', async () => {
    await regions.until('02:30')
    await b.take()
    await regions.until('03:00')
    a.state = 'well'
    await regions.until('03:30')

    expect(a.called).toEqual([])
    expect(a.incident().status).toBe('acknowledged')
  })

  it('what the other one pages it pages on, until the first has been well for five minutes', async () => {
    await regions.until('02:20')
    a.state = 'well'
    await regions.until('02:35')

    expect(b.called).toEqual(['lin', 'wang'])
    expect(a.called).toEqual([])
    await regions.until('03:10')
    expect(await b.duties()).toEqual(['ap-southeast-1 silent', 'ap-southeast-1 back'])
    expect(a.called).toEqual(['lin', 'wang'])
    expect(b.called).toEqual(['lin', 'wang'])
  })

  it('nothing is left of the steps that it was to take before', async () => {
    await regions.until('02:45')
    a.state = 'well'
    await regions.until('02:50')

    expect(a.incident().escalation.phase).toBe('guarded')
    expect([a.left, b.left]).toEqual([[], []])
  })
})

describe('when the regions cannot reach each other', () => {
  it('both page, and the later one yields when they meet', async () => {
    regions.cut()
    await regions.alert('trigger')
    await regions.until('02:16:10')
    expect([a.called, b.called]).toEqual([['lin'], ['lin']])
    regions.meet()
    await regions.until('02:20')

    expect(a.called).toEqual(['lin', 'wang'])
    expect(b.called).toEqual(['lin'])
  })

  it('whoever takes it stops both as soon as a word gets through', async () => {
    regions.cut()
    await regions.alert('trigger')
    await regions.until('02:16:05')
    await b.take()
    await regions.until('02:16:10')
    expect([a.incident().status, a.called]).toEqual(['open', ['lin']])
    b.cutFrom.clear()
    await regions.until('02:16:14')

    expect(a.incident().status).toBe('acknowledged')
    expect(a.calls.at(-1)).toBe('connect stop contact-1')
  })
})

describe('three regions', () => {
  it('the second takes over, and the third waits for it', async () => {
    const three = new Regions('ap-southeast-1', 'ap-northeast-1', 'us-west-2')
    await three.until('02:15')
    three.region('ap-southeast-1').state = 'dead'
    await three.alert('trigger')
    await three.until('02:24')

    expect(three.region('ap-northeast-1').called).toEqual(['lin', 'wang'])
    expect(three.region('us-west-2').called).toEqual([])
  })

  it('the third takes over from both', async () => {
    const three = new Regions('ap-southeast-1', 'ap-northeast-1', 'us-west-2')
    await three.until('02:15')
    three.region('ap-southeast-1').state = 'dead'
    three.region('ap-northeast-1').state = 'dead'
    await three.alert('trigger')
    await three.until('02:18')

    expect(three.region('us-west-2').called).toEqual(['lin'])
  })
})
