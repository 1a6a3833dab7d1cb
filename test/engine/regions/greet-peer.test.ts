import { expect, it, onTestFinished } from 'vitest'
import { greetingBack } from '../../../shared/engine/regions/greet-peer.ts'
import { knownPeer } from '../../../shared/engine/regions/known-peer.ts'
import { startInvoked } from '../../simulators/invoked.ts'

const [OWN, OTHER] = ['ap-southeast-1', 'ap-northeast-1'] as const
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }

/** The other region as watch knows it, whose function does this work. */
async function other(
  work: (input: unknown) => unknown,
  functionName = 'fenghuo-prod-peer',
  secretAccessKey = keys.secretAccessKey,
) {
  const lambda = await startInvoked({
    ...{ now: Date.now, keys: { ...keys, region: OTHER }, functionName },
    work: async (input) => work(input),
  })
  onTestFinished(() => lambda.close())
  const env = {
    ...{ AWS_REGION: OWN, AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    ...{ PEER_FUNCTION: 'fenghuo-prod-peer', FENGHUO_REGIONS_URL: lambda.url },
  }
  return { lambda, region: knownPeer(OTHER, env, 'incidents', Date.now) }
}

it('a region whose function answers is greeted, and tells its time and nothing else', async () => {
  const asked: unknown[] = []
  const { region } = await other((input) => {
    asked.push(input)
    return greetingBack(input, OTHER, Date.now() + 45_000)
  })
  const { aheadMs, isOfOtherRelease } = await region.greet()
  expect(isOfOtherRelease).toBe(false)
  expect(Math.round(aheadMs / 1_000)).toBeCloseTo(45, -1)
  expect(asked).toEqual([{ v: 1, kind: 'peer-greeting', from: OWN, at: expect.any(Number) }])
  expect(greetingBack(asked[0], OTHER, 7)).toEqual({ v: 1, kind: 'peer-greeting', from: OTHER, at: 7 })
})

it.each<[why: string, answers: () => unknown, functionName: string | undefined, says: string]>([
  ['is not there', () => ({}), 'fenghuo-test-peer', 'HTTP 404'],
  [
    'fails',
    () => {
      throw new Error('FENGHUO_SECRET is not set')
    },
    undefined,
    'FENGHUO_SECRET is not set',
  ],
  [
    'is of a release that does not greet',
    () => ({ isWell: true }),
    undefined,
    'answers as no release does that greets',
  ],
  [
    'is another region’s',
    (): unknown => greetingBack({ v: 1, kind: 'peer-greeting', from: OWN, at: 1 }, 'us-west-2', 1),
    undefined,
    'us-west-2 answers in its place',
  ],
])('one whose function %s is not', async (_, answers, functionName, says) => {
  const { region } = await other(answers, functionName)
  await expect(region.greet()).rejects.toThrow(says)
})

it('one that may not be asked is not', async () => {
  const { region } = await other(() => ({}), 'fenghuo-prod-peer', 'the secret key of somebody else')
  await expect(region.greet()).rejects.toThrow('HTTP 403')
})

it('what is no greeting is a question', () => {
  for (const asked of [{}, { v: 1, kind: 'peer' }, undefined, { v: 1, kind: 'peer-greeting', from: OWN }])
    expect(greetingBack(asked, OTHER, 1)).toBeUndefined()
})
