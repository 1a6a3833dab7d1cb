import { describe, expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { references } from '../../shared/contracts/references.ts'

const text = `
baseUrl: \${BASE_URL}
vantages: { sg: aws/ap-southeast-1, fra: aws/eu-central-1 }
channels:
  phone: [{ to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }]
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }
policies: { default: { layers: [{ page: lin }] } }
defaults: { chat: [wecom], runbook: "https://wiki.example.com/{project}/{check}" }
projects:
  pay:
    title: 支付
    checks:
      web: { title: 收银台, http: "https://pay.example.com/", headers: { authorization: "Bearer \${PAY_TOKEN}" } }
      eu: { title: 欧洲, http: "https://eu.example.com/", headers: { cookie: "\${EU_COOKIE}" }, from: [fra] }
`
const { config } = loadConfig(text, 'fenghuo.yml')
if (!config) throw new Error('the configuration has mistakes')
const whole: CompiledConfig = config

describe('a probe', () => {
  const probe = compileFor('probe', whole, 'aws/ap-southeast-1')

  it('has only the checks of its own vantage', () => {
    expect(probe.checks.map(({ id, from }) => ({ id, from }))).toEqual([
      { id: 'pay/web', from: ['aws/ap-southeast-1'] },
    ])
    expect(probe.vantages).toEqual({ sg: 'aws/ap-southeast-1' })
    expect(compileFor('probe', whole, 'aws/eu-central-1').checks.map(({ id }) => id)).toEqual(['pay/web', 'pay/eu'])
  })

  it('knows nobody and no channel', () => {
    expect(probe).toMatchObject({ projects: {}, policies: {}, channels: {} })
    expect(references(probe)).toEqual(['PAY_TOKEN'])
  })

  it.each([
    { keys: '', urgent: ['down'], reason: 'a failing check is critical, a slow one a warning' },
    { keys: 'severity: error', urgent: ['down'], reason: 'an error disturbs people, too' },
    { keys: 'severity: warning', urgent: [], reason: 'nobody is woken by a warning' },
    { keys: 'severity: info, degradedSeverity: critical', urgent: ['degraded'], reason: 'slowness alone' },
    { keys: 'degradedSeverity: error', urgent: ['down', 'degraded'], reason: 'both' },
  ])('knows when a check is urgent: $reason', ({ keys, urgent }) => {
    const { config: read } = loadConfig(
      text.replace('title: 收银台,', `title: 收银台, ${keys && `${keys},`}`),
      'fenghuo.yml',
    )
    expect(compileFor('probe', read ?? whole, 'aws/ap-southeast-1').checks).toMatchObject([{ urgentWhen: urgent }])
    expect(compileFor('evaluate', read ?? whole).checks[0]).not.toHaveProperty('urgentWhen')
  })

  it.each([
    [
      'aws/us-east-1',
      'no vantage of the configuration is aws/us-east-1; there are: aws/ap-southeast-1, aws/eu-central-1',
    ],
    [undefined, 'no vantage of the configuration is (not given); there are: aws/ap-southeast-1, aws/eu-central-1'],
  ])('needs a vantage that exists, not %s', (vantage, message) => {
    expect(() => compileFor('probe', whole, vantage)).toThrow(message)
  })
})

it('heartbeat knows which checks wait for a job, and nothing else', () => {
  const jobs = `projects:
  data: { title: 数据, runbook: "https://wiki.example.com/\${WIKI}", checks: { nightly: { title: 跑批, heartbeat: 1d } } }`
  const { config: both, problems } = loadConfig(text.replace('projects:', jobs), 'fenghuo.yml')
  expect(problems).toEqual([])
  const part = compileFor('heartbeat', both ?? whole)
  expect(references(part)).toEqual([])
  expect(part).toMatchObject({ projects: {}, policies: {}, channels: {}, vantages: {} })
  expect(part.checks.map(({ id }) => id)).toEqual(['data/nightly'])
})

it('acknowledge has what verifies the callbacks of a channel, and not by what it sends', () => {
  const app = (more: string) =>
    `  app: { type: wecom-app, corp: ww1, agent: 1, secret: "\${APP_SECRET}", to: "@all"${more} }\n`
  const withApp = (more: string) =>
    loadConfig(text.replace('channels:\n', `channels:\n${app(more)}`), 'fenghuo.yml').config ?? whole
  const listening = withApp(`, callback: { token: "\${APP_TOKEN}", aesKey: "\${APP_KEY}" }`)
  expect(references(compileFor('acknowledge', listening))).toEqual(['APP_KEY', 'APP_TOKEN', 'BASE_URL'])
  expect(references(compileFor('acknowledge', withApp('')))).toEqual(['BASE_URL'])
})

it.each([
  ['evaluate', ['BASE_URL'], 2],
  ['watch', ['BASE_URL'], 2],
  ['acknowledge', ['BASE_URL'], 0],
  ['page', ['BASE_URL', 'CONNECT_INSTANCE_ID', 'WECOM_KEY'], 0],
] as const)('%s has the secrets %j and %d checks', (fn, secrets, checks) => {
  const part = compileFor(fn, whole)
  expect(references(part)).toEqual(secrets)
  expect(part.checks).toHaveLength(checks)
  expect(Object.keys(part.projects)).toEqual(['pay', 'fenghuo'])
  expect(Object.keys(part.policies)).toEqual(['default'])
  expect(Object.keys(part.channels)).toEqual(['phone', 'wecom'])
})

it('only page knows where the console is, and nobody else’s part has who may sign in', () => {
  const url = 'https://console.example.com'
  const config = { ...whole, console: { url, access: [] } }
  expect(compileFor('page', config)).toMatchObject({ consoleUrl: url })
  for (const fn of ['page', 'acknowledge', 'watch', 'evaluate'] as const)
    expect(compileFor(fn, config)).not.toHaveProperty('console')
  expect(compileFor('watch', config)).not.toHaveProperty('consoleUrl')
  expect(compileFor('page', whole)).not.toHaveProperty('consoleUrl')
})
