import { describe, expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { references } from '../../shared/contracts/references.ts'
import { chainPem } from '../checks/targets.ts'

const load = (checks: string) =>
  loadConfig(
    `vantages: { sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom] }
projects:
  pay:
    checks:
      ${checks}
`,
    'fenghuo.yml',
    undefined,
    () => chainPem('root'),
  )

/** The specs that the probes of two vantages carry. */
function specs(checks: string) {
  const { config, problems } = load(checks)
  expect(problems).toEqual([])
  if (config === undefined) throw new Error('no configuration')
  const at = (vantage: string) => compileFor('probe', config, vantage).checks[0]
  const [sg, gz] = [at('aws/ap-southeast-1'), at('tencent/ap-guangzhou')]
  for (const check of [sg, gz]) expect(check).not.toHaveProperty('specsAt')
  for (const fn of ['evaluate', 'watch'] as const) {
    expect(compileFor(fn, config).checks[0]).toMatchObject({ spec: null })
    expect(compileFor(fn, config).checks[0]).not.toHaveProperty('specsAt')
  }
  return { sg: sg?.spec, gz: gz?.spec, config }
}

describe('limits per vantage', () => {
  it('take the place of the check`s own at that vantage, key by key', () => {
    const { sg, gz } = specs(
      'web: { http: https://pay.example.com, contains: ok, degraded: 800ms, down: { latency: 5s, tls: 1s }, at: { gz: { degraded: 2s } } }',
    )
    expect(sg).toMatchObject({ degraded: { limits: { latency: 800 } }, down: { limits: { latency: 5000, tls: 1000 } } })
    expect(gz).toEqual({ ...(sg as object), degraded: { limits: { latency: 2000 } } })
  })

  it.each([
    ['gw: { tcp: "gw.example.com:1", at: { gz: { down: 3s } } }', { down: { latency: 3000 }, degraded: {} }],
    ['dns: { dns: pay.example.com, degraded: 1s, at: { gz: { degraded: 3s } } }', { degraded: { latency: 3000 } }],
    [
      'web: { http: https://pay.example.com, at: { gz: { degraded: { firstByte: 300ms, status: 200 } } } }',
      { degraded: { limits: { firstByte: 300 }, status: [[200, 200]] } },
    ],
  ])('%s', (check, there) => {
    const { sg, gz } = specs(check)
    expect(gz).toMatchObject(there)
    expect(sg).not.toMatchObject(there)
  })

  it('leave certificates where they are', () => {
    const { sg, gz } = specs('web: { http: https://pay.example.com, ca: ca.pem, at: { gz: { degraded: 2s } } }')
    for (const spec of [sg, gz]) expect(spec).toMatchObject({ ca: chainPem('root') })
  })

  it('bring what they refer to into the probe of that vantage alone', () => {
    const check = `web: { http: https://pay.example.com, at: { gz: { degraded: { contains: "\${MARK}" } } } }`
    const { config } = specs(check)
    expect(references(compileFor('probe', config, 'tencent/ap-guangzhou'))).toEqual(['MARK'])
    expect(references(compileFor('probe', config, 'aws/ap-southeast-1'))).toEqual([])
    expect(references(compileFor('evaluate', config))).toEqual([])
  })
})

const at = (limits: string, more = '') => `web: { http: https://pay.example.com${more}, at: ${limits} }`

it.each([
  [at('{ hk: { degraded: 2s } }'), 'hk', 'no vantage is named `hk`; there are: sg, gz'],
  [at('{ gz: { degraded: 2 } }'), 'gz.degraded', '2 has no unit: write 2s, 2m, 2h or 2d'],
  [at('{ gz: { down: { latency: 3 s } } }'), 'gz.down.latency', /"3 s" is not a duration/],
  [at('{ gz: { timeout: 2s } }'), 'gz.timeout', /^unknown key; known here: degraded, down$/],
  [at('{ gz: {} }'), 'gz', 'is empty: give degraded or down'],
  [at('{ gz: 2s }'), 'gz', 'must be a mapping of keys to values, not "2s"'],
  [at('2s'), '', 'must be a mapping of keys to values, not "2s"'],
  [at('{ gz: { degraded: 2s } }', ', from: [sg]'), 'gz', 'has no effect: this check does not run from gz'],
])('%s is a mistake, with its place', (check, key, message) => {
  const { config, problems } = load(check)
  expect(config).toBeUndefined()
  expect(problems).toHaveLength(1)
  expect(problems[0]?.message).toMatch(message)
  expect(problems[0]).toMatchObject({ line: 8, key: ['projects.pay.checks.web.at', key].filter(Boolean).join('.') })
  // The place is that of the key or value itself, not of the check.
  expect(problems[0]?.column).toBeGreaterThan(6 + check.indexOf('at: '))
})

it.each([
  ['certificates', 'cert: { tls: pay.example.com, at: { gz: { degraded: 7d } } }'],
  ['heartbeats', 'job: { heartbeat: 1d, at: { gz: { degraded: 7d } } }'],
])('%s have none', (_reason, check) => {
  expect(load(check).problems).toMatchObject([{ message: expect.stringContaining('unknown key') }])
})
