import { beforeEach, expect, it } from 'vitest'
import { PeerRefusal } from '../../../shared/contracts/peers.ts'
import { NotYet, Rejection } from '../../../shared/contracts/rejection.ts'
import { wordOf } from '../../../shared/engine/regions/seal.ts'
import { countedWords } from '../../../shared/store/peer-words.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

const NEW = 'changed after a leak'
let regions: Regions
let a: Region
let b: Region
/** How often each region has asked its store. */
let reads: Map<Region, number>

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
  reads = new Map()
  for (const region of [a, b]) storing(region)
})

/** The store of a region has the new secret, which the region has not asked for yet. */
function storing(region: Region): void {
  const { peers } = region
  const whole = {
    ...peers,
    get secret() {
      return region.secret
    },
    async secretAgain() {
      reads.set(region, (reads.get(region) ?? 0) + 1)
      region.secret = NEW
    },
    // A refusal gets back to whoever asks as Lambda tells it.
    ask: (...asked: Parameters<typeof peers.ask>) =>
      peers.ask(...asked).catch((error: Error) => {
        throw error instanceof Rejection ? new PeerRefusal(error.message) : error
      }),
  }
  Object.defineProperty(region, 'peers', { get: () => whole })
}

it('a word by the new secret is taken by a region that has the old one still, after one look at its store', async () => {
  await regions.alert('trigger')
  await regions.until('02:15:10')
  a.secret = NEW
  await a.take()
  await regions.until('02:15:20')
  expect([b.incident().status, reads.get(b), b.secret]).toEqual(['acknowledged', 1, NEW])
  expect(await countedWords(b.io())).toEqual({ refused: 0, repeated: 0 })
})

it('whoever has the old secret and is refused asks by the new one: it is answered, and pages nobody beside', async () => {
  a.secret = NEW
  // Its words are lost, so that the other one has to ask.
  Object.defineProperty(a.peers, 'send', { value: async () => {} })
  await regions.alert('trigger')
  await regions.until('02:22')
  expect([await b.duties(), reads.get(b), b.secret]).toEqual([[], 1, NEW])
})

it('a region that is asked by the new secret answers by it', async () => {
  b.secret = NEW
  Object.defineProperty(a.peers, 'send', { value: async () => {} })
  await regions.alert('trigger')
  await regions.until('02:22')
  expect([await b.duties(), reads.get(a), a.secret]).toEqual([[], 1, NEW])
})

it('what somebody takes where the old secret is known still is taken where it is paged by the new one, which asks', async () => {
  await regions.alert('trigger')
  await regions.until('02:15:10')
  a.secret = NEW
  await b.take()
  await expect(regions.until('02:15:20')).rejects.toThrow('forged')
  expect([a.incident().status, a.questions, b.secret]).toEqual(['acknowledged', [b.name], NEW])
  expect(await countedWords(a.io())).toEqual({ refused: 1, repeated: 0 })
})

it('while that region can’t be asked its word is kept, and it is taken once it can', async () => {
  await regions.alert('trigger')
  await regions.until('02:15:10')
  a.secret = NEW
  await b.take()
  const word = a.queue.find(({ message }) => message.kind === 'peer')?.message
  const failure = () => a.page(word).catch((error: unknown) => error)
  b.isMute = true
  expect([await failure(), a.incident().status]).toEqual([expect.any(NotYet), 'open'])
  b.isMute = false
  expect([await failure(), a.incident().status]).toEqual([expect.any(Rejection), 'acknowledged'])
  expect(await failure()).not.toBeInstanceOf(NotYet)
})

it('what fits neither secret is refused', async () => {
  await regions.alert('trigger')
  await regions.until('02:15:10')
  const forged = wordOf(a.incident(), { from: a.name, to: b.name, at: a.now }, { deployment: 'prod', secret: 'mine' })
  await expect(b.page(forged)).rejects.toThrow('forged')
  expect(await countedWords(b.io())).toEqual({ refused: 1, repeated: 0 })
})
