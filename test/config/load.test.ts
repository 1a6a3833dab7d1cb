import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'

const text = `
language: en
timezone: Europe/Berlin
baseUrl: https://oncall.example.com/
vantages: { sg: aws/ap-southeast-1, fra: aws/eu-central-1 }
channels:
  phone:
    - { to: "+86", type: connect, instance: "\${CONNECT_CN}", caller: "+6531580000" }
    - { to: "+", type: connect, instance: "\${CONNECT_SG}", caller: "+6531580000" }
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }
  dingtalk: { token: "\${DINGTALK_TOKEN}" }
  email: { type: smtp, host: smtp.example.com, port: 465, from: oncall@example.com }
policies:
  default:
    layers: [{ page: sre }, { page: [sre.next, lin], calls: 1, ackTimeout: 90s }]
  office:
    layers: [{ page: lin }]
    rounds: 1
    repeatEvery: 1h
    acknowledgeOn: answer
    channels: { critical: [email, chat], error: [], warning: [chat] }
defaults:
  chat: [wecom]
  from: [sg]
  timeout: 3s
  runbook: https://wiki.example.com/{project}/{check}
  labels: { team: core, tier: "1" }
projects:
  pay:
    title: Pay
    policy: office
    interval: 2m
    labels: { team: pay }
    checks:
      web: { title: Checkout, http: "https://pay.example.com/healthz" }
      api:
        title: API
        http: https://\${API_HOST}/ping
        from: [sg, fra]
        interval: 5m
        timeout: 1.5s
        confirm: 3/5
        severity: error
        runbook: https://wiki.example.com/api
        labels: { tier: "2" }
  shop: { title: Shop, chat: [dingtalk], runbook: "https://wiki.example.com/{project}" }
`

function load(source: string) {
  const { config, problems } = loadConfig(source, 'fenghuo.yml')
  expect(problems).toEqual([])
  if (!config) throw new Error('no configuration')
  return config
}

const config = load(text)

describe('a check', () => {
  const [web, api] = config.checks

  it('inherits from its project, and that from the defaults', () => {
    expect(web).toMatchObject({
      id: 'pay/web',
      project: 'pay',
      name: 'web',
      title: 'Checkout',
      kind: 'http',
      intervalMs: 120_000,
      timeoutMs: 3_000,
      confirm: { m: 2, n: 3 },
      severity: 'critical',
      from: ['aws/ap-southeast-1'],
      runbook: 'https://wiki.example.com/pay/web',
      labels: { team: 'pay', tier: '1' },
    })
  })

  it('has the last word', () => {
    expect(api).toMatchObject({
      intervalMs: 300_000,
      timeoutMs: 1_500,
      confirm: { m: 3, n: 5 },
      severity: 'error',
      from: ['aws/ap-southeast-1', 'aws/eu-central-1'],
      runbook: 'https://wiki.example.com/api',
      labels: { team: 'pay', tier: '2' },
    })
  })

  it('keeps references for the function that runs it', () => {
    expect(api?.spec).toMatchObject({ url: `https://\${API_HOST}/ping` })
  })
})

describe('a project', () => {
  it('inherits, too, but no runbook that is one per check', () => {
    expect(config.projects.pay).toEqual({
      name: 'pay',
      title: 'Pay',
      policy: 'office',
      chat: ['wecom'],
      severity: 'critical',
      stormLimit: 50,
    })
  })

  it('fills its own name into its runbook', () => {
    expect(config.projects.shop).toMatchObject({ chat: ['dingtalk'], runbook: 'https://wiki.example.com/shop' })
  })

  it('named fenghuo is there for the troubles of the system itself', () => {
    expect(config.projects.fenghuo).toEqual({
      name: 'fenghuo',
      title: 'Fenghuo',
      policy: 'default',
      chat: ['wecom'],
      severity: 'critical',
      stormLimit: 50,
    })
  })

  it('named fenghuo tells all robots when no default says which', () => {
    const bare = load(
      text.replace('  chat: [wecom]\n', '').replace('policy: office', 'policy: office\n    chat: [wecom]'),
    )
    expect(bare.projects.fenghuo?.chat).toEqual(['wecom', 'dingtalk'])
  })

  it('named fenghuo can be configured like any other', () => {
    const changed = load(`${text}  fenghuo: { title: Beacon, policy: office, chat: [dingtalk] }\n`)
    expect(changed.projects.fenghuo).toMatchObject({ title: 'Beacon', policy: 'office', chat: ['dingtalk'] })
  })
})

describe('a policy', () => {
  it('pages by default with what is configured', () => {
    expect(config.policies.default).toEqual({
      layers: [
        { page: ['sre'], calls: 2, ackTimeoutMs: 300_000 },
        { page: ['sre.next', 'lin'], calls: 1, ackTimeoutMs: 90_000 },
      ],
      rounds: 2,
      repeatEveryMs: 1_800_000,
      acknowledgeOn: 'key',
      channels: { critical: ['phone', 'chat'], error: ['chat'], warning: ['chat'], info: [] },
    })
  })

  it('says for itself what a severity uses; one that is left out tells nobody', () => {
    expect(config.policies.office).toMatchObject({
      rounds: 1,
      repeatEveryMs: 3_600_000,
      acknowledgeOn: 'answer',
      channels: { critical: ['email', 'chat'], error: [], warning: ['chat'], info: [] },
    })
  })
})

describe('channels', () => {
  it('are routes for phones, and settings under a type for the others', () => {
    const instance = { type: 'connect' }
    expect(config.channels).toMatchObject({
      phone: {
        name: 'phone',
        type: 'phone',
        settings: {
          routes: [
            { to: '+86', ...instance },
            { to: '+', ...instance },
          ],
        },
      },
      wecom: { name: 'wecom', type: 'wecom-robot', settings: { key: `\${WECOM_KEY}` } },
      dingtalk: { name: 'dingtalk', type: 'dingtalk', settings: { token: `\${DINGTALK_TOKEN}` } },
      email: { name: 'email', type: 'smtp', settings: { host: 'smtp.example.com', port: 465 } },
    })
  })
})

it('keeps what is said about the whole', () => {
  expect(config).toMatchObject({ language: 'en', timezone: 'Europe/Berlin', baseUrl: 'https://oncall.example.com' })
})

it('asks no title of what never phones or texts', () => {
  const quiet = `
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: k } }
policies: { default: { layers: [{ page: lin }] } }
projects: { pay: { chat: [wecom], checks: { web: { http: "https://pay.example.com/" } } } }
`
  const { projects, checks, timezone } = load(quiet)
  expect(projects.pay?.title).toBe('pay')
  expect(checks[0]?.title).toBe('web')
  expect(timezone).toBe('Asia/Shanghai')
})
