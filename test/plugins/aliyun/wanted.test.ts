import { expect, test } from 'vitest'
import { aliyun } from '../../../plugins/aliyun/cloud.ts'
import type { AliyunFunctionDefinition, AliyunProviderDefinition } from '../../../plugins/aliyun/definition.ts'
import { leastCpu } from '../../../plugins/aliyun/limits.ts'
import type { Files } from '../../../plugins/provider/service.ts'

function problems(
  definition: Partial<AliyunFunctionDefinition>,
  provider: Partial<AliyunProviderDefinition> = {},
  what: { bytes?: Buffer; files?: Files } = {},
): string[] {
  const told: string[] = []
  const service = {
    name: 'demo',
    stage: 'dev',
    region: 'cn-shanghai',
    provider: { name: 'aliyun', runtime: 'nodejs20.x', ...provider },
  }
  const whole = { name: 'demo-dev-one', handler: 'index.handler', events: [], ...definition }
  const packaged = { bytes: Buffer.from('a zip'), files: { 'index.js': Buffer.from('') }, ...what }
  aliyun.wanted(service, { key: 'one', definition: whole, zip: '/one.zip', ...packaged }, ({ en }) => told.push(en))
  return told
}

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']))
const every = (count: number) => Array.from({ length: count }, () => ({ schedule: 'rate(1 minute)' }))

test.each<[AliyunProviderDefinition['api'], Partial<AliyunFunctionDefinition>, RegExp]>([
  ['3.0', { name: '1st' }, /^name 1st: .* no digit or - first/],
  ['3.0', { name: 'a'.repeat(65) }, /at most 64/],
  ['3.0', { handler: 'index' }, /^handler index: file\.function/],
  ['3.0', { handler: `${'a'.repeat(128)}.handler` }, /at most 128/],
  ['3.0', { runtime: 'nodejs24.x' }, /^runtime nodejs24\.x: Function Compute has .*nodejs20\.x/],
  ['3.0', { memorySize: 200 }, /^memorySize 200: a multiple of 64/],
  ['3.0', { memorySize: 64 }, /from 128/],
  ['3.0', { memorySize: 512, cpu: 1 }, /^cpu 1: with 512 MB a multiple of 0\.05 from 0\.15 to 0\.5/],
  ['3.0', { memorySize: 512, cpu: 0.33 }, /^cpu 0\.33/],
  ['3.0', { diskSize: 1024 }, /^diskSize 1024: 512 or 10240/],
  ['3.0', { timeout: 86_401 }, /^timeout 86401/],
  ['3.0', { instanceConcurrency: 201 }, /^instanceConcurrency 201/],
  ['3.0', { role: 'probe' }, /^role probe: write acs:ram/],
  ['3.0', { logs: { project: 'mine', logstore: '' } }, /^logs: project 'mine', logstore '': set both, or none/],
  ['3.0', { description: 'x'.repeat(257) }, /^description: 257 characters, and may have 256/],
  ['3.0', { environment: { A: 'x'.repeat(4096) } }, /^its environment has 4\d+ bytes, and may have 4096/],
  ['3.0', { environment: { _A: '' } }, /^environment _A: .* a letter first/],
  ['3.0', { environment: { FC_REGION: '' } }, /^environment FC_REGION: .* for itself/],
  ['3.0', { tags: many(19) }, /^21 tags/],
  ['3.0', { tags: { 'acs:x': '1' } }, /^tag acs:x: /],
  ['3.0', { tags: { x: 'y'.repeat(129) } }, /^tag x: its value/],
  ['3.0', { reservedConcurrency: 0 }, /^reservedConcurrency 0: at least 1/],
  ['3.0', { maximumRetryAttempts: 9 }, /^maximumRetryAttempts 9: at most 8/],
  ['3.0', { maximumEventAge: 604_801 }, /^maximumEventAge 604801/],
  ['3.0', { destinations: { onFailure: 'queue' } }, /^destinations\.onFailure queue: an ARN/],
  ['3.0', { events: every(51) }, /^51 timers: at most 50/],
  ['3.0', { events: [{ schedule: { rate: 'rate(1 day)', input: 'x'.repeat(131_073) } }] }, /131073 bytes/],
  ['3.0', { events: [{ schedule: { rate: 'rate(1 day)', name: '-x' } }] }, /^timer -x: /],
  ['3.0', { events: [{ schedule: 'every minute' }] }, /^every minute is no schedule/],
  ['3.0', { events: [{ schedule: 'cron(0 9 1 1 ? 2027)' }] }, /no years/],
  ['2.0', { cpu: 0.05 }, /^cpu: only Function Compute 3\.0 has it/],
  ['2.0', { reservedConcurrency: 1 }, /^reservedConcurrency: only/],
  ['2.0', { asyncTask: true }, /^asyncTask: only/],
  ['2.0', { role: 'acs:ram::1:role/x' }, /^role: .* set provider\.role/],
  ['2.0', { tags: { a: 'b' } }, /^tags: .* set provider\.tags/],
  ['2.0', { events: [{ schedule: { rate: 'rate(1 day)', description: 'x' } }] }, /^a description of a timer/],
  ['2.0', { description: 'x'.repeat(250) }, /^description: 250 characters, and may have 20\d/],
])('on %s %o is refused before anything is called', (api = '3.0', definition, told) => {
  expect(problems(definition, { api })).toEqual([expect.stringMatching(told)])
})

test('all that is wrong is told at once', () => {
  const timer = { rate: 'cron(0 9 1 1 ? 2027)', name: '-', description: 'x'.repeat(257) }
  const events = [{ schedule: 'x' }, { schedule: timer }]
  expect(problems({ name: '1', memorySize: 1, timeout: 100_000, events })).toHaveLength(7)
})

test('a zip that no request can carry is refused', () => {
  expect(problems({}, {}, { bytes: Buffer.alloc(75 * 1024 * 1024 + 1) })).toEqual([
    'its zip has 78643201 bytes, and may have 78643200: bundle with esbuild, and leave out what is not used',
  ])
})

test.each([
  [128, 0.05, 'the least step'],
  [256, 0.1, '0.0625 is no step'],
  [512, 0.15, '0.125 is no step'],
  [1024, 0.25, 'four GB to one vCPU'],
  [32_768, 8, 'the largest'],
])('%s MB go with %s vCPU at least: %s', (memory, cpu) => {
  expect(leastCpu(memory)).toBe(cpu)
  expect(problems({ memorySize: memory })).toEqual([])
})

test('a handler that is not in the zip is refused, one in a folder is not', () => {
  const files = { 'services/probe/aliyun.js': Buffer.from('') }
  expect(aliyun.pack(files, 'services/probe/aliyun.handler')).toBe(files)
  expect(problems({ handler: 'services/probe/aliyun.handler' }, {}, { files })).toEqual([])
  expect(problems({ handler: 'aliyun.handler' }, {}, { files })).toEqual([
    'handler aliyun.handler: aliyun.js is not in the zip',
  ])
})
