import { expect, it } from 'vitest'
import { resolveHost } from '../../../shared/checks/network/resolve.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { serveNames } from '../dns/server.ts'

const reach = { allowMetadata: false }
const scope = new AbortController().signal
const six = '2001:db8:0:0:0:0:0:1'
const found: [reason: string, host: string, addresses: string[]][] = [
  ['all addresses, in the order of the server', 'two.example', ['192.0.2.1', '192.0.2.2']],
  ['IPv4 alone, if there is any', 'both.example', ['192.0.2.3']],
  ['IPv6 else', 'six.example', ['2001:db8::1']],
  ['the hosts file, for a name that DNS does not know', 'printer.lan', ['10.0.0.9']],
  ['the hosts file, for a name whose DNS fails', 'broken.example', ['10.0.0.8']],
  ['the hosts file alone, for a name without a dot', 'localhost', ['127.0.0.1']],
  ['the same for a name below localhost', 'pay.localhost', ['127.0.0.1']],
]
it.each(found)('%s', async (_reason, host, addresses) => {
  const names = {
    'two.example': ['192.0.2.1', '192.0.2.2'],
    'both.example': [six, '192.0.2.3'],
    'six.example': [six],
    'broken.example': 'SERVFAIL' as const,
    localhost: ['192.0.2.66'],
    'pay.localhost': ['192.0.2.66'],
  }
  const localhost = { localhost: '127.0.0.1', 'pay.localhost': '127.0.0.1' }
  await serveNames(names, { 'printer.lan': '10.0.0.9', 'broken.example': '10.0.0.8', ...localhost })
  expect(await resolveHost(host, reach, scope)).toEqual(addresses)
})

const failures: [host: string, fault: Fact][] = [
  ['nowhere.example', fact('dns-failed', { why: 'no-such-host' })],
  ['empty.example', fact('dns-failed', { why: 'no-address' })],
  ['broken.example', fact('dns-failed', { why: 'server-failed' })],
  ['nowhere', fact('dns-failed', { why: 'no-such-host' })],
]
it.each(failures)('%s: %s', async (host, fault) => {
  await serveNames({ 'empty.example': [], 'broken.example': 'SERVFAIL' })
  await expect(resolveHost(host, reach, scope)).rejects.toMatchObject({ fault })
})
