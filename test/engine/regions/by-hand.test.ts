import { beforeEach, describe, expect, it } from 'vitest'
import { formatReference } from '../../../shared/incidents/reference.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import { at } from '../../messages/notices.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
  regions.setPolicy({ rounds: 6 })
  await regions.until('02:24')
})

const records = async () => Promise.all([a, b].map(async ({ duty }) => (await readDuty(duty))?.serving))
/** As the command does: the region that takes it hears of it last. */
const take = async (until?: number) => {
  for (const region of [a, b]) await region.say({ region: b.name, ...(until && { until }) })
}

describe('a region that has taken duty by hand', () => {
  it('pages what begins at once, and the other one guards it', async () => {
    await take()
    await regions.alert('trigger')
    await regions.until('02:24:30')

    expect([a.called, b.called]).toEqual([[], ['lin']])
    expect(a.incident()).toMatchObject({ escalation: { phase: 'guarded' }, duty: { pages: b.name } })
    expect(await records()).toEqual([b.name, b.name])
  })

  it('gets what is open when the layer is over, and not while a phone rings', async () => {
    await regions.alert('trigger')
    await regions.until('02:24:30')
    await take()
    await regions.until('02:25:10')
    expect([a.called, b.called]).toEqual([['lin'], []])

    await regions.until('02:26')
    expect([a.called, b.called]).toEqual([['lin'], ['wang']])
    expect(await a.duties()).toEqual([`${b.name} handed`])
  })

  it('goes on at once with what a region pages that does not answer', async () => {
    await regions.alert('trigger')
    await regions.until('02:24:30')
    a.state = 'dead'
    await b.say({ region: b.name })
    await regions.until('02:24:40')

    expect(b.called).toEqual(['lin'])
    expect(await b.duties()).toEqual([`${a.name} taken`])
  })

  it('goes on at once with what its list still shows as it was a step ago', async () => {
    await regions.alert('trigger')
    await regions.until('02:24:05')
    const listed = await b.incidents.listed('open', 10)
    const before = b.incident().step
    await regions.until('02:26')
    expect(b.incident().step).toBeGreaterThan(before)
    b.incidents.listed = async () => listed
    a.state = 'dead'
    await b.say({ region: b.name })
    await regions.until('02:26:10')

    expect(b.called).toHaveLength(1)
  })

  it('is guarded: once it is lost the other one pages, and is told of', async () => {
    await take()
    b.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:27')

    expect(a.called[0]).toBe('lin')
    expect(a.rang[0]?.at).toBeLessThanOrEqual(at('02:25:10'))
    expect(await readDuty(a.duty)).toMatchObject({
      serving: a.name,
      why: { code: 'duty-silent', args: { region: b.name } },
    })
    expect(own(a, 'stands-in')).toMatchObject({ status: 'open', severity: 'warning' })
  })

  it('is told of as what calls nobody, in both regions, until it is released', async () => {
    await take()
    await regions.until('02:26')
    for (const region of regions.all) expect(own(region, 'taken')).toMatchObject({ status: 'open', severity: 'info' })
    for (const region of regions.all) await region.say({})
    await regions.until('02:28')

    for (const region of regions.all) expect(own(region, 'taken')?.status).toBe('resolved')
    expect([a.called, b.called]).toEqual([[], []])
    const { history = [] } = (await readDuty(b.duty)) ?? {}
    expect(history.map(({ to, why }) => [to, why.code])).toEqual([
      [a.name, 'duty-released'],
      [b.name, 'duty-taken'],
    ])
  })

  it('has it until its time is over', async () => {
    await take(at('02:26'))
    await regions.until('02:27')
    expect(await records()).toEqual([a.name, a.name])
    expect((await readDuty(a.duty))?.why.code).toBe('duty-expired')

    await regions.alert('trigger')
    await regions.until('02:27:30')
    expect([a.called, b.called]).toEqual([['lin'], []])
  })

  it('keeps what rings when its time is over until the layer is, and hands it back then', async () => {
    await take(at('02:24:40'))
    await regions.alert('trigger')
    await regions.until('02:24:50')
    const rings = b.incident()
    // The queue brings its step once more, in the middle of the ring.
    b.queue.push({ at: b.now, message: { v: 1, kind: 'step', incident: formatReference(rings), step: rings.step } })
    await regions.until('02:25:10')
    expect([a.called, b.called]).toEqual([[], ['lin']])

    await regions.until('02:26')
    expect([a.called, b.called]).toEqual([['wang'], ['lin']])
    expect(await b.duties()).toEqual([`${a.name} back`])
  })

  it.each([
    -30_000, 30_000,
  ])('calls nobody twice, and loses nothing, where clocks differ by %i ms at the end', async (skewMs) => {
    b.skewMs = skewMs
    await take(at('02:25'))
    await regions.until('02:25:10')
    await regions.alert('trigger')
    await regions.until('02:26:25')
    expect([...a.called, ...b.called].filter((who) => who === 'lin')).toEqual(['lin'])
  })
})

describe('the word that duty was taken', () => {
  it('is said to a region that the command did not reach, and stops it from paging beside', async () => {
    await b.say({ region: b.name })
    await regions.until('02:24:10')
    expect(await records()).toEqual([b.name, b.name])
  })

  it('is found in the other region’s table where no message got through', async () => {
    a.cutFrom.add(b.name)
    b.cutFrom.add(a.name)
    await b.say({ region: b.name })
    await regions.until('02:24:30')
    expect(await records()).toEqual([undefined, b.name])
    regions.meet()
    // What was to be said is late: the queue between them has lost it.
    a.queue.splice(0)
    await regions.until('02:25:30')
    expect(await records()).toEqual([b.name, b.name])
  })

  it('has not come yet: whoever pages in the minutes after it asks first, and nobody is called twice', async () => {
    a.cutFrom.add(b.name)
    await b.say({ region: b.name })
    a.cutFrom.clear()
    regions.lateMs = 30_000
    await regions.alert('trigger')
    await regions.until('02:24:50')
    expect([...a.called, ...b.called]).toEqual(['lin'])
  })

  it('of two regions at once comes to the same in both: the last one has it', async () => {
    regions.cut()
    await a.say({ region: a.name })
    await regions.until('02:24:05')
    await b.say({ region: b.name })
    regions.meet()
    await regions.until('02:26')
    expect(await records()).toEqual([b.name, b.name])
  })
})

/** The own incident of who has duty, if there is one. */
function own(region: Region, what: string) {
  return region.incident('fenghuo', `fenghuo/duty-${what}`)
}
