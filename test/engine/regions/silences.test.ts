import { beforeEach, describe, expect, it } from 'vitest'
import type { PeerSilence } from '../../../shared/contracts/peer.ts'
import { moveSilencesEnd } from '../../../shared/engine/console/end-silence.ts'
import { makeSilence } from '../../../shared/engine/console/make-silence.ts'
import { silenceWordOf } from '../../../shared/engine/regions/seal.ts'
import type { Silence } from '../../../shared/incidents/pause/silence.ts'
import { countedWords } from '../../../shared/store/peer-words.ts'
import { readSilence, readSilences } from '../../../shared/store/silences.ts'
import { at } from '../../messages/notices.ts'
import { PathWorld } from '../world.ts'
import { pagingRegions } from './beginnings.ts'
import type { Region, Regions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await pagingRegions())
})

const silence = (changes: Partial<Silence> = {}): Silence => ({
  ...{
    id: 'quiet',
    matchers: [[{ name: 'project', is: '=', value: 'pay' }]],
    startsAt: at('02:15'),
    endsAt: at('05:00'),
  },
  ...{ by: '林悦', comment: 'known', changedAt: at('02:15:10') },
  ...changes,
})
const io = (region: Region) => ({ ...region.io(), peers: region.peers })

it('an ack link’s silence stops what another region pages at once, and nobody else is called there', async () => {
  expect(a.called).toEqual(['lin'])
  expect(await b.press(b.link(), 'lin', { button: 'silence' })).toMatchObject({ result: 'pressed' })
  await regions.until('02:15:11')
  expect(a.incident().escalation.phase).toBe('paused')

  await regions.until('02:50')
  expect([a.called, b.called]).toEqual([['lin'], []])
})

it('one that is ended elsewhere has what still burns page at once', async () => {
  await makeSilence(silence(), io(b))
  await regions.until('02:15:20')
  expect(a.incident().escalation.phase).toBe('paused')

  expect(await moveSilencesEnd('quiet', b.now, io(b))).toEqual([])
  await regions.until('02:15:21')
  expect(a.called).toEqual(['lin', 'lin'])
  expect(await readSilence('quiet', a.io())).toEqual(await readSilence('quiet', b.io()))
})

it('where the word is lost the minute brings it, and whoever made it knows which region was not told', async () => {
  await regions.until('02:15:30')
  b.cutFrom.add(a.name)
  expect(await makeSilence(silence(), io(b))).toEqual([a.name])
  b.cutFrom.clear()
  await regions.until('02:15:40')
  expect(a.incident().escalation.phase).toBe('layer')

  await regions.until('02:16:05')
  expect(a.incident().escalation.phase).toBe('paused')
})

it('one region alone sends nothing', async () => {
  const alone = new PathWorld()
  expect(await makeSilence(silence(), alone.io())).toEqual([])
  expect(alone.queue).toEqual([])
})

const word = (changes: Partial<PeerSilence> = {}, of = silence(), secret = 'secret') => ({
  ...silenceWordOf(of, { from: b.name, to: a.name, at: a.now }, { deployment: 'prod', secret }),
  ...changes,
})

describe('a word is refused, and counted,', () => {
  it.each<[why: string, changed: () => PeerSilence, says: string]>([
    ['that was changed on its way', () => word({ held: word({}, silence({ endsAt: at('06:00') })).held }), 'forged'],
    ['of another secret', () => word({}, silence(), 'other'), 'forged'],
    ['of this very region', () => silenceWordOf(silence(), { from: a.name, to: a.name, at: 1 }, a.peers), 'not-ours'],
    ['to another region', () => silenceWordOf(silence(), { from: b.name, to: b.name, at: 1 }, a.peers), 'not-ours'],
  ])('%s', async (_, changed, says) => {
    await expect(a.page(changed())).rejects.toThrow(`peer-refused: ${says}, from `)
    expect(await readSilences(a.io())).toEqual([])
    expect(a.incident().escalation.phase).toBe('layer')
    expect(await countedWords(a.io())).toEqual({ refused: 1, repeated: 0 })
  })
})

it('an older word changes nothing and is counted, also of what is over by now and was not known', async () => {
  const ended = silence({ endsAt: at('02:15:05'), changedAt: at('02:15:09') })
  await a.page(word({}, ended))
  await a.page(word({}, ended))
  expect(await countedWords(a.io())).toEqual({ refused: 0, repeated: 0 })

  await a.page(word({}, silence({ changedAt: at('02:15:01') })))
  await regions.until('02:15:20')
  expect(await readSilence('quiet', a.io())).toEqual(ended)
  expect(a.incident().escalation.phase).toBe('layer')
  expect(await countedWords(a.io())).toEqual({ refused: 0, repeated: 1 })
})
