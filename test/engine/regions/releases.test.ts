import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { PeerAnswer, PeerDuty, PeerMessage } from '../../../shared/contracts/peer.ts'
import { answerPeer } from '../../../shared/engine/regions/answer-peer.ts'
import { greetingBack, greetPeer } from '../../../shared/engine/regions/greet-peer.ts'
import { dutyWordOf, sealed, wordOf } from '../../../shared/engine/regions/seal.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import { countedWords } from '../../../shared/store/peer-words.ts'
import { pagingRegions } from './beginnings.ts'
import type { Region, Regions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await pagingRegions())
})

/** What a later release might add, at the end of what this one says: the seal is over all of it. */
const more = { v: 2, mood: 'calm', rungs: { of: [1, 2] } }

const asNewer = <M extends PeerMessage | PeerAnswer | PeerDuty>({ mac: _, ...said }: M): M =>
  JSON.parse(JSON.stringify(sealed<M>({ ...said, ...more } as unknown as Omit<M, 'mac'>, a.peers)))

const question = () => wordOf(a.incident(), { from: a.name, to: b.name, at: a.now }, a.peers)

describe('a region of a newer release', () => {
  it('is believed, in words, in what it says of duty, and as a seal has it', async () => {
    await a.take()
    await b.page(asNewer(question()))
    expect(b.incident().status).toBe('acknowledged')
    const said = { at: a.now, by: 'lin', region: b.name }
    const duty = dutyWordOf(said, { from: a.name, to: b.name, at: a.now }, a.peers)
    await b.page(asNewer({ ...duty, said: { ...duty.said, why: 'maintenance' } as PeerDuty['said'] }))
    expect((await readDuty(b.duty))?.said).toEqual(said)
    expect(await countedWords(b.io())).toEqual({ refused: 0, repeated: 0 })
  })

  it('is refused where what it has added was changed on its way', async () => {
    await expect(b.page({ ...asNewer(question()), mood: 'cross' } as PeerMessage)).rejects.toThrow('forged')
  })

  it('is answered, and its answer counts: it is not paged beside', async () => {
    expect(await answerPeer(asNewer(question()), { ...b.io(), peers: b.peers })).toMatchObject({ isWell: true })
    const { peers } = b
    let asked = 0
    const ask = async (to: string, asking: PeerMessage) => {
      asked++
      return asNewer((await peers.ask(to, asking)) as PeerAnswer)
    }
    Object.defineProperty(b, 'peers', { value: { ...peers, ask } })
    // Its words are lost, so that it is asked.
    Object.defineProperty(a, 'peers', { value: { ...a.peers, send: async () => {} } })
    await regions.until('02:22')
    expect([asked > 0, await b.duties()]).toEqual([true, []])
  })

  it('is greeted, and greets', async () => {
    const greeting = { v: 1, kind: 'peer-greeting', from: a.name, at: 5 } as const
    expect(greetingBack({ ...greeting, ...more }, b.name, 7)).toEqual({ ...greeting, from: b.name, at: 7 })
    const asked = { own: b.name, now: () => 5 }
    await expect(greetPeer(a.name, asked, async () => ({ ...greeting, ...more }))).resolves.toEqual({
      aheadMs: 0,
      isOfOtherRelease: true,
    })
  })
})

describe('a region of the release before, which takes nothing that it does not know,', () => {
  const region = z.string()
  const common = { v: z.literal(1), from: region, at: z.int(), mac: z.string() }
  const held = z.strictObject({ v: z.int(), state: z.string() })
  const said = z.strictObject({ at: z.int(), by: z.string(), region: z.optional(region), until: z.optional(z.int()) })
  const { mac: _, ...unsealed } = common

  it('takes what this one says', async () => {
    const word = question()
    const answer = await answerPeer(word, { ...b.io(), peers: b.peers })
    const duty = dutyWordOf({ at: a.now, by: 'lin' }, { from: a.name, to: b.name, at: a.now }, a.peers)
    const greetings: unknown[] = []
    const greet = async (greeting: unknown) => {
      greetings.push(greeting, greetingBack(greeting, b.name, a.now))
      return greetings[1]
    }
    await greetPeer(b.name, { own: a.name, now: () => a.now }, greet)
    const to = region
    z.strictObject({ ...common, kind: z.literal('peer'), to, held }).parse(word)
    const health = { isWell: z.boolean(), wellForMs: z.int() }
    z.strictObject({ ...common, kind: z.literal('peer-answer'), to, ...health, held: z.optional(held) }).parse(answer)
    z.strictObject({ ...common, kind: z.literal('peer-duty'), to, said }).parse(duty)
    for (const one of greetings) z.strictObject({ ...unsealed, kind: z.literal('peer-greeting') }).parse(one)
    expect(greetings).toHaveLength(2)
  })
})
