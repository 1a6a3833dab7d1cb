import { beforeEach, describe, expect, it, vi } from 'vitest'
import { basesElsewhere } from '../../../shared/engine/regions/bases-elsewhere.ts'
import { followRegions, type KnownRegion, type PeopleRevision } from '../../../shared/engine/regions/follow-regions.ts'
import type { Silence } from '../../../shared/incidents/pause/silence.ts'
import {
  ENDED_KEPT_MS,
  endSessions,
  keepEnded,
  readEnded,
  sessionsEndedAt,
} from '../../../shared/store/ended-sessions.ts'
import { readAddresses } from '../../../shared/store/region-addresses.ts'
import { keepSilence, readSilence, readSilences } from '../../../shared/store/silences.ts'
import { changeSwap, readSwap, readSwaps, type Swap } from '../../../shared/store/swaps.ts'
import { at } from '../../messages/notices.ts'
import { logNothing } from '../../store/log-nothing.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region
let people: Record<string, PeopleRevision>
let lost: string[]

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
  people = {}
  lost = []
})

const known = (region: Region): KnownRegion => ({
  region: region.name,
  silences: () => {
    if (lost.includes(region.name)) throw new Error('no answer in time')
    return readSilences({ incidents: region.incidents, log: logNothing })
  },
  swaps: () => readSwaps({ incidents: region.incidents, log: logNothing }),
  sessions: () => readEnded({ incidents: region.incidents, log: logNothing }),
  address: async () => ({ region: region.name, acknowledge: `https://${region.name}.example.com` }),
  duty: async () => undefined,
  canary: async () => undefined,
  people: async () => people[region.name] ?? { revision: 'one', changedAt: at('01:00') },
})

/** What watch of a region does about the other one. */
async function follow(own: Region) {
  const io = own.io()
  if (io.place === undefined) throw new Error('it has a place')
  const others = [a, b].filter((one) => one !== own).map(known)
  await followRegions({ own: known(own), others }, io.place, own.config, io)
  await regions.until(regions.now)
}

const silence = (changes: Partial<Silence> = {}): Silence => ({
  id: 'quiet',
  matchers: [[{ name: 'project', is: '=', value: 'pay' }]],
  startsAt: at('02:15'),
  endsAt: at('05:00'),
  by: '林悦',
  comment: 'known',
  changedAt: at('02:15:20'),
  ...changes,
})

describe('silences of another region', () => {
  it('are taken over, and quieten what is paged here', async () => {
    await regions.alert('trigger')
    await regions.until('02:15:30')
    await keepSilence(silence(), b.io())
    await follow(a)

    expect(await readSilence('quiet', a.io())).toEqual(silence())
    expect(a.incident().escalation).toMatchObject({ phase: 'paused', pause: { cause: { code: 'silenced' } } })
  })

  it('that were changed here since are left as they are', async () => {
    const ended = silence({ endsAt: at('02:16'), changedAt: at('02:16') })
    await keepSilence(ended, a.io())
    await keepSilence(silence(), b.io())
    await follow(a)
    expect(await readSilence('quiet', a.io())).toEqual(ended)

    await follow(b)
    expect(await readSilence('quiet', b.io())).toEqual(ended)
  })

  it('that are over end here what is known, and are not taken over otherwise', async () => {
    const over = silence({ startsAt: at('01:00'), endsAt: at('02:00'), changedAt: at('02:10') })
    await keepSilence(over, b.io())
    await keepSilence({ ...over, id: 'old' }, b.io())
    await keepSilence(silence({ startsAt: at('01:00'), changedAt: at('01:00') }), a.io())
    await follow(a)

    expect(await readSilence('quiet', a.io())).toEqual(over)
    expect(await readSilence('old', a.io())).toBeUndefined()
  })

  it('are asked for in one request, and not written again and again', async () => {
    await keepSilence(silence(), b.io())
    await follow(a)
    const row = await a.incidents.get({ pk: 'silences', sk: 'quiet' })
    const read = vi.spyOn(a.incidents, 'get')
    await follow(a)
    expect(read.mock.calls.filter(([{ pk }]) => pk === 'silences')).toEqual([])
    expect(await a.incidents.get({ pk: 'silences', sk: 'quiet' })).toEqual(row)
  })
})

describe('swaps of another region', () => {
  const asked: Swap = {
    ...{ id: 'one', schedule: 'sre', by: 'lin', to: 'wang', shifts: '', at: at('02:10'), until: at('05:00') },
    ...{ mine: { from: '2026-12-14 10:00', to: '2026-12-15 10:00' }, state: 'asked' as const },
  }
  const keep = (swap: Swap, region: Region) => changeSwap(swap.id, () => swap, region.io())
  const kept = (region: Region) => readSwap('one', region.io())

  it('can be looked up here, and what was answered there is answered here', async () => {
    await keep(asked, b)
    await follow(a)
    expect(await kept(a)).toEqual(asked)
    const accepted: Swap = { ...asked, state: 'accepted', answered: { at: at('02:16'), by: 'wang' } }
    await keep(accepted, b)
    await follow(a)
    expect(await kept(a)).toEqual(accepted)
    // What was asked is no news to whoever has the answer.
    await keep(asked, b)
    await follow(a)
    expect(await kept(a)).toEqual(accepted)
  })

  it('that was accepted in one region and declined in the other is accepted: its people are changed everywhere', async () => {
    await keep({ ...asked, state: 'declined' }, a)
    await keep({ ...asked, state: 'accepted' }, b)
    await follow(a)
    await follow(b)
    expect([(await kept(a))?.state, (await kept(b))?.state]).toEqual(['accepted', 'accepted'])
  })

  it('that somebody began to accept there is known as such here, so that who declines it takes back what was made, and nobody finishes it by a look', async () => {
    await keep(asked, a)
    const accepting = { at: at('02:14'), by: 'wang', letter: 'one' }
    await keep({ ...asked, accepting }, b)
    await follow(a)
    expect(await kept(a)).toEqual({ ...asked, accepting: { ...accepting, isStopped: true } })
    await keep({ ...asked, state: 'declined', answered: { at: at('02:15'), by: 'wang' } }, b)
    await follow(a)
    expect((await kept(a))?.state).toBe('declined')
  })

  it('that was answered there before it was asked here anew stays asked', async () => {
    await keep({ ...asked, state: 'declined', answered: { at: at('02:09'), by: 'wang' } }, b)
    await keep(asked, a)
    await follow(a)
    expect(await kept(a)).toEqual(asked)
  })

  it.each<[why: string, changes: Partial<Swap>]>([
    ['somebody answers at this moment', { busyUntil: at('02:16') }],
    ['nobody can answer any more', { until: at('02:14') }],
    ['was declined before it was known here', { state: 'declined' }],
  ])('that %s is left there', async (_, changes) => {
    await keep({ ...asked, ...changes }, b)
    await follow(a)
    expect(await kept(a)).toBeUndefined()
  })
})

it('where each region takes ack links is known to the others, and by each of itself', async () => {
  const io = a.io()
  if (io.place === undefined) throw new Error('it has a place')
  const acknowledge = 'https://own.example.com'
  await followRegions({ own: known(a), others: [known(b)], acknowledge }, io.place, a.config, io)

  const own = { region: a.name, acknowledge }
  const other = { region: b.name, acknowledge: `https://${b.name}.example.com` }
  expect(await readAddresses({ ...io, log: logNothing })).toEqual([other, own])
  expect(await basesElsewhere({ place: io.place, incidents: io.incidents, log: logNothing })).toEqual([
    other.acknowledge,
  ])
})

describe('people of another region', () => {
  const notice = (region: Region) => region.incidents.get({ pk: 'incident#fenghuo', sk: `fenghuo/region-${b.name}` })
  const told = () => a.incident('fenghuo', `fenghuo/region-${b.name}`)

  it('that are not those of here are told of once, by the first region, until they are', async () => {
    people[b.name] = { revision: 'other', changedAt: at('01:30') }
    await follow(b)
    expect(await notice(b)).toBeUndefined()
    await follow(a)
    await follow(a)
    expect(told()).toMatchObject({
      status: 'open',
      severity: 'warning',
      generation: 1,
      fact: { code: 'region-differs', args: { region: b.name, projects: ['fenghuo', 'pay', 'shop'], more: 0 } },
    })

    people = {}
    await follow(a)
    expect(told()).toMatchObject({ status: 'resolved' })
  })

  it.each<[why: string, changes: () => void]>([
    ['are being written', () => (people[b.name] = { revision: 'other', changedAt: at('02:14') })],
    [
      'cannot be read',
      () => {
        people[b.name] = { revision: 'other' }
        lost = [b.name]
      },
    ],
  ])('are no difference while they %s', async (_, change) => {
    change()
    await follow(a)
    expect(() => told()).toThrow()
  })
})

describe('sessions that were ended at another region’s console', () => {
  it('are over here a minute later, and the latest end counts whichever way it comes', async () => {
    await regions.until('02:15')
    await endSessions('lin@example.com', b.io())
    expect(await sessionsEndedAt(['lin@example.com'], a.io())).toBeUndefined()
    await follow(a)
    expect(await sessionsEndedAt(['lin@example.com'], a.io())).toBe(at('02:15'))

    await regions.until('02:20')
    await endSessions('lin@example.com', a.io())
    await follow(a)
    await follow(b)
    for (const region of [a, b]) expect(await sessionsEndedAt(['lin@example.com'], region.io())).toBe(at('02:20'))
    expect(await sessionsEndedAt(['wang@example.com'], a.io())).toBeUndefined()
  })

  it('are forgotten in all once no session is as old, whichever table forgets them last', async () => {
    await keepEnded({ who: 'x', at: a.now - ENDED_KEPT_MS }, b.io())
    await keepEnded({ who: 'y', at: a.now - ENDED_KEPT_MS + 1 }, b.io())
    await follow(a)
    expect(await readEnded({ incidents: a.incidents, log: logNothing })).toEqual([
      { who: 'y', at: a.now - ENDED_KEPT_MS + 1 },
    ])
  })

  it('are kept by the latest end, though an earlier one comes at the same moment', async () => {
    await regions.until('02:15')
    const { incidents } = a.io()
    const put = incidents.putIfVersion.bind(incidents)
    // Between what the first reads and writes a later end is written.
    incidents.putIfVersion = async (row, version) => {
      incidents.putIfVersion = put
      await regions.until('02:16')
      await endSessions('lin@example.com', a.io())
      return put(row, version)
    }
    await endSessions('lin@example.com', a.io())
    expect(await sessionsEndedAt(['lin@example.com'], a.io())).toBe(at('02:16'))
  })
})
