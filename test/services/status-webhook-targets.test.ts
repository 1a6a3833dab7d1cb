import { beforeEach, describe, expect, it, vi } from 'vitest'
import { internet } from './hooked-internet.ts'
import { HookedPage } from './hooked-page.ts'

vi.mock('node:dns/promises', async (original) => (await import('./hooked-internet.ts')).dnsOf(await original()))
vi.mock('node:https', async (original) => (await import('./hooked-internet.ts')).httpsOf(await original()))

let of: HookedPage

beforeEach(async () => {
  of = new HookedPage()
  internet.hook = of.hook
  await of.hook.start()
  return () => of.hook.stop()
})

describe('an address that is none of the public internet', () => {
  it.each([
    'http://hooks.example.com/',
    'https://hooks.example.com:8443/',
    'https://hooks.example.com:22/',
    'https://user:pass@hooks.example.com/',
    'https://user@hooks.example.com/',
    'https://hooks.example.com/#part',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://203.0.113.7/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://console.localhost/',
    'https://intranet/',
    'https://metadata.google.internal/',
    'https://printer.local/',
    'https://cn-hangzhou.log-vpc.aliyuncs.com/',
    'https://①②⑦.0.0.1/',
    'ftp://hooks.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    '//hooks.example.com/',
    'hooks.example.com',
    '',
    `https://hooks.example.com/${'x'.repeat(1_000)}`,
  ])('%s is not taken', async (url) => {
    const { status, text } = await of.ask(url)
    expect(status).toBe(400)
    expect(text).toContain('Updates cannot be posted to this address')
    expect(await of.subscribers()).toEqual([])
  })

  it.each([
    ['loopback', '127.0.0.1'],
    ['this host', '0.0.0.0'],
    ['a private network', '10.1.2.3'],
    ['another', '172.31.255.255'],
    ['a third', '192.168.0.1'],
    ['a carrier’s own network, and Alibaba’s metadata', '100.100.100.200'],
    ['link-local, and the metadata of AWS', '169.254.169.254'],
    ['the metadata of Oracle', '192.0.0.192'],
    ['a network for benchmarks', '198.19.0.1'],
    ['many', '224.0.0.1'],
    ['what is reserved', '240.0.0.1'],
    ['everybody', '255.255.255.255'],
    ['loopback by IPv6', '::1'],
    ['nowhere', '::'],
    ['a private network by IPv6', 'fd00:ec2::254'],
    ['link-local by IPv6', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['many by IPv6', 'ff02::1'],
    ['an IPv4 address in IPv6', '::ffff:10.0.0.1'],
    ['the same by hexadecimals', '::ffff:a9fe:a9fe'],
    ['an IPv4 address in the old form', '::10.0.0.1'],
    ['one that a gateway translates', '::ffff:0:10.0.0.1'],
    ['one behind NAT64', '64:ff9b::a9fe:a9fe'],
    ['one behind a NAT64 of one’s own', '64:ff9b:1::a00:1'],
    ['one behind 6to4', '2002:a00:1::1'],
    ['one behind Teredo', '2001:0:a00:1::1'],
  ])('by a name that means %s is never connected to, from the question on or later', async (_, address) => {
    of.hook.names['new.example.com'] = [address]
    await of.ask('https://new.example.com/')
    expect(of.hook.connected).toEqual([])
    await of.subscribed()
    of.hook.connected.length = 0
    // The name means another address when the update comes: by itself, or beside a public one.
    of.hook.names['hooks.example.com'] = [address]
    await of.tell()
    await of.minutes(1)
    of.hook.names['hooks.example.com'] = ['203.0.113.7', address]
    await of.minutes(8)
    expect(of.hook.connected).toEqual([])
    expect(of.types()).not.toContain('status.updated')
    of.hook.names['hooks.example.com'] = ['203.0.113.7']
    await of.minutes(20)
    expect(of.hook.connected).toEqual(['203.0.113.7'])
  })
})
