import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { checkGroups } from '../../plugins/config/functions.ts'
import { passiveEvaluatorOf } from '../../shared/checks/evaluators.ts'
import { checkKindConfigs } from '../../shared/checks/registered/configs.ts'
import { mistakeIn } from '../../shared/contracts/mistake.ts'

function parse(keys: Record<string, unknown>) {
  const descriptor = checkKindConfigs.find(({ kind }) => kind in keys)
  return descriptor?.schema.safeParse(keys)
}

describe('what people write becomes what a probe needs', () => {
  const reach = { allowMetadata: false }
  const verified = { minVersion: '1.2', insecure: false }
  const limits = { degraded: {}, down: {} }
  const cases: [keys: Record<string, unknown>, spec: object][] = [
    [{ tcp: 'gw.example.com:8443' }, { target: 'gw.example.com:8443', ...limits, ...reach }],
    [
      { tcp: '[fd00::1]:6379', send: 'PING\r\n', expect: '+PONG', degraded: '100ms', down: '1s', ipVersion: 6 },
      {
        target: '[fd00::1]:6379',
        send: 'PING\r\n',
        expect: '+PONG',
        degraded: { latency: 100 },
        down: { latency: 1000 },
        ipVersion: 6,
        ...reach,
      },
    ],
    [{ tls: 'pay.example.com' }, { target: 'pay.example.com:443', ...verified, ...reach }],
    [
      { tls: 'mail.example.com', starttls: 'smtp' },
      { target: 'mail.example.com:25', starttls: 'smtp', ...verified, ...reach },
    ],
    [{ tls: 'fd00::1' }, { target: '[fd00::1]:443', ...verified, ...reach }],
    [{ tls: '[fd00::1]' }, { target: '[fd00::1]:443', ...verified, ...reach }],
    [{ tls: `\${HOST}` }, { target: `\${HOST}:443`, ...verified, ...reach }],
    [
      { tls: 'pay.example.com:8443', degraded: '21d', down: '3d', minVersion: 1.3, serverName: 'pay.internal' },
      {
        target: 'pay.example.com:8443',
        degradedMs: 21 * 86_400_000,
        downMs: 3 * 86_400_000,
        ...verified,
        minVersion: '1.3',
        serverName: 'pay.internal',
        ...reach,
      },
    ],
    [{ dns: 'shop.example.com', expect: '203.0.113.7' }, dnsSpec({ expect: ['203.0.113.7'] })],
    [
      { dns: 'shop.example.com', type: 'MX', server: '10.0.0.2:5353', among: ['10 a.example'], degraded: '50ms' },
      dnsSpec({ type: 'MX', server: '10.0.0.2:5353', among: ['10 a.example'], degraded: { latency: 50 } }),
    ],
    [
      { dns: 'shop.example.com', code: 'NXDOMAIN', server: '169.254.169.253' },
      dnsSpec({ code: 'NXDOMAIN', server: '169.254.169.253' }),
    ],
    [
      { domain: '例子.Example.CN.', degraded: '30d', down: '7d' },
      { name: 'xn--fsqu00a.example.cn', degradedMs: 30 * 86_400_000, downMs: 7 * 86_400_000 },
    ],
    [
      { heartbeat: '1d', grace: '2h' },
      { periodMs: 86_400_000, graceMs: 7_200_000 },
    ],
    [{ heartbeat: '7d' }, { periodMs: 7 * 86_400_000, graceMs: 300_000 }],
  ]
  it.each(cases)('%j', (keys, spec) => {
    expect(parse(keys)).toEqual({ success: true, data: spec })
  })

  function dnsSpec(changes: object) {
    return { name: 'shop.example.com', type: 'A', code: 'NOERROR', ...limits, ...reach, ...changes }
  }
})

describe('what can not be', () => {
  const tcp = (rest: object) => ({ tcp: 'gw.example.com:8443', ...rest })
  const tls = (rest: object) => ({ tls: 'pay.example.com', ...rest })
  const dns = (rest: object) => ({ dns: 'shop.example.com', ...rest })
  const cases: [reason: string, keys: Record<string, unknown>, path: string, message: RegExp][] = [
    ['no port', { tcp: 'gw.example.com' }, 'tcp', /not a host and port, such as gw\.example\.com:8443$/],
    ['a port that is none', { tcp: 'gw.example.com:70000' }, 'tcp', /^70000 is not a port: they go from 1 to 65535/],
    ['port 0', { tcp: 'gw.example.com:0' }, 'tcp', /^0 is not a port/],
    ['a URL', { tcp: 'tcp://gw.example.com:80' }, 'tcp', /leave out the scheme/],
    [
      'a URL for TLS',
      { tls: 'https://pay.example.com' },
      'tls',
      /such as gw\.example\.com or .*: leave out the scheme/,
    ],
    ['an IPv6 address without brackets', { tcp: 'fd00::1:80' }, 'tcp', /not a host and port/],
    ['metadata', { tcp: '169.254.169.254:80' }, 'tcp', /metadata service; write `allowMetadata: true`/],
    ['metadata for TLS', { tls: '100.100.100.200' }, 'tls', /metadata service/],
    ['an empty text', tcp({ expect: '' }), 'expect', /./],
    ['warnings in the wrong order', tls({ degraded: '3d', down: '21d' }), 'degraded', /longer than `down`/],
    ['an older TLS', tls({ minVersion: '1.1' }), 'minVersion', /./],
    ['an address as a name', tls({ serverName: '10.0.0.1' }), 'serverName', /must be a name/],
    ['STARTTLS of something else', tls({ starttls: 'xmpp' }), 'starttls', /./],
    ['a certificate without key', tls({ clientCert: 'a.pem' }), 'clientCert', /needs its private key/],
    ['an address to ask for', { dns: '203.0.113.7' }, 'dns', /DNS is asked for names/],
    ['a URL to ask for', { dns: 'https://shop.example.com/' }, 'dns', /not a name/],
    ['a label that is too long', { dns: `${'a'.repeat(64)}.example` }, 'dns', /not a name/],
    ['a type that there is not', dns({ type: 'ANY' }), 'type', /./],
    [
      'a name where an address must be',
      dns({ expect: 'pay.example.com' }),
      'expect',
      /is not the value of an A record/,
    ],
    ['IPv4 for AAAA', dns({ type: 'AAAA', expect: '203.0.113.7' }), 'expect', /not the value of an AAAA record/],
    [
      'an MX without preference',
      dns({ type: 'MX', among: ['mail.example'] }),
      'among',
      /not the value of an MX record/,
    ],
    ['two expectations', dns({ expect: '192.0.2.1', among: ['192.0.2.1'] }), 'among', /too much beside `expect`/],
    ['nothing to be among', dns({ among: [] }), 'among', /at least 1/],
    ['values of a name that is not', dns({ code: 'NXDOMAIN', expect: '192.0.2.1' }), 'expect', /has no effect/],
    ['a server that is no address', dns({ server: '10.0.0.256' }), 'server', /not a DNS server/],
    ['a port that no server has', dns({ server: '10.0.0.2:99999' }), 'server', /not a DNS server/],
    ['a metadata server', dns({ server: '169.254.169.254' }), 'server', /metadata service/],
    [
      'a warning that comes late',
      { tcp: 'gw:1', degraded: '2s', down: '2s' },
      'degraded',
      /^at 2000ms is no sooner than/,
    ],
    ['one of DNS', dns({ degraded: '3s', down: '2s' }), 'degraded', /no sooner than `down` at 2000ms/],
    [
      'one of a phase',
      { http: 'https://pay.example.com', degraded: { tls: '2s' }, down: { latency: '1s', tls: '1s' } },
      'degraded',
      /^tls at 2000ms is no sooner/,
    ],
    ['a domain with its scheme', { domain: 'https://example.com' }, 'domain', /not a registered domain/],
    ['an address for a domain', { domain: '203.0.113.7' }, 'domain', /not a registered domain/],
    ['a top-level domain', { domain: 'com' }, 'domain', /such as example\.com/],
    ['a registry in the clear', { domain: 'example.com', rdap: 'http://rdap.example/' }, 'rdap', /https/],
    ['a domain warned of late', { domain: 'example.com', degraded: '7d', down: '7d' }, 'degraded', /longer than/],
    ['a period without a unit', { heartbeat: 60 }, 'heartbeat', /60 has no unit/],
    ['a period that is too short', { heartbeat: '30s' }, 'heartbeat', /out of range/],
    ['a grace that is too long', { heartbeat: '1d', grace: '31d' }, 'grace', /out of range/],
  ]
  it.each(cases)('%s', (_reason, keys, path, message) => {
    const [issue] = parse(keys)?.error?.issues ?? []
    expect(issue?.path.join('.')).toBe(path)
    expect(issue && mistakeIn(issue).words.en).toMatch(message)
  })
})

it('only heartbeats wait for reports', () => {
  expect(checkKindConfigs.filter(({ isPassive }) => isPassive).map(({ kind }) => kind)).toEqual(['heartbeat'])
})

it.each([
  'serverless.tencent.yml',
  'serverless.aliyun.yml',
])('%s has a function for whatever descriptors name in `runsIn`, and no other', (file) => {
  const options = { merge: true }
  const { functions } = parseYaml(readFileSync(file, 'utf8'), options) as {
    functions: Record<string, { checks?: string }>
  }
  // What is no probe runs none.
  const deployed = Object.values(functions).flatMap(({ checks }) => checks ?? [])
  expect(deployed.toSorted()).toEqual(checkGroups().toSorted())
})

it('each kind that is not passive runs in a function', () => {
  expect(checkKindConfigs.filter(({ isPassive, runsIn }) => !isPassive !== (runsIn !== undefined))).toEqual([])
})

it('each passive kind has what judges it', () => {
  for (const { kind, isPassive } of checkKindConfigs) {
    if (isPassive) expect(passiveEvaluatorOf({ kind })).toHaveProperty('consensus')
    else expect(() => passiveEvaluatorOf({ kind })).toThrow(`Nothing judges checks of ${kind}`)
  }
})
