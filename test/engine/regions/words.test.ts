import { beforeEach, describe, expect, it } from 'vitest'
import type { PeerAnswer, PeerMessage } from '../../../shared/contracts/peer.ts'
import { answerPeer } from '../../../shared/engine/regions/answer-peer.ts'
import { askPeers } from '../../../shared/engine/regions/ask-peers.ts'
import { dutyWordOf, sealed, wordOf } from '../../../shared/engine/regions/seal.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import { countedWords } from '../../../shared/store/peer-words.ts'
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

const word = (changes: Partial<PeerMessage> = {}, deployment = 'prod', secret = 'secret') => ({
  ...wordOf(a.incident(), { from: a.name, to: b.name, at: a.now }, { deployment, secret }),
  ...changes,
})

describe('a word is refused, with its reason', () => {
  it.each<[why: string, changes: () => PeerMessage, says: string]>([
    ['that was changed on its way', () => word({ held: { v: 1, state: '{}' } }), 'forged'],
    ['of another secret', () => word({}, 'prod', 'other'), 'forged'],
    ['of another deployment', () => word({}, 'test'), 'forged'],
    ['to another region', () => wordTo('us-west-2'), 'not-ours'],
    ['of a region that is none', () => wordFrom('us-west-2'), 'not-ours'],
    ['of this very region', () => wordFrom(b.name), 'not-ours'],
  ])('%s', async (_, changed, says) => {
    const before = b.incident()
    await expect(b.page(changed())).rejects.toThrow(`peer-refused: ${says}, from `)
    expect(b.incident()).toEqual(before)
    expect(await countedWords(b.io())).toEqual({ refused: 1, repeated: 0 })
  })

  it('where there is one region alone', async () => {
    const alone = new PathWorld()
    await expect(alone.page(word())).rejects.toThrow('peer-refused: alone, from "ap-southeast-1"')
  })

  it('as a question, too', async () => {
    await expect(answerPeer(word({}, 'test'), { ...b.io(), peers: b.peers })).rejects.toThrow('peer-refused: forged')
    await expect(answerPeer({ v: 2 }, { ...b.io(), peers: b.peers })).rejects.toThrow('not-a-step')
  })

  it('as a question that somebody has kept', async () => {
    const kept = wordOf(a.incident(), { from: a.name, to: b.name, at: b.now }, b.peers)
    const answer = () => answerPeer(kept, { ...b.io(), peers: b.peers })
    expect(await answer()).toMatchObject({ isWell: true })
    await regions.until('02:20')
    expect(await answer()).toMatchObject({ isWell: true })
    await regions.until('02:20:11')
    await expect(answer()).rejects.toThrow(`peer-refused: replayed, from "${a.name}"`)
    expect(await countedWords(b.io())).toEqual({ refused: 1, repeated: 0 })
  })

  const wordTo = (to: string) =>
    wordOf(a.incident(), { from: a.name, to, at: a.now }, { deployment: 'prod', secret: 'secret' })
  const wordFrom = (from: string) =>
    wordOf(a.incident(), { from, to: b.name, at: a.now }, { deployment: 'prod', secret: 'secret' })
})

it('the same word again, or an older one, changes nothing, and is counted', async () => {
  const old = word()
  await regions.until('02:16:20')
  const known = b.incident()
  expect(await countedWords(b.io())).toEqual({ refused: 0, repeated: 0 })
  await b.page(old)
  await b.page(word())
  expect(b.incident()).toEqual(known)
  expect(await countedWords(b.io())).toEqual({ refused: 0, repeated: 2 })
})

it('a life that nothing disturbs has no word twice', async () => {
  await a.take()
  await regions.alert('resolve')
  await regions.until('02:40')
  expect(b.incident().status).toBe('resolved')
  for (const one of [a, b]) expect(await countedWords(one.io())).toEqual({ refused: 0, repeated: 0 })
})

it('what somebody said of duty is said by each region to all, and counted only when something newer is known', async () => {
  const said = (when: number) =>
    dutyWordOf({ at: when, by: 'lin', region: b.name }, { from: a.name, to: b.name, at: a.now }, a.peers)
  for (const when of [at('02:15:05'), at('02:15:05'), at('02:15:01')]) await b.page(said(when))
  expect(await countedWords(b.io())).toEqual({ refused: 0, repeated: 1 })
  expect((await readDuty(b.duty))?.said?.at).toBe(at('02:15:05'))
})

it('a word of a newer release waits until this region has that, too', async () => {
  const held = { v: 2, state: JSON.stringify(a.incident()) }
  const { mac: _, ...rest } = word({ held })
  const newer = { ...rest, mac: sealOf({ ...rest }) }
  await expect(b.page(newer)).rejects.toThrow('has version 2, and this release reads 1')
})

function sealOf(message: Omit<PeerMessage, 'mac'>): string {
  return sealed<PeerMessage>(message, { deployment: 'prod', secret: 'secret' }).mac
}

describe('an answer does not count', () => {
  it.each<[why: string, answers: (question: PeerMessage) => Promise<unknown>]>([
    ['that is none', async () => ({ ok: true })],
    [
      'of another secret',
      async (question) => {
        const { mac: _, ...said } = await answerPeer(question, { ...a.io(), peers: a.peers })
        return sealed<PeerAnswer>(said, { deployment: 'prod', secret: 'other' })
      },
    ],
    [
      'to another question',
      () =>
        answerPeer(wordOf(b.incident(), { from: b.name, to: a.name, at: a.now - 1 }, a.peers), {
          ...a.io(),
          peers: a.peers,
        }),
    ],
  ])('%s', async (why, answers) => {
    const { peers } = b
    Object.defineProperty(b, 'peers', {
      value: { ...peers, ask: (__: string, question: PeerMessage) => answers(question) },
    })
    a.state = 'dead'
    await regions.until('02:22')
    expect(await b.duties()).toEqual(['ap-southeast-1 silent'])
    const { refused } = await countedWords(b.io())
    expect(refused > 0).toBe(why !== 'that is none')
  })
})

it('what a region says of itself is how old its last canary is', async () => {
  const answer = async () => {
    const question = wordOf(b.incident(), { from: b.name, to: a.name, at: b.now }, b.peers)
    const { isWell, wellForMs } = await answerPeer(question, { ...a.io(), peers: a.peers })
    return { isWell, wellForMs }
  }
  await regions.until('02:18')
  expect(await answer()).toEqual({ isWell: true, wellForMs: at('02:18') - at('02:13') })
  a.state = 'half dead'
  await regions.until('02:20:29')
  expect(await answer()).toMatchObject({ isWell: true })
  await regions.until('02:20:31')
  expect(await answer()).toEqual({ isWell: false, wellForMs: 0 })
  a.state = 'well'
  await regions.until('02:23')
  expect(await answer()).toEqual({ isWell: true, wellForMs: at('02:23') - at('02:21') })
})

it('nothing of this is there where there is one region alone', async () => {
  const alone = new PathWorld()
  const kinds = new Set<string>()
  const { push } = alone.queue
  alone.queue.push = (...all) => {
    for (const { message } of all) kinds.add(message.kind)
    return push.apply(alone.queue, all)
  }
  await alone.alert('trigger')
  await alone.until('02:40')
  await alone.alert('resolve')
  await alone.settle()

  expect(await askPeers(alone.incident(), alone.pageIo())).toEqual({})
  expect([...kinds].toSorted()).toEqual(['call', 'phone-line', 'step'])
  expect(alone.incident()).not.toHaveProperty('duty')
  expect([...alone.incidents.rows.values()].map(({ outbox = '' }) => outbox).join()).not.toContain('"peer"')
  expect([...alone.incidents.rows.keys()].join()).not.toContain('canary')
  expect(alone.placed).toHaveLength(2)
})
