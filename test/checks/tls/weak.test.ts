import { readFileSync } from 'node:fs'
import type { TlsOptions } from 'node:tls'
import { expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { seenBy } from '../records.ts'
import { tlsTarget } from '../targets.ts'

const pem = (name: string) => readFileSync(new URL(`../../samples/tls-weak/${name}.pem`, import.meta.url), 'utf8')

/** A server that takes whatever anybody does, as old ones do. */
const shows = (cert: string, key: string, more: TlsOptions = {}): TlsOptions => ({
  cert: pem(cert),
  key: pem(key),
  ciphers: 'DEFAULT:@SECLEVEL=0',
  ...more,
})

/** Node 24 refuses all but the first and the last; 18 and 20 take all but SHA-1. */
const cases: [reason: string, server: TlsOptions, outcome: string, fault: Fact | { code: string }][] = [
  ['a strong key', shows('rsa-2048', 'rsa-2048.key'), 'up', { code: 'certificate-expires' }],
  [
    'an RSA key',
    shows('rsa-1024', 'rsa-1024.key'),
    'down',
    fact('key-too-weak', { of: 'RSA', bits: 1024, least: 2048 }),
  ],
  [
    'an exchange of keys',
    shows('rsa-2048', 'rsa-2048.key', {
      ciphers: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
      dhparam: pem('dh-1024'),
      maxVersion: 'TLSv1.2',
    }),
    'down',
    fact('key-too-weak', { of: 'DH', bits: 1024, least: 2048 }),
  ],
  [
    "an issuer's key",
    shows('weak-intermediate', 'rsa-2048.key'),
    'down',
    fact('key-too-weak', { of: 'RSA', bits: 1024, least: 2048 }),
  ],
  ['a signature', shows('sha1', 'rsa-2048.key'), 'down', fact('certificate-untrusted', { why: 'weak-signature' })],
]
it.each(cases)('%s is judged alike by every Node', async (_reason, server, outcome, fault) => {
  expect(await seenBy({ tls: await tlsTarget(server), ca: pem('root') })).toMatchObject({ outcome, fault })
})
