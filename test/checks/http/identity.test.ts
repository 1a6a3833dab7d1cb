import type { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { serveNames } from '../dns/server.ts'
import { seenBy, someIo } from '../records.ts'
import { chainPem, httpsTarget, httpTarget, showsChain } from '../targets.ts'

const root = chainPem('root')
const client = chainPem('client')
const env = { KEY: chainPem('key'), PASSWORD: 'p@ss:wörd', TOKEN: 't0ken' }

describe('credentials', () => {
  const cases: [reason: string, keys: Record<string, unknown>, authorization: string][] = [
    [
      'basic, in UTF-8',
      { basic: { user: 'probe', password: `\${PASSWORD}` } },
      `Basic ${Buffer.from('probe:p@ss:wörd').toString('base64')}`,
    ],
    ['bearer', { bearer: `\${TOKEN}` }, 'Bearer t0ken'],
  ]
  it.each(cases)('%s', async (_reason, keys, authorization) => {
    let got: string | undefined
    let elsewhere: string | undefined = 'not asked'
    const other = await httpTarget((request, response) => {
      elsewhere = request.headers.authorization
      response.end()
    })
    const url = await httpTarget((request, response) => {
      got = request.headers.authorization
      response.writeHead(302, { location: other }).end()
    })
    expect(await seenBy({ http: url, ...keys }, someIo(env))).toMatchObject({ outcome: 'up' })
    expect([got, elsewhere]).toEqual([authorization, undefined])
  })

  it('that are not set are our own trouble', async () => {
    const seen = await seenBy({ http: 'http://127.0.0.1:1/', bearer: `\${TOKEN}` })
    expect(seen).toEqual({ outcome: 'unknown', fault: fact('variables-not-set', { names: ['TOKEN'] }) })
  })
})

describe('a custom authority', () => {
  it('is trusted in place of the public ones', async () => {
    const url = await httpsTarget(showsChain(), (_request, response) => void response.end())
    expect(await seenBy({ http: url, ca: root })).toMatchObject({ outcome: 'up' })
    expect(await seenBy({ http: url })).toMatchObject({ outcome: 'down', fault: { code: 'certificate-untrusted' } })
    const other = await httpsTarget('good', (_request, response) => void response.end())
    expect(await seenBy({ http: other, ca: root })).toMatchObject({
      outcome: 'down',
      fault: { code: 'certificate-untrusted' },
    })
  })
})

describe('a client certificate', () => {
  const asking = (onPeer: (name: unknown) => void, location?: string) =>
    httpsTarget(showsChain({ ca: root, requestCert: true, rejectUnauthorized: false }), (request, response) => {
      const socket = request.socket as TLSSocket
      onPeer(socket.authorized ? socket.getPeerCertificate().subject.CN : 'nobody')
      response.writeHead(location ? 302 : 200, location ? { location } : {}).end()
    })

  it('is shown to the host of the check, and to no other', async () => {
    const shown: unknown[] = []
    const other = await asking((name) => shown.push(name))
    const url = (await asking((name) => shown.push(name), other)).replace('127.0.0.1', 'mail.example')
    const keys = { http: url, address: '127.0.0.1', ca: root, clientCert: client, clientKey: `\${KEY}` }
    expect(await seenBy(keys, someIo(env))).toMatchObject({ outcome: 'up' })
    expect(shown).toEqual(['probe', 'nobody'])
  })

  it('may have its key on one line, with \\n for each end of a line', async () => {
    const shown: unknown[] = []
    const url = await asking((name) => shown.push(name))
    const keys = { http: url, ca: root, clientCert: client, clientKey: `\${KEY}` }
    await seenBy(keys, someIo({ KEY: env.KEY.replaceAll('\n', '\\n') }))
    expect(shown).toEqual(['probe'])
  })

  const unusable: [reason: string, key: string, fault: object][] = [
    ['a key that is none', 's3cret', { code: 'certificate-unusable', args: { error: expect.any(String) } }],
    ['the key of another', otherKey(), fact('client-key-mismatch')],
  ]
  it.each(unusable)('is our own trouble with %s, which is not told', async (_reason, key, fault) => {
    const keys = { http: 'https://127.0.0.1:1/', clientCert: client, clientKey: `\${KEY}` }
    const seen = await seenBy(keys, someIo({ KEY: key }))
    expect(seen.outcome).toBe('unknown')
    expect(seen.fault).toEqual(fault)
    expect(JSON.stringify(seen.fault)).not.toContain('s3cret')
  })
})

describe('the way to the target', () => {
  it('may be a fixed address, which no other host gets', async () => {
    await serveNames({ 'other.example': ['127.0.0.1'] })
    const other = (await httpTarget((_request, response) => void response.end())).replace('127.0.0.1', 'other.example')
    let host: string | undefined
    const url = await httpTarget((request, response) => {
      host = request.headers.host
      response.writeHead(302, { location: other }).end()
    })
    const named = url.replace('127.0.0.1', 'pay.example')
    const seen = await seenBy({ http: named, address: '127.0.0.1' })
    expect(seen.outcome).toBe('up')
    expect(host).toBe(named.slice('http://'.length))
    // Of the second host alone.
    expect(seen.phases).toHaveProperty('dns')
    expect((await seenBy({ http: named, address: '127.0.0.1', redirects: 0 })).phases).not.toHaveProperty('dns')
  })

  it('is refused to a fixed address of metadata', async () => {
    const keys = { http: 'http://pay.example/', address: `\${ADDRESS}` }
    const seen = await seenBy(keys, someIo({ ADDRESS: '169.254.169.254' }))
    expect(seen).toEqual({ outcome: 'down', fault: fact('metadata-refused', { address: '169.254.169.254' }) })
  })

  it('can need one version of IP', async () => {
    const url = await httpTarget((_request, response) => void response.end())
    await serveNames({ 'both.example': ['127.0.0.1', '2001:db8:0:0:0:0:0:1'], 'four.example': ['127.0.0.1'] })
    const at = (name: string) => url.replace('127.0.0.1', name)
    expect(await seenBy({ http: at('both.example'), ipVersion: 4 })).toMatchObject({ outcome: 'up' })
    const six = await seenBy({ http: at('four.example'), ipVersion: 6 })
    expect(six).toMatchObject({ outcome: 'down', fault: fact('dns-failed', { why: 'no-address' }) })
    const literal = await seenBy({ http: `\${URL}`, ipVersion: 6 }, someIo({ URL: url }))
    expect(literal).toMatchObject({ outcome: 'down', fault: fact('no-ip-address', { ipVersion: 6 }) })
  })
})

function otherKey(): string {
  return `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r
1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G
-----END PRIVATE KEY-----
`
}
