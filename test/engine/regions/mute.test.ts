import { beforeEach, describe, expect, it } from 'vitest'
import { readDuty } from '../../../shared/store/duty.ts'
import { gone, lost, refuse, refused } from './dead-routes.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

describe('a region whose queues are worked on, and whose voice routes are all unwell,', () => {
  it('hands on what it pages to the other one, which rings the same people at once', async () => {
    refuse(a, refused(gone))
    await regions.alert('trigger')
    await regions.until('02:15:30')

    expect(b.called).toEqual(['lin'])
    expect(a.incident()).toMatchObject({ duty: { pages: b.name }, escalation: { phase: 'guarded' } })
    expect([await a.duties(), await b.duties()]).toEqual([[`${b.name} mute-here`], [`${a.name} mute`]])
  })

  it('does not get it back while that one rings people, however well its canary is', async () => {
    refuse(a, refused(gone))
    regions.setPolicy({ rounds: 8 })
    await regions.alert('trigger')
    await regions.until('02:15:30')
    const asked = a.calls.length
    await regions.until('02:30')

    expect(a.calls.length).toBe(asked)
    expect(b.called.length).toBeGreaterThan(8)
    expect((await readDuty(b.duty))?.why).toEqual({ code: 'duty-mute', args: { region: a.name } })
  })

  it('guards it meanwhile: the other one may be lost, too', async () => {
    refuse(a, refused(gone))
    await regions.alert('trigger')
    await regions.until('02:15:30')
    b.state = 'dead'
    a.places = []
    await regions.until('02:22')

    expect(await a.duties()).toEqual([`${b.name} mute-here`, `${b.name} silent`])
    expect(a.incident().duty).not.toHaveProperty('muteAt')
  })

  it('keeps what it can hand to nobody that works', async () => {
    refuse(a, refused(gone))
    b.state = 'half dead'
    await regions.until('02:19')
    await regions.alert('trigger')
    await regions.until('02:19:30')

    expect(a.incident()).toMatchObject({ duty: { pages: a.name } })
    expect(await a.duties()).toEqual([])
  })

  it('hands on what waited for a vendor that nothing gets to until the time of its layer is up', async () => {
    refuse(a, { status: 'retry', afterMs: 60_000, failure: { class: 'unreachable', vendor: 'connect' } })
    await regions.alert('trigger')
    await regions.until('02:19:30')
    expect(b.called).toEqual([])
    await regions.until('02:20:30')

    expect(b.called).toEqual(['lin'])
  })

  it('hands on what two layers have lost the answers of, at once, for the one after: those people may have been rung', async () => {
    refuse(a, lost)
    regions.setPolicy({ rounds: 2 })
    await regions.alert('trigger')
    await regions.until('02:19:30')
    expect(a.called).toEqual(['lin'])
    await regions.until('02:20:30')

    expect(a.called).toEqual(['lin', 'wang'])
    expect(b.called).toEqual(['lin'])
  })

  it('hands on what no call is placed of since whoever asks dies of that, too', async () => {
    refuse(a, { status: 'unknown', failure: { class: 'crashed' } })
    regions.setPolicy({ rounds: 2 })
    await regions.alert('trigger')
    await regions.until('02:20:30')

    expect(b.called).toEqual(['lin'])
  })

  it('is tried again by another one that can ring nobody either, after five minutes and not before', async () => {
    for (const region of [a, b]) refuse(region, refused(gone))
    regions.setPolicy({ repeatEveryMs: 120_000 })
    await regions.alert('trigger')
    await regions.until('02:19')
    a.places = []
    expect(a.incident().duty?.pages).toBe(b.name)
    await regions.until('02:24')

    expect(a.called.length).toBeGreaterThan(0)
    expect(a.incident().duty?.pages).toBe(a.name)
  })
})

describe('nothing is handed on', () => {
  const page = async () => {
    await regions.alert('trigger')
    await regions.until('02:16')
    expect(await a.duties()).toEqual([])
    expect(b.called).toEqual([])
  }

  it('while another vendor’s route rings', async () => {
    refuse(a, refused(gone), { status: 'placed', contactId: 'contact-9' })
    await page()
    expect(a.incident().escalation.attempts).toMatchObject([{ status: 'ringing' }])
  })

  it('for one answer that was lost', async () => {
    a.places = [lost]
    await page()
    await regions.until('02:20:30')
    expect(a.called).toEqual(['lin', 'wang'])
    expect(await a.duties()).toEqual([])
  })

  it('for two of those with a call between them that rang', async () => {
    regions.setPolicy({ rounds: 2 })
    a.places = [lost, { status: 'placed', contactId: 'contact-9' }, lost]
    await page()
    await regions.until('02:26')
    expect(a.called).toEqual(['lin', 'wang', 'lin'])
    expect(await a.duties()).toEqual([])
  })

  it('for what is of one number, or of one moment', async () => {
    refuse(a, refused({ class: 'bad-number', vendor: 'connect' }), refused(gone))
    await page()
  })

  it('by a vendor that only takes so many calls of us in a moment', async () => {
    refuse(a, { status: 'retry', afterMs: 60_000, failure: { class: 'rate-limited', vendor: 'connect' } })
    await page()
    await regions.until('02:21')
    expect(await a.duties()).toEqual([])
  })
})

describe('a region that can ring nobody, and that nothing of the others gets to,', () => {
  beforeEach(() => {
    refuse(a, refused(gone))
    regions.setPolicy({ rounds: 4 })
  })

  it('says so, and whoever hears it is done waiting after one guard: its words came in time, and its phones were silent', async () => {
    b.cutFrom.add(a.name)
    await regions.alert('trigger')
    await regions.until('02:16:30')

    expect(b.called).toEqual(['lin'])
    expect(await b.duties()).toEqual([`${a.name} silent`])
    expect(a.incident().duty).toMatchObject({ pages: a.name, muteAt: expect.any(Number) })
  })

  it('is not yielded to when they meet, and guards what the other one pages', async () => {
    b.cutFrom.add(a.name)
    await regions.alert('trigger')
    await regions.until('02:19')
    regions.meet()
    await regions.until('02:40')

    expect(a.incident().duty?.pages).toBe(b.name)
    expect(b.incident().duty?.pages).toBe(b.name)
    expect(b.called.length).toBeGreaterThan(4)
  })

  it('is paged beside by a guard that runs out where no word of it comes through either', async () => {
    regions.cut()
    await regions.alert('trigger')
    await regions.until('02:16:30')

    expect(b.called).toEqual(['lin'])
    regions.meet()
    await regions.until('02:40')
    expect(a.incident().duty?.pages).toBe(b.name)
  })

  it('does not get back what it has handed on by a word that the other one sent before it knew of that', async () => {
    refuse(a, refused(gone))
    regions.setPolicy({ acknowledgements: 2, rounds: 1, layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }] })
    await regions.until('02:14:59')
    await regions.alert('trigger')
    regions.lateMs = 20_000
    await regions.until('02:15:05')
    expect([a.incident().duty?.pages, b.incident().duty?.pages]).toEqual([b.name, a.name])
    regions.lateMs = 0
    a.places = []
    const asked = a.called.length
    await b.take('wang')
    await regions.until('02:19')

    expect([a.called.slice(asked), b.called]).toEqual([[], ['lin']])
  })

  it('is yielded to as by any other cut once its phones ring again', async () => {
    b.cutFrom.add(a.name)
    regions.setPolicy({ rounds: 8 })
    await regions.alert('trigger')
    await regions.until('02:19')
    a.places = []
    await regions.until('02:30')
    regions.meet()
    await regions.until('02:40')

    expect(a.incident().duty).not.toHaveProperty('muteAt')
    expect(b.incident().duty?.pages).toBe(a.name)
  })
})
