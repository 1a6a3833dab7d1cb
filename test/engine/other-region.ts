import { expect } from 'vitest'
import { dutyWordOf, silenceWordOf, wordOf } from '../../shared/engine/regions/seal.ts'
import type { NotingWorld } from './noting-world.ts'

/** Where a region stands that is one of two, and how it reaches the other. */
export const guarding = {
  place: { own: 'ap-southeast-1', order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 },
  peers: { deployment: 'prod', secret: 'secret', ask: expect.unreachable, send: expect.unreachable },
}
/** A word of the other region about the present incident. */
export const word = (ways: NotingWorld) =>
  wordOf(ways.incident(), { from: 'ap-northeast-1', to: 'ap-southeast-1', at: ways.now }, guarding.peers)

/** What the other one has heard of duty. */
export const dutyWord = ({ now: at }: NotingWorld) => {
  const said = { at, by: 'lin', region: 'ap-northeast-1' }
  return dutyWordOf(said, { from: 'ap-northeast-1', to: 'ap-southeast-1', at }, guarding.peers)
}

/** What somebody has silenced there. */
export const silenceWord = ({ now: at }: NotingWorld) => {
  const matchers = [[{ name: 'project', is: '=' as const, value: 'pay' }]]
  const silence = {
    ...{ id: 'quiet', matchers, startsAt: at, endsAt: at + 60_000 },
    by: '林悦',
    comment: 'known',
    changedAt: at,
  }
  return silenceWordOf(silence, { from: 'ap-northeast-1', to: 'ap-southeast-1', at }, guarding.peers)
}

/** This region, as watch reads it. */
export const knownRegion = {
  ...{
    region: 'ap-southeast-1',
    silences: async () => [],
    swaps: async () => [],
    sessions: async () => [],
    address: async () => undefined,
    people: async () => ({}),
  },
  canary: async () => undefined,
}
