import { beforeEach, expect, it, vi } from 'vitest'
import { peersShape } from '../../../shared/evaluation/peer-state.ts'
import { incidentKey, peersKey } from '../../../shared/store/keys.ts'
import { countedWords } from '../../../shared/store/peer-words.ts'
import { stateIn } from '../../../shared/store/shape.ts'
import { at } from '../../messages/notices.ts'
import { type Region, Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

/** What is told of the other region. */
const told = ({ incidents }: Region, other: Region, of = 'peer') => {
  const { pk } = incidentKey({ project: 'fenghuo', groupKey: `fenghuo/${of}-${other.name}` })
  const row = [...incidents.rows.values()].find((one) => one.pk.startsWith(pk) && one.sk === 'state')
  return row?.state === undefined ? undefined : (JSON.parse(row.state) as ReturnType<Region['incident']>)
}

it('of regions that are well and alike nothing is told', async () => {
  await regions.until('02:40')
  expect([told(a, b), told(b, a)]).toEqual([undefined, undefined])
})

it('one that does not work on what it takes is a warning in the other, until it does', async () => {
  b.state = 'half dead'
  await regions.until('02:25')
  expect(told(a, b)).toMatchObject({ status: 'open', severity: 'warning', fact: { code: 'region-late' } })
  b.state = 'well'
  await regions.until('02:29')
  expect(told(a, b)?.status).toBe('open')
  await regions.until('02:32')
  expect(told(a, b)?.status).toBe('resolved')
})

it('one that has never worked is told of after five minutes as such, and is well once it works', async () => {
  const fresh = new Regions('ap-southeast-1', 'ap-northeast-1')
  const [first, second] = [fresh.region('ap-southeast-1'), fresh.region('ap-northeast-1')]
  second.state = 'half dead'
  await fresh.until('02:17')
  expect(told(first, second)).toBeUndefined()
  await fresh.until('02:24')
  const fact = { code: 'region-never-worked', args: { region: second.name } }
  expect(told(first, second)).toMatchObject({ status: 'open', severity: 'warning', fact })
  second.state = 'well'
  await fresh.until('02:34')
  expect(told(first, second)?.status).toBe('resolved')
})

it('what was told of a region, and of duty, is over once that is none of the deployment: nobody looks at it then', async () => {
  a.state = 'dead'
  await regions.alert('trigger')
  await regions.until('02:25')
  const statuses = () => [told(b, a)?.status, b.incident('fenghuo', 'fenghuo/duty-stands-in')?.status]
  expect(statuses()).toEqual(['open', 'open'])
  regions.leave(b)
  await regions.until('03:00')
  expect(statuses()).toEqual(['resolved', 'resolved'])
})

it('one whose tables are out of reach is told of after five minutes, and not at once', async () => {
  b.state = 'dead'
  await regions.until('02:18')
  expect(told(a, b)).toBeUndefined()
  await regions.until('02:24')
  expect(told(a, b)).toMatchObject({ status: 'open', fact: { code: 'region-unread' } })
})

it('one whose function cannot be asked is told of after five minutes, before any guard has to rely on it', async () => {
  b.isMute = true
  await regions.until('02:19')
  expect(told(a, b)).toBeUndefined()
  await regions.until('02:24')
  const fact = { code: 'region-unanswering', args: { region: b.name, said: expect.stringContaining('HTTP 403') } }
  expect(told(a, b)).toMatchObject({ status: 'open', severity: 'warning', fact })
  b.isMute = false
  await regions.until('02:31')
  expect(told(a, b)?.status).toBe('resolved')
})

it('one with another secret is named, and its words are refused and counted', async () => {
  b.secret = 'another'
  const refused: string[] = []
  for (let tries = 0; regions.now < at('02:18') && tries < 20; tries++)
    await regions.until('02:18').catch((error: unknown) => refused.push(String(error)))
  expect(told(a, b)).toMatchObject({ status: 'open', fact: { code: 'region-other-secret', args: { region: b.name } } })
  expect(refused.length).toBeGreaterThan(0)
  for (const one of refused) expect(one).toContain('peer-refused: forged')
  const counted = await Promise.all([a, b].map((one) => countedWords(one.io())))
  expect(counted.reduce((sum, one) => sum + one.refused, 0)).toBeGreaterThanOrEqual(refused.length)
})

it('one whose functions have another time than its queues is named', async () => {
  b.functionsAheadMs = 40_000
  await regions.until('02:20')
  expect(told(a, b)).toMatchObject({ status: 'open', fact: { code: 'region-clock', args: { seconds: 40 } } })
})

it('one whose clocks have another time than ours, functions and queues alike, is named', async () => {
  b.skewMs = 45_000
  await regions.until('02:20')
  expect(told(a, b)).toMatchObject({ status: 'open', fact: { code: 'region-clock-apart', args: { seconds: 45 } } })
  expect(told(b, a)).toMatchObject({ status: 'open', fact: { code: 'region-clock-apart', args: { seconds: -45 } } })
  b.skewMs = 20_000
  await regions.until('02:28')
  expect(told(a, b)?.status).toBe('resolved')
})

it('another version works: it is told after an hour, to nobody who sleeps, and no more once both are the same', async () => {
  b.version = '2'
  await regions.until('03:10')
  expect([told(a, b), told(a, b, 'version')]).toEqual([undefined, undefined])
  await regions.until('03:20')
  const fact = { code: 'region-other-version', args: { region: b.name, version: '2' } }
  expect(told(a, b, 'version')).toMatchObject({ status: 'open', severity: 'info', fact })
  expect(told(a, b)).toBeUndefined()
  a.version = '2'
  await regions.until('03:23')
  expect(told(a, b, 'version')?.status).toBe('resolved')
})

it('what was found, when and why, is kept, and a quiet hour writes nothing', async () => {
  await regions.until('02:16')
  const written = vi.spyOn(a.duty, 'putIfVersion')
  await regions.until('03:16')
  expect(written.mock.calls.filter(([row]) => row.pk === peersKey().pk)).toEqual([])
  b.state = 'half dead'
  await regions.until('04:16')
  const writes = written.mock.calls.filter(([row]) => row.pk === peersKey().pk).length
  expect(writes).toBeLessThan(8)
  const kept = stateIn(await a.duty.get(peersKey()), peersShape, a.duty)
  const why = { code: 'region-late', args: { region: b.name, minutes: expect.any(Number) } }
  expect(kept?.history).toMatchObject([
    { region: b.name, is: 'faulty', why },
    { region: b.name, is: 'well' },
  ])
})
