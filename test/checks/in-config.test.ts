import { describe, expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { chainPem } from './targets.ts'

const files: Record<string, string> = {
  'certs/ca.pem': `Subject: our root\n${chainPem('root')}`,
  'certs/probe.pem': chainPem('client'),
  'certs/both.pem': `${chainPem('client')}${chainPem('key')}`,
  'certs/empty.pem': 'nothing here',
  'certs/damaged.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
}

function readText(name: string): string {
  const text = files[name]
  if (text === undefined) throw Object.assign(new Error('not found'), { code: 'ENOENT' })
  return text
}

const load = (checks: string, defaults = '') =>
  loadConfig(
    `vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom]${defaults} }
projects:
  data:
    checks:
      ${checks}
`,
    'fenghuo.yml',
    undefined,
    readText,
  )

const pay = 'https://pay.example.com'

describe('certificates', () => {
  it('are packed with the check, and nothing else of their file', () => {
    const { config, problems } = load(
      `web: { http: "${pay}", ca: certs/ca.pem, clientCert: certs/probe.pem, clientKey: "\${KEY}" }`,
    )
    expect(problems).toEqual([])
    expect(config?.checks[0]?.spec).toMatchObject({
      ca: chainPem('root'),
      clientCert: chainPem('client'),
      clientKey: `\${KEY}`,
    })
  })

  it('may come from the environment as a whole', () => {
    const { config } = load(`cert: { tls: pay.example.com, ca: "\${CA}" }`)
    expect(config?.checks[0]?.spec).toMatchObject({ ca: `\${CA}` })
  })

  it.each([
    ['none.pem', 'none.pem: there is no such file beside this one'],
    ['certs/empty.pem', 'certs/empty.pem: holds no certificate in PEM'],
    ['certs/damaged.pem', 'certs/damaged.pem: holds a certificate that is damaged'],
    [
      'certs/both.pem',
      'certs/both.pem: holds a private key, which must come from the environment: keep only the certificates',
    ],
  ])('%s is a mistake', (file, message) => {
    const { config, problems } = load(`cert: { tls: pay.example.com, ca: ${file} }`)
    expect(config).toBeUndefined()
    expect(problems).toMatchObject([{ key: 'projects.data.checks.cert.ca', line: 8, message }])
  })
})

describe('a heartbeat', () => {
  it('is run by no probe, and is known to those who judge', () => {
    const { config, problems } = load(`nightly: { heartbeat: 1d, grace: 2h }\n      web: { http: "${pay}" }`)
    expect(problems).toEqual([])
    if (config === undefined) return
    const probed = compileFor('probe', config, 'aws/ap-southeast-1').checks
    expect(probed.map(({ id }) => id)).toEqual(['data/web'])
    for (const fn of ['evaluate', 'watch'] as const) {
      expect(compileFor(fn, config).checks).toMatchObject([
        {
          id: 'data/nightly',
          kind: 'heartbeat',
          isPassive: true,
          from: [],
          spec: { periodMs: 86_400_000, graceMs: 7_200_000 },
        },
        { id: 'data/web', from: ['aws/ap-southeast-1'], spec: null },
      ])
    }
    expect(config.checks[0]).not.toHaveProperty('target')
  })

  it.each([
    'from: [sg]',
    'interval: 5m',
    'timeout: 5s',
    'retries: 1',
    'confirm: 1/1',
    'quorum: 1',
  ])('takes no %s, which would do nothing', (key) => {
    const { problems } = load(`nightly: { heartbeat: 1d, ${key} }`)
    expect(problems).toMatchObject([{ message: 'has no effect here: no probe runs this kind of check' }])
  })

  it('does not mind defaults for the others', () => {
    expect(load('nightly: { heartbeat: 1d }', ', interval: 5m, retries: 2').problems).toEqual([])
  })
})

describe('retries', () => {
  it('are handed down, and are none by default', () => {
    const { config } = load(`a: { http: "${pay}" }\n      b: { http: "${pay}", retries: 0 }`, ', retries: 2')
    expect(config?.checks.map(({ retries }) => retries)).toEqual([2, undefined])
    expect(load(`a: { http: "${pay}" }`).config?.checks[0]).not.toHaveProperty('retries')
  })

  it('are few', () => {
    expect(load(`a: { http: "${pay}", retries: 6 }`).problems).toMatchObject([{ message: 'must be at most 5, not 6' }])
  })
})

describe('a domain', () => {
  it('is asked about once an hour where the others are looked at each minute', () => {
    const { config } = load('shop: { domain: shop.example }', ', interval: 1m, timeout: 5s')
    expect(config?.checks[0]).toMatchObject({ intervalMs: 3_600_000, timeoutMs: 20_000 })
    expect(load('shop: { domain: shop.example, interval: 12h }').config?.checks[0]?.intervalMs).toBe(43_200_000)
  })

  it('is not asked about more often', () => {
    const { problems } = load('shop: { domain: shop.example, interval: 5m }')
    expect(problems).toMatchObject([
      { key: 'projects.data.checks.shop.interval', message: expect.stringMatching(/^must be at least 60m/) },
    ])
  })
})

it('kinds in the shape that people write', () => {
  const { problems } = load(`bank-gw: { tcp: gw.pay.example.com:8443 }
      cert: { tls: pay.example.com:443, degraded: 21d, down: 3d, interval: 1h }
      dns: { dns: shop.example.com, expect: 203.0.113.7 }
      redis: { tcp: r-bp1example.redis.rds.aliyuncs.com:6379, from: [sg], severity: error }
      nightly: { heartbeat: 1d, grace: 2h, severity: critical }`)
  expect(problems).toEqual([])
})
