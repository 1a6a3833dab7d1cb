import { describe, expect, it, onTestFinished } from 'vitest'
import { inEveryRegion } from '../../../shared/clouds/aws/every-region.ts'
import { placeOf, queueIn } from '../../../shared/clouds/aws/other-regions.ts'
import { peersOnAws } from '../../../shared/clouds/aws/peers.ts'
import type { PeerMessage } from '../../../shared/contracts/peer.ts'
import { PeerRefusal } from '../../../shared/contracts/peers.ts'
import { Rejection } from '../../../shared/contracts/rejection.ts'
import { startInvoked } from '../../simulators/invoked.ts'

const queue = 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/fenghuo-prod-escalation'
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', region: 'ap-northeast-1' }
const question: PeerMessage = {
  ...{ v: 1, kind: 'peer', from: 'ap-southeast-1', to: 'ap-northeast-1', at: 1 },
  ...{ held: { v: 1, state: '{}' }, mac: 'x'.repeat(43) },
}

/** The other region's function, and the regions as this one reaches them. */
async function asking(work: (input: unknown) => Promise<unknown>, region = 'ap-northeast-1') {
  let now = Date.now()
  const lambda = await startInvoked({
    now: () => now,
    keys: { ...keys, region },
    functionName: 'fenghuo-prod-peer',
    work,
  })
  onTestFinished(() => lambda.close())
  const env = {
    ...{ AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey, FENGHUO_SECRET: 'secret' },
    ...{ ESCALATION_QUEUE_URL: queue, PEER_FUNCTION: 'fenghuo-prod-peer', FENGHUO_REGIONS_URL: lambda.url },
  }
  const peers = peersOnAws(env, () => now)
  const pass = (ms: number) => {
    now += ms
  }
  return { lambda, peers, pass }
}

describe('another region', () => {
  it('is asked by its function, and its answer is what that gives', async () => {
    const asked: unknown[] = []
    const { peers } = await asking(async (input) => {
      asked.push(input)
      return { isWell: true }
    })
    expect(await peers.ask('ap-northeast-1', question)).toEqual({ isWell: true })
    expect(asked).toEqual([question])
  })

  it('that loses one question is asked once more', async () => {
    const { peers, lambda } = await asking(async () => ({ isWell: true }))
    lambda.fail({ kind: 'reset' })
    expect(await peers.ask('ap-northeast-1', question)).toEqual({ isWell: true })
  })

  it('that does not answer is left alone for half a minute', async () => {
    const { peers, lambda, pass } = await asking(async () => ({ isWell: true }))
    lambda.fail({ kind: 'reset' }, { kind: 'reset' })
    await expect(peers.ask('ap-northeast-1', question)).rejects.toThrow('ECONNRESET')
    await expect(peers.ask('ap-northeast-1', question)).rejects.toThrow('it has not answered a moment ago')
    expect(lambda.requests).toHaveLength(2)
    pass(31_000)
    expect(await peers.ask('ap-northeast-1', question)).toEqual({ isWell: true })
  })

  it('whose function fails has not answered', async () => {
    const { peers } = await asking(async () => {
      throw new Error('peer-refused: forged')
    })
    await expect(peers.ask('ap-northeast-1', question)).rejects.toThrow('in ap-northeast-1: peer-refused: forged')
  })

  it('that refuses to answer is not asked twice, and not left alone: its secret may be newer', async () => {
    const { peers, lambda } = await asking(async () => {
      throw new Rejection({ code: 'peer-refused', args: { from: 'ap-southeast-1', why: 'forged' } })
    })
    for (const _ of [1, 2]) await expect(peers.ask('ap-northeast-1', question)).rejects.toBeInstanceOf(PeerRefusal)
    expect(lambda.requests).toHaveLength(2)
  })

  it('is asked where it is: a signature for another is refused', async () => {
    const { peers } = await asking(async () => ({ isWell: true }), 'us-west-2')
    await expect(peers.ask('ap-northeast-1', question)).rejects.toThrow('HTTP 403')
  })
})

it('a queue has the same name in every region, and on one machine there is no other', () => {
  const there = 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/fenghuo-prod-escalation'
  expect(queueIn('ap-northeast-1', queue)).toBe(there)
  expect(queueIn('cn-northwest-1', 'https://sqs.cn-north-1.amazonaws.com.cn/1/q')).toBe(
    'https://sqs.cn-northwest-1.amazonaws.com.cn/1/q',
  )
  expect(queueIn('ap-northeast-1', 'http://127.0.0.1:4100/123456789012/escalation')).toBeUndefined()
  const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 1 }
  expect(inEveryRegion(queue, { regions })).toEqual([queue, there])
  expect(inEveryRegion(there, { regions })).toEqual([there, queue])
  expect(inEveryRegion(queue, {})).toEqual([queue])
  expect(inEveryRegion('http://127.0.0.1:4100/1/q', { regions })).toEqual(['http://127.0.0.1:4100/1/q'])
})

it('a function that stands in none of the regions, or alone, has no place among them', () => {
  const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 1 }
  const env = { AWS_REGION: 'ap-northeast-1', ESCALATION_QUEUE_URL: queue }
  expect(placeOf({ regions }, env)).toEqual({ own: 'ap-northeast-1', ...regions })
  expect(placeOf({}, env)).toBeUndefined()
  expect(placeOf({ regions }, { ...env, AWS_REGION: 'us-west-2' })).toBeUndefined()
  expect(placeOf({ regions }, { ...env, ESCALATION_QUEUE_URL: 'http://127.0.0.1:1/1/q' })).toBeUndefined()
})
