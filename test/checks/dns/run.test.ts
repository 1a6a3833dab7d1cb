import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { overLimit, seenBy, someIo } from '../records.ts'
import { serveNames } from './server.ts'
import { dnsTarget, labels, shorts, text } from './target.ts'

const ip = (address: string) => Buffer.from(address.split('.').map(Number))
const soa = Buffer.concat([labels('ns1.example'), labels('admin.example'), shorts(0, 7, 0, 60, 0, 30, 0, 900, 0, 10)])
const caa = (tag: string, value: string) => Buffer.concat([Buffer.from([0]), text(tag), Buffer.from(value)])
const zone = {
  'A shop.example': [ip('203.0.113.7'), ip('203.0.113.8')],
  'A one.example': [ip('203.0.113.7')],
  'AAAA six.example': [Buffer.from('20010db8000000000000000000000001', 'hex')],
  'CNAME www.example': [labels('Shop.example')],
  'MX example': [Buffer.concat([shorts(10), labels('mail.example')])],
  'NS example': [labels('ns1.example'), labels('ns2.example')],
  'PTR 7.113.0.203.in-addr.arpa': [labels('shop.example')],
  'TXT example': [Buffer.concat([text('v=spf1 '), text('-all')]), text('Hello. World.')],
  'SRV _sip._tcp.example': [Buffer.concat([shorts(1, 2, 5060), labels('sip.example')])],
  'CAA example': [caa('issue', 'ca.example')],
  'CAA many.example': [caa('Issue', 'ca.example; validationmethods=dns-01'), caa('iodef', 'mailto:sec@example')],
  'SOA example': [soa],
  'A broken.example': 'SERVFAIL',
  'A closed.example': 'REFUSED',
  'A strange.example': 'NOTIMP',
} as const satisfies Parameters<typeof dnsTarget>[0]

const asking = async (keys: Record<string, unknown>, timeoutMs = 2_000) =>
  seenBy({ server: await dnsTarget({ ...zone }), ...keys }, someIo(), timeoutMs)

describe('an answer that is right', () => {
  const cases: [reason: string, keys: Record<string, unknown>][] = [
    ['any address', { dns: 'shop.example' }],
    ['one address', { dns: 'one.example', expect: '203.0.113.7' }],
    ['all addresses, in any order', { dns: 'shop.example', expect: ['203.0.113.8', '203.0.113.7'] }],
    ['addresses that are among others', { dns: 'one.example', among: ['203.0.113.8', '203.0.113.7'] }],
    ['a name with its last dot, whatever its case', { dns: 'One.Example.', expect: '203.0.113.7' }],
    ['AAAA, however it is written', { dns: 'six.example', type: 'AAAA', expect: '2001:DB8:0:0::1' }],
    ['CNAME', { dns: 'www.example', type: 'CNAME', expect: 'shop.example.' }],
    ['MX', { dns: 'example', type: 'MX', expect: '10 mail.example' }],
    ['NS', { dns: 'example', type: 'NS', expect: ['ns2.example', 'NS1.example'] }],
    ['PTR', { dns: '7.113.0.203.in-addr.arpa', type: 'PTR', expect: 'shop.example' }],
    ['TXT, its parts put together', { dns: 'example', type: 'TXT', expect: ['v=spf1 -all', 'Hello. World.'] }],
    ['SRV', { dns: '_sip._tcp.example', type: 'SRV', expect: '1 2 5060 sip.example' }],
    ['CAA', { dns: 'example', type: 'CAA', expect: '0 issue ca.example' }],
    ['SOA', { dns: 'example', type: 'SOA', expect: 'ns1.example admin.example 7 60 30 900 10' }],
    ['TXT among several', { dns: 'example', type: 'TXT', contains: 'v=spf1' }],
    ['several TXT, each in one of them', { dns: 'example', type: 'TXT', contains: ['Hello. World.', '-all'] }],
    ['one TXT of those that it may be', { dns: 'example', type: 'TXT', oneOf: ['v=spf2', 'v=spf1'] }],
    ['one address of those that it may be', { dns: 'shop.example', oneOf: ['203.0.113.9', '203.0.113.8'] }],
    ['an address among several', { dns: 'shop.example', contains: '203.0.113.8' }],
    ['CAA as zones have it', { dns: 'example', type: 'CAA', expect: '0 ISSUE "ca.example"' }],
    ['CAA by one', { dns: 'many.example', type: 'CAA', contains: '0 issue "ca.example' }],
    ['CAA by a part', { dns: 'many.example', type: 'CAA', contains: ['ca.example', 'mailto:sec@example'] }],
    ['no record, where none is expected', { dns: 'one.example', type: 'AAAA', expect: [] }],
    ['no such name, where that is expected', { dns: 'gone.example', code: 'NXDOMAIN' }],
    ['a refusal, where that is expected', { dns: 'closed.example', code: 'REFUSED' }],
  ]
  it.each(cases)('%s', async (_reason, keys) => {
    const seen = await asking(keys)
    expect([seen.outcome, seen.fault]).toEqual(['up', undefined])
    expect(Object.keys(seen.phases ?? {})).toEqual(['dns'])
    expect(seen.latencyMs).toBeGreaterThan(0)
  })
})

describe('an answer that is not', () => {
  const cases: [reason: string, keys: Record<string, unknown>, fault: Fact][] = [
    [
      'another address',
      { dns: 'one.example', expect: '203.0.113.9' },
      fact('dns-differs', {
        type: 'A',
        found: { first: ['203.0.113.7'], more: 0 },
        expected: { first: ['203.0.113.9'], more: 0 },
      }),
    ],
    [
      'an address too many',
      { dns: 'shop.example', expect: '203.0.113.7' },
      fact('dns-differs', {
        type: 'A',
        found: { first: ['203.0.113.7', '203.0.113.8'], more: 0 },
        expected: { first: ['203.0.113.7'], more: 0 },
      }),
    ],
    [
      'an address too few',
      { dns: 'one.example', expect: ['203.0.113.7', '203.0.113.8'] },
      fact('dns-differs', {
        type: 'A',
        found: { first: ['203.0.113.7'], more: 0 },
        expected: { first: ['203.0.113.7', '203.0.113.8'], more: 0 },
      }),
    ],
    [
      'a stranger',
      { dns: 'shop.example', among: ['203.0.113.7'] },
      fact('dns-unexpected', { type: 'A', value: '203.0.113.8' }),
    ],
    [
      'what is only a part of an address',
      { dns: 'shop.example', contains: '203.0.113.70' },
      fact('dns-lacks', {
        type: 'A',
        found: { first: ['203.0.113.7', '203.0.113.8'], more: 0 },
        lacks: { first: ['203.0.113.70'], more: 0 },
      }),
    ],
    [
      'CAA of others',
      { dns: 'example', type: 'CAA', oneOf: ['other.example', 'third.example'] },
      fact('dns-none-of', {
        type: 'CAA',
        found: { first: ['0 issue ca.example'], more: 0 },
        of: { first: ['other.example', 'third.example'], more: 0 },
      }),
    ],
    [
      'a record where none is expected',
      { dns: 'one.example', expect: [] },
      fact('dns-differs', { type: 'A', found: { first: ['203.0.113.7'], more: 0 }, expected: { first: [], more: 0 } }),
    ],
    ['no record', { dns: 'one.example', type: 'MX' }, fact('dns-no-record', { type: 'MX' })],
    ['no such name', { dns: 'gone.example' }, fact('dns-failed', { why: 'no-such-host' })],
    ['a failure', { dns: 'broken.example' }, fact('dns-failed', { why: 'server-failed' })],
    ['a refusal', { dns: 'closed.example' }, fact('dns-failed', { why: 'refused' })],
    ['another code', { dns: 'strange.example' }, fact('dns-failed', { why: 'not-implemented' })],
    [
      'an answer where none is expected',
      { dns: 'one.example', code: 'NXDOMAIN' },
      fact('dns-code', { answered: 'NOERROR', expected: 'NXDOMAIN' }),
    ],
  ]
  it.each(cases)('%s', async (_reason, keys, fault) => {
    expect(await asking(keys)).toMatchObject({ outcome: 'down', fault })
  })
})

describe('a server', () => {
  it('that is silent', async () => {
    const seen = await seenBy({ dns: 'shop.example', server: await dnsTarget({}, 9) }, someIo(), 200)
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('timeout', { limitMs: 200, waitingFor: 'dns' }) })
  })

  it('that is not there', async () => {
    const seen = await seenBy({ dns: 'shop.example', server: '127.0.0.1:9' })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('dns-failed', { why: 'no-server' }) })
  })

  it("that is a cloud's metadata service", async () => {
    const seen = await seenBy({ dns: 'shop.example', server: `\${DNS}` }, someIo({ DNS: '169.254.169.254' }))
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('metadata-refused', { address: '169.254.169.254' }) })
  })

  it('that is no address is a mistake of ours', async () => {
    const seen = await seenBy({ dns: 'shop.example', server: `\${DNS}` }, someIo({ DNS: 'dns.example:x' }))
    expect(seen).toMatchObject({ outcome: 'unknown', fault: fact('dns-server-unusable') })
  })

  it('may be named, and is found by the system', async () => {
    const [, port] = (await dnsTarget({ ...zone })).split(':')
    await serveNames({ 'ns.example': ['127.0.0.1'], 'sly.example': ['169.254.169.254'] })
    const named = (server: string) => seenBy({ dns: 'one.example', server, expect: '203.0.113.7' })
    expect(await named(`ns.example:${port}`)).toMatchObject({ outcome: 'up' })
    expect(await named(`gone.example:${port}`)).toMatchObject({
      outcome: 'down',
      fault: fact('dns-server-not-found', { host: 'gone.example' }),
    })
    expect(await named('sly.example')).toMatchObject({
      outcome: 'down',
      fault: fact('metadata-refused', { address: '169.254.169.254' }),
    })
  })

  it("is the system's, unless one is given", async () => {
    await serveNames({ 'shop.example': ['192.0.2.1'] })
    expect(await seenBy({ dns: 'shop.example', expect: '192.0.2.1' })).toMatchObject({ outcome: 'up' })
    expect(await asking({ dns: 'shop.example', expect: '192.0.2.1' })).toMatchObject({ outcome: 'down' })
  })

  it('is asked again when a question was lost', async () => {
    const server = await dnsTarget({ ...zone }, 1)
    const seen = await seenBy({ dns: 'one.example', server, degraded: '500ms' }, someIo(), 3_000)
    expect(seen).toMatchObject({ outcome: 'degraded', fault: overLimit(500) })
  })

  it('may be asked by other checks, too, and has no hosts file', async () => {
    await serveNames({}, { 'shop.example': '127.0.0.1' })
    const server = await dnsTarget({ 'A shop.example': [ip('127.0.0.1')] })
    const at = (name: string) => seenBy({ tcp: `${name}:9`, resolver: server })
    expect(await at('shop.example')).toMatchObject({ outcome: 'down', fault: fact('connection-refused') })
    expect(await at('gone.example')).toMatchObject({
      outcome: 'down',
      fault: fact('dns-failed', { why: 'no-such-host' }),
    })
    expect(await at('localhost')).toMatchObject({ outcome: 'down', fault: fact('dns-failed', { why: 'no-such-host' }) })
  })
})
