import { expect, it, onTestFinished } from 'vitest'
import { lexConfig } from '../../../shared/checks/lex/config.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Failure } from '../../simulators/failures.ts'
import { type LexOptions, lexAlias, startLex } from '../../simulators/lex.ts'
import { seenBy, someIo } from '../records.ts'

const REGION = 'us-east-1'
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret', region: REGION }
const lex = lexAlias(REGION)
const flowers = { lex, say: 'I would like to order some flowers', intent: 'OrderFlowers' }

/** A region with a florist's bot, and a probe in another one. */
async function world(options: Partial<LexOptions> = {}) {
  const bot = await startLex({
    now: Date.now,
    keys,
    understand: (text) =>
      text.includes('flowers')
        ? { intent: 'OrderFlowers', reply: 'What type of flowers would you like to order?' }
        : { intent: 'FallbackIntent' },
    ...options,
  })
  onTestFinished(() => bot.close())
  const env = {
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_ENDPOINT_URL_LEX_RUNTIME_V2: bot.url,
  }
  return {
    bot,
    env,
    seen: (check: object, more: object = {}) => seenBy({ ...check }, someIo({ ...env, ...more }), 2_000),
  }
}

const up = { outcome: 'up', latencyMs: expect.any(Number) }
const operations = (requests: { method: string; path: string }[]) =>
  requests.map(({ method, path }) => `${method}${path.endsWith('/text') ? ' text' : ''}`)

it('opens a session and ends it, which asks nothing of the bot', async () => {
  const { bot, seen } = await world()
  expect(await seen({ lex })).toEqual(up)
  expect(operations(bot.requests)).toEqual(['POST', 'DELETE'])
  expect(bot.said).toEqual([])
  expect([...bot.sessions]).toEqual([])
})

it('says something, and compares what was understood and replied', async () => {
  const { bot, seen } = await world()
  expect(await seen({ ...flowers, reply: 'type of flowers' })).toEqual(up)
  expect(operations(bot.requests)).toEqual(['POST text', 'DELETE'])
  expect(bot.said).toEqual(['I would like to order some flowers'])
})

it('has a session of its own for each check and region it asks from, so that no two speak in one', async () => {
  const { bot, env, seen } = await world()
  await seen({ lex })
  await seen({ lex }, { AWS_REGION: 'eu-west-1' })
  await seenBy({ lex }, someIo(env), 2_000, { id: 'pay/other' })
  const sessions = bot.requests.filter(({ method }) => method === 'POST').map(({ path }) => path)
  expect(new Set(sessions).size).toBe(3)
})

const said = 'planned failure'
const refusals: [why: string, failure: Failure, outcome: string, fault: object][] = [
  ['the alias is gone', { kind: 'error', code: 'ResourceNotFoundException' }, 'down', fact('lex-not-found', { said })],
  ['the bot is not built', { kind: 'error', code: 'ValidationException' }, 'down', fact('lex-refused', { said })],
  [
    'the role lacks a right',
    { kind: 'error', code: 'AccessDeniedException' },
    'down',
    fact('lex-not-allowed', { said }),
  ],
  [
    'its function fails',
    { kind: 'error', code: 'DependencyFailedException' },
    'down',
    fact('lex-dependency-failed', { said }),
  ],
  [
    'Lex itself fails',
    { kind: 'error', code: 'InternalServerException' },
    'down',
    fact('lex-failed', { status: 500, said }),
  ],
  [
    'its gateway fails',
    { kind: 'error', code: 'BadGatewayException' },
    'down',
    fact('lex-failed', { status: 502, said }),
  ],
  ['a page of a proxy', { kind: 'http', status: 503 }, 'down', fact('lex-failed', { status: 503, said: '' })],
  ['busy is not down', { kind: 'rate-limit' }, 'unknown', fact('lex-throttled')],
  ['our own overlap', { kind: 'error', code: 'ConflictException' }, 'unknown', fact('lex-overlap')],
  [
    'the line is cut',
    { kind: 'reset' },
    'down',
    fact('lex-silent', { fault: fact('api-no-answer', { error: 'ECONNRESET' }) }),
  ],
  ['garbage for an answer', { kind: 'garbage' }, 'down', fact('api-answer-malformed')],
]
it.each(refusals)('%s', async (_, failure, outcome, fault) => {
  const { bot, seen } = await world()
  bot.fail(failure)
  expect(await seen(flowers)).toEqual({ outcome, fault })
  expect(bot.failuresLeft).toBe(0)
})

it('an alias that was deleted is not there', async () => {
  const { bot, seen } = await world()
  bot.deleteAlias()
  expect(await seen({ lex })).toEqual({ outcome: 'down', fault: fact('lex-not-found', { said: 'Could not find bot' }) })
})

it('a region that never answers is down when its time is over', async () => {
  const { bot, env } = await world()
  bot.fail({ kind: 'timeout' })
  expect(await seenBy({ lex }, someIo(env), 300)).toEqual({ outcome: 'down', fault: fact('timeout', { limitMs: 300 }) })
})

it('a farewell that fails takes nothing back', async () => {
  const { bot, seen } = await world()
  bot.fail({ kind: 'reset', after: 1 })
  expect(await seen({ lex })).toEqual(up)
})

it.each<[why: string, check: object, fault: object]>([
  [
    'another intent',
    { intent: 'OrderPizza' },
    fact('lex-other-intent', { intent: 'OrderFlowers', expected: 'OrderPizza' }),
  ],
  [
    'another reply',
    { reply: 'pizza' },
    fact('lex-other-reply', { reply: 'What type of flowers would you like to order?', expected: 'pizza' }),
  ],
])('%s than was expected is down', async (_, check, fault) => {
  const { seen } = await world()
  expect(await seen({ ...flowers, ...check })).toEqual({ outcome: 'down', fault })
})

it('no intent and no reply are said as such', async () => {
  const { seen } = await world({ understand: () => ({}) })
  expect(await seen(flowers)).toEqual({
    outcome: 'down',
    fault: fact('lex-other-intent', { expected: 'OrderFlowers' }),
  })
  expect(await seen({ lex, say: 'hello', reply: 'hi' })).toEqual({
    outcome: 'down',
    fault: fact('lex-other-reply', { expected: 'hi' }),
  })
})

it('a probe without keys knows nothing', async () => {
  const { bot, seen } = await world()
  expect(await seen({ lex }, { AWS_SECRET_ACCESS_KEY: '' })).toEqual({
    outcome: 'unknown',
    fault: fact('variables-not-set', { names: ['AWS_SECRET_ACCESS_KEY'] }),
  })
  expect(bot.requests).toEqual([])
})

it('is slow and down by its own limits', async () => {
  const { seen } = await world({ latencyMs: 30 })
  const over = (limitMs: number) => ({
    code: 'over-limit',
    args: { of: 'latency', tookMs: expect.any(Number), limitMs },
  })
  expect(await seen({ lex, degraded: '5ms' })).toMatchObject({ outcome: 'degraded', fault: over(5) })
  expect(await seen({ lex, degraded: '5ms', down: '10ms' })).toMatchObject({ outcome: 'down', fault: over(10) })
})

it.each<[why: string, check: object, path: string]>([
  ['a bot of V1', { lex: 'arn:aws:lex:us-east-1:123456789012:bot:Flowers:prod' }, 'lex'],
  ['an ARN of something else', { lex: 'arn:aws:lex:us-east-1:123456789012:bot/ABCDEFGHIJ' }, 'lex'],
  ['a locale of another form', { lex, locale: 'en-US' }, 'locale'],
  ['an intent of nothing said', { lex, intent: 'OrderFlowers' }, 'intent'],
  ['a warning that comes too late', { lex, degraded: '2s', down: '1s' }, 'degraded'],
])('refuses %s', (_, check, path) => {
  expect(lexConfig.schema.safeParse(check).error?.issues.map((issue) => issue.path)).toEqual([[path]])
})

it('may do no more than talk to that one alias', () => {
  expect(lexConfig.permissions?.aws?.(lexConfig.schema.parse({ lex }))).toMatchObject([
    { on: ['arn:${AWS::Partition}:lex:us-east-1:${AWS::AccountId}:bot-alias/ABCDEFGHIJ/KLMNOPQRST'] },
  ])
})
