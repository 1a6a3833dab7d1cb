import { expect, test } from 'vitest'
import { wantedUnits } from '../../../plugins/provider/deploy-service.ts'
import {
  concealed,
  type Files,
  type PackagedFunction,
  type Service,
  secretsOf,
} from '../../../plugins/provider/service.ts'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import type { TencentFunctionDefinition } from '../../../plugins/tencent/definition.ts'
import { UNPACKED_BYTES, ZIP_BYTES } from '../../../plugins/tencent/limits.ts'
import type { Language } from '../../../shared/contracts/words.ts'
import { service } from './account.ts'

const content = tencent.pack({ 'src/a.js': Buffer.from('1') }, 'src/a.handler')

function packaged(
  change: Partial<TencentFunctionDefinition>,
  what: { bytes?: Buffer; files?: Files } = {},
): PackagedFunction<TencentFunctionDefinition> {
  return {
    key: 'a',
    definition: { name: 'probes-a', handler: 'src/a.handler', events: [], ...change },
    zip: 'a.zip',
    bytes: Buffer.from('a zip'),
    files: content,
    ...what,
  }
}

function problems(change: Partial<TencentFunctionDefinition>, what = {}, namespace = 'default'): string[] {
  const found: string[] = []
  const inIt = { ...service, provider: { ...service.provider, namespace } }
  tencent.wanted(inIt, packaged(change, what), ({ en }) => found.push(en))
  return found
}

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, '']))
const timers = (...rates: string[]) => ({ events: rates.map((rate) => ({ schedule: rate })) })

test.each([
  ['a name that begins with a digit', { name: '1a' }, 'name 1a: 2 to 60'],
  ['a name that ends with a dash', { name: 'a-' }, 'name a-: 2 to 60'],
  ['a name of 61 characters', { name: 'a'.repeat(61) }, '2 to 60'],
  ['memory between the steps', { memorySize: 200 }, 'memorySize 200: SCF has 64, 128 and multiples of 128'],
  ['too much memory', { memorySize: 4096 }, 'memorySize 4096'],
  ['too long a timeout', { timeout: 901 }, 'timeout 901: at most 900 seconds'],
  ['a runtime that there is not', { runtime: 'nodejs24.x' }, 'runtime nodejs24.x: SCF has nodejs12.x'],
  ['a description with a dash', { description: 'a - b' }, 'description "a - b"'],
  ['an environment over 4 KB', { environment: { A: 'x'.repeat(4096) } }, 'its environment has'],
  ["the vendor's own variable", { environment: { SCF_X: '1' } }, 'environment SCF_X'],
  ['a variable with a dash', { environment: { 'my-var': '1' } }, 'environment my-var: letters, digits and _'],
  ['a key of the vendor', { environment: { TENCENTCLOUD_SECRET_ID: '1' } }, 'environment TENCENTCLOUD_SECRET_ID'],
  ['a rate that the vendor has not', timers('rate(7 minutes)'), 'rate(7 minutes): SCF has only cron'],
  ['a schedule that is none', timers('often'), 'often is no schedule'],
  ['eleven timers', timers(...Array.from({ length: 11 }, () => 'rate(1 hour)')), '11 timers: at most 10'],
  [
    'two timers of a name',
    { events: [{ schedule: { rate: ['rate(1 hour)'], name: 'x' } }, { schedule: { rate: 'rate(1 day)', name: 'x' } }] },
    'two timers are called x',
  ],
  ['three repetitions', { maximumRetryAttempts: 3 }, 'maximumRetryAttempts 3: at most 2'],
  ['a wait under a minute', { maximumEventAge: 59 }, 'maximumEventAge 59: from 60 to 21600 seconds'],
  ['a wait over six hours', { maximumEventAge: 21_601 }, 'maximumEventAge 21601'],
  ['49 tags', { tags: many(49) }, '51 tags with the two that say whose it is: at most 50'],
  ["a long tag's key", { tags: { ['k'.repeat(128)]: '' } }, ': 1 to 127 characters'],
  ["a long tag's value", { tags: { team: 'v'.repeat(256) } }, 'tag team: its value may have 255 characters'],
  ["a timer's name", { events: [{ schedule: { rate: 'rate(1 hour)', name: 'a b' } }] }, 'timer a b: 1 to 60'],
  [
    "a timer's description",
    { events: [{ schedule: { rate: 'rate(1 hour)', description: 'a/b' } }] },
    'timer schedule-1: its description',
  ],
  [
    'an input over 4 KB',
    { events: [{ schedule: { rate: 'rate(1 hour)', input: 'x'.repeat(4097) } }] },
    'timer schedule-1: its input has 4097 bytes, and may have 4096',
  ],
])('%s is refused', (_, change, reason) => {
  expect(problems(change)).toEqual([expect.stringContaining(reason)])
})

test.each([
  ['a description in Chinese', { description: '每分钟检查一次，报告结果。' }],
  ['the least memory', { memorySize: 64 }],
  ['the most of everything', { memorySize: 3072, timeout: 900, name: 'a'.repeat(60) }],
  ['an environment of 4 KB to the byte', { environment: { A: 'x'.repeat(4095) } }],
  ['ten timers', timers(...Array.from({ length: 10 }, () => 'rate(1 hour)'))],
])('%s is taken', (_, change) => {
  expect(problems(change)).toEqual([])
})

test('a namespace that cannot be, and one that is too long for the name in it, are refused', () => {
  expect(problems({}, {}, 'a b')).toEqual(['provider.namespace a b: 1 to 60 letters, digits, - and _'])
  expect(problems({ name: 'a'.repeat(59) }, {}, 'n'.repeat(60))).toEqual([
    expect.stringContaining('has 119 characters with its namespace, and may have 118'),
  ])
})

test('all that is wrong with one timer is told at once', () => {
  const schedule = { rate: 'rate(7 minutes)', name: 'a b', description: 'a/b', input: 'x'.repeat(4097) }
  expect(problems({ events: [{ schedule }] })).toHaveLength(4)
})

test('a zip that no request can carry, and one that this plugin did not make, are refused', () => {
  expect(problems({}, { bytes: Buffer.alloc(ZIP_BYTES + 1) })).toEqual([
    'its zip has 7815169 bytes, and may have 7815168, as it goes with the request: bundle and minify with esbuild, ' +
      'and leave out what is not used',
  ])
  const files = { ...content, large: { length: UNPACKED_BYTES } as Uint8Array }
  expect(problems({}, { files })).toEqual([expect.stringMatching(/^its zip holds \d+ bytes, and may hold 524288000$/)])
  expect(problems({}, { files: { 'src/a.js': Buffer.from('1') } })).toEqual([
    "the zip was not packaged by this plugin: it has no entry of SCF's form",
  ])
})

test('all problems of all functions are told at once', () => {
  const refused = (language: Language, all: typeof two) => () =>
    wantedUnits({ cloud: tencent as never, service, fault: (words) => new Error(words[language]) }, all, false)
  const two = [
    packaged({ timeout: 901, memorySize: 1, handler: 'src/a.handler2' }),
    { ...packaged({ timeout: 902 }), key: 'b' },
  ]
  expect(refused('en', two)).toThrow(
    [
      'Tencent Cloud SCF would refuse this:',
      "a: handler src/a.handler2: SCF takes a function's name of 2 to 60 letters, digits, - and _ between letters",
      'a: memorySize 1: SCF has 64, 128 and multiples of 128 up to 3072',
      'a: timeout 901: at most 900 seconds',
      'b: timeout 902: at most 900 seconds',
      'two functions are called probes-a',
    ].join('\n'),
  )
  expect(refused('zh', [packaged(timers('rate(7 minutes)'))])).toThrow(
    '腾讯云云函数会拒绝：\na：rate(7 minutes)：SCF 只有 cron，一小时不是 7 分钟的整数倍',
  )
})

test("a function's word counts over the provider's", () => {
  const provider = {
    ...service.provider,
    memorySize: 256,
    timeout: 9,
    environment: { A: 'p', B: 'p' },
    tags: { t: 'p' },
  }
  const own = packaged({ timeout: 4, environment: { B: 'f' }, tags: { t: 'f' } })
  expect(tencent.wanted({ ...service, provider }, own, () => {})).toMatchObject({
    configuration: { MemorySize: 256, Timeout: 4, Environment: { A: 'p', B: 'f' } },
    tags: { t: 'f', 'serverless-service': 'probes', 'serverless-stage': 'test' },
  })
})

test('values of the environment that are long enough to be secrets are kept out of texts', () => {
  const provider = { ...service.provider, environment: { TOKEN: 'a-long-secret' } }
  const functions = [packaged({ environment: { LEVEL: 'info', KEY: 'a-long-secret-key' } }).definition]
  const secrets = secretsOf({ ...service, provider } as Service, functions)
  expect(concealed('a-long-secret-key and a-long-secret, info', secrets)).toBe('*** and ***, info')
})
