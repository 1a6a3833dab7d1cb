import { beforeEach, describe, expect, it } from 'vitest'
import { formatReference } from '../../../shared/incidents/reference.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

/** The second region has paged for two minutes when the first one is back. */
async function untilBack(changes: Parameters<Regions['setPolicy']>[0] = {}): Promise<void> {
  ;({ regions, a, b } = await twoRegions())
  regions.setPolicy({ rounds: 6, ...changes })
  a.state = 'dead'
  await regions.alert('trigger')
  await regions.until('02:18')
  a.state = 'well'
}

describe('what another region pages, each of two people in turn for 75 seconds,', () => {
  beforeEach(() => untilBack())

  it('is not handed back before the first one has been well for five minutes', async () => {
    await regions.until('02:24')

    expect(b.called).toEqual(['lin', 'wang', 'lin', 'wang', 'lin', 'wang', 'lin'])
    expect(a.called).toEqual([])
    expect(await b.duties()).toEqual(['ap-southeast-1 silent'])
  })

  it('is not handed back while a phone rings, but after it', async () => {
    await regions.until('02:24:20')
    step(b)
    await regions.until('02:24:40')
    expect(await b.duties()).toEqual(['ap-southeast-1 silent'])
    expect(a.called).toEqual([])

    await regions.until('02:24:50')
    expect(await b.duties()).toEqual(['ap-southeast-1 silent', 'ap-southeast-1 back'])
    expect(b.called.at(-1)).toBe('lin')
    expect(a.called).toEqual(['wang'])
  })
})

it('nor is it handed back while somebody listens, though the minute of their layer is over, but after that', async () => {
  await untilBack({ rounds: 10, layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 60_000 }] })
  await regions.until('02:23:45')
  const contactId = `contact-${b.placed.length}`
  await b.contact({ type: 'connected', contactId })
  await regions.until('02:25:40')
  expect(await b.duties()).toEqual(['ap-southeast-1 silent'])
  expect(b.calls).not.toContain(`connect stop ${contactId}`)
  expect(a.called).toEqual([])

  await regions.until('02:25:50')
  expect(await b.duties()).toEqual(['ap-southeast-1 silent', 'ap-southeast-1 back'])
  expect(a.called).toEqual(['lin'])
})

it('once all is handed back, and the region before is well, it stands in no longer, and its warning ends by itself', async () => {
  await untilBack()
  const warning = () => b.incident('fenghuo', 'fenghuo/duty-stands-in')
  const serving = async () => (await readDuty(b.duty))?.serving
  await regions.until('02:23')
  expect([await serving(), warning()?.status]).toEqual([b.name, 'open'])
  await regions.until('02:27')
  expect(b.incident().duty?.pages).toBe(a.name)
  expect([await serving(), warning()?.status]).toEqual([a.name, 'resolved'])

  await regions.until('03:30')
  expect((await readDuty(b.duty))?.history.map(({ to, why }) => [to, why.code])).toEqual([
    [a.name, 'duty-back'],
    [b.name, 'duty-silent'],
  ])
})

/** The present step comes once more, before its time. */
function step(region: Region): void {
  const incident = region.incident()
  const message = { v: 1, kind: 'step', incident: formatReference(incident), step: incident.step } as const
  region.queue.push({ at: region.now, message })
}
