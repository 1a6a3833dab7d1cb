import { expect, it } from 'vitest'
import { failoversIn, seedFailover } from '../../../shared/checks/regions/seed-variables.ts'
import { BilingualError } from '../../../shared/contracts/bilingual-error.ts'

const seed = {
  BOTNAME: 'ABCDEFGHIJ,BCDEFGHIJK',
  BOT_ALIAS: 'KLMNOPQRST,LMNOPQRSTU',
  SAMPLE_UTTERANCE: 'I would like to order some flowers.',
  EXPECTED_RESPONSE: 'What type of flowers would you like to order?',
  PRIMARY_REGION: 'us-east-1',
  SECONDARY_REGION: 'us-west-2',
  TEST_METHOD: 'send_message',
  TEST_USER: 'test',
}

it('the variables of an older function name a failover under the key of its table', () => {
  expect(seedFailover(seed)).toEqual({
    name: 'us-east-1',
    title: 'Lex',
    regions: [
      { region: 'us-east-1', bot: { botId: 'ABCDEFGHIJ', aliasId: 'KLMNOPQRST' } },
      { region: 'us-west-2', bot: { botId: 'BCDEFGHIJK', aliasId: 'LMNOPQRSTU' } },
    ],
    locale: 'en_US',
    say: seed.SAMPLE_UTTERANCE,
    reply: seed.EXPECTED_RESPONSE,
    sayEveryMs: 300_000,
    user: 'test',
    confirm: { m: 2, n: 3 },
    holdMs: 300_000,
  })
})

it.each([
  ['put_session', false],
  ['', false],
  ['PutSession', false],
  ['post_text', true],
  ['RecognizeText', true],
])('TEST_METHOD=%s', (TEST_METHOD, says) => {
  expect(seedFailover({ ...seed, TEST_METHOD })?.say !== undefined).toBe(says)
})

it('one id is for both regions, as in Global Resiliency', () => {
  const { regions } = seedFailover({ ...seed, BOTNAME: 'ABCDEFGHIJ', BOT_ALIAS: 'KLMNOPQRST' }) ?? expect.unreachable()
  expect(regions[1]?.bot).toEqual(regions[0]?.bot)
})

it.each<[why: string, changes: Record<string, string>, said: RegExp[]]>([
  [
    'names of V1',
    { BOTNAME: 'OrderFlowers', BOT_ALIAS: 'ver_one' },
    [/BOTNAME.*V1.*2025-09-15.*list-bots/, /BOT_ALIAS/],
  ],
  ['no alias', { BOT_ALIAS: '' }, [/BOT_ALIAS is not set/]],
  ['no region', { PRIMARY_REGION: '', SECONDARY_REGION: 'Oregon' }, [/PRIMARY_REGION is not set/, /Oregon/]],
  ['one region twice', { SECONDARY_REGION: 'us-east-1' }, [/another region/]],
  ['an unknown method', { TEST_METHOD: 'constructor' }, [/put_session/]],
  ['nothing to say', { SAMPLE_UTTERANCE: '' }, [/SAMPLE_UTTERANCE/]],
])('%s: refused with the reason, in both languages', (_, changes, said) => {
  const refused = (() => {
    try {
      return seedFailover({ ...seed, ...changes })
    } catch (error) {
      return error
    }
  })()
  expect(refused).toBeInstanceOf(BilingualError)
  const { words } = refused as BilingualError
  expect(words.en.split('\n')).toEqual(said.map((one) => expect.stringMatching(one)))
  expect(words.zh).toMatch(/\p{Script=Han}/u)
})

it('without them what is configured is all', () => {
  expect(failoversIn({}, {})).toEqual([])
  expect(failoversIn({ failover: [] }, seed)).toHaveLength(1)
})
