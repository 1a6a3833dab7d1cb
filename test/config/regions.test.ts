import { expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'

const load = (lines: string) =>
  loadConfig(
    `
${lines}
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
projects: { pay: { title: 支付, chat: [wecom], checks: { web: { title: 收银台, http: https://pay.example.com/ } } } }
`,
    'fenghuo.yml',
  )

it('regions are known to whoever opens, takes or pages incidents, or sends to all, or looks at them, and to nobody else', () => {
  const { config, problems } = load('regions: [ap-southeast-1, ap-northeast-1]\nguard: 5s')
  expect(problems).toEqual([])
  if (config === undefined) return expect.unreachable()
  const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 5_000 }
  const fns = ['evaluate', 'page', 'watch', 'heartbeat', 'ingest', 'acknowledge', 'console', 'peer'] as const
  for (const fn of [...fns, 'region-health'] as const) expect(compileFor(fn, config).regions).toEqual(regions)
  expect(compileFor('probe', config, 'aws/ap-southeast-1').regions).toEqual(regions)
  expect(compileFor('region-lookup', config).regions).toBeUndefined()
})

it('a guard is a minute unless it says so', () => {
  expect(load('regions: [ap-southeast-1, ap-northeast-1]').config?.regions?.guardMs).toBe(60_000)
  expect(load('').config?.regions).toBeUndefined()
})

it.each<[why: string, lines: string, said: RegExp]>([
  ['one alone', 'regions: [ap-southeast-1]', /at least 2/],
  ['one twice', 'regions: [ap-southeast-1, ap-southeast-1]', /ap-southeast-1 is there already/],
  [
    'one that does not exist',
    'regions: [ap-southeast-1, ap-northeast-9]',
    /"ap-northeast-9" is no region of AWS \(did you mean `ap-northeast-/,
  ],
  ['a region of another cloud', 'regions: [ap-southeast-1, cn-hangzhou]', /"cn-hangzhou" is no region of AWS/],
  [
    'one that no account has beside the others',
    'regions: [ap-southeast-1, cn-north-1]',
    /cn-north-1 is in another partition of AWS than ap-southeast-1/,
  ],
  ['a guard of nothing', 'guard: 30s', /has no effect without `regions`/],
  ['a guard that is too short', 'regions: [ap-southeast-1, ap-northeast-1]\nguard: 1s', /out of range: from 5s to 10m/],
])('%s is refused', (_, lines, said) => {
  expect(
    load(lines)
      .problems.map(({ message }) => message)
      .join('\n'),
  ).toMatch(said)
})
