import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import type { RunResult } from '../../../shared/checks/kind.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { tlsConfig } from '../../../shared/checks/tls/config.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { nodeBinary } from '../../simulators/functions/node-binary.ts'
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

/** What a probe of this file makes of the targets, as a bundle that any Node runs. */
async function bundle(): Promise<string> {
  const entry = `import { runTls } from './tls.ts'
    const io = { now: Date.now, monotonic: () => performance.now(), env: {}, signal: new AbortController().signal }
    const specs = JSON.parse(process.argv.at(-1))
    Promise.all(specs.map((spec) => runTls(spec, io, Date.now() + 10_000))).then((all) => console.log(JSON.stringify(all)))`
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: join(import.meta.dirname, '../../../shared/checks/tls'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node18',
    write: false,
  })
  return outputFiles[0]?.text ?? expect.unreachable('no bundle')
}

it.each([
  ['18', nodeBinary(18)],
  ['20', nodeBinary(20)],
  ['24', process.execPath],
])('is judged alike by Node %s', async (version, node) => {
  const targets = await Promise.all(cases.map(([, server]) => tlsTarget(server)))
  const specs = targets.map((target) => tlsConfig.schema.parse({ tls: target, ca: pem('root') }))
  const { stdout } = await promisify(execFile)(node, ['-e', await bundle(), '--', JSON.stringify(specs)])
  const seen: RunResult[] = JSON.parse(stdout)
  expect(seen, version).toMatchObject(cases.map(([, , outcome, fault]) => ({ outcome, fault })))
})
