import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { OpenApiUtil } from '@alicloud/openapi-core'
import { describe, expect, it } from 'vitest'
import { type Acs3Keys, acs3Fault } from './acs3.ts'
import { client2, client3, OWNER, refusal, startTestFc } from './fc/client.ts'
import { crc64 } from './fc/crc64.ts'
import { checkFc2Signature, fc2StringToSign } from './fc/signature.ts'
import type { VendorRequest } from './server.ts'

const sample = (name: string) => JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'))
const AT = Date.parse('2026-11-21T00:00:00Z')
const MINUTE = 60_000

interface RoaCase {
  name: string
  method: string
  pathname: string
  query: Record<string, string>
  headers: Record<string, string>
  body?: string
  authorization: string
}

describe('ACS3-HMAC-SHA256 in the ROA style', () => {
  const { accessKeyId, accessKeySecret, cases } = sample('fc-acs3-roa-vector.selfcomputed')
  const keys: Acs3Keys = { accessKeyId, accessKeySecret }

  /** As `@darabonba/typescript` sends a query: with `!'()*` as they are. */
  function received({ method, pathname, query, headers, body = '', authorization }: RoaCase): VendorRequest {
    const sent = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    return {
      method,
      path: pathname,
      query: sent.join('&'),
      params: new URLSearchParams(sent.join('&')),
      headers: { ...headers, authorization },
      body: Buffer.from(body),
    }
  }

  it.each(cases as RoaCase[])('takes the vector $name', (vector) => {
    expect(acs3Fault(received(vector), keys, AT, new Set())).toBeUndefined()
  })

  it.each([
    ['another query', { query: { limit: '10' } }],
    ['another path', { pathname: '/2023-03-30/functions/other/triggers' }],
    ['another method', { method: 'PUT' }],
  ])('refuses a vector with %s', (_what, change) => {
    expect(acs3Fault(received({ ...cases[0], ...change }), keys, AT, new Set())?.code).toBe('SignatureDoesNotMatch')
  })
})

interface Fc2Case {
  name: string
  method: string
  path: string
  headers: Record<string, string>
  queries: Record<string, string | string[]> | null
  query_sent?: string
  body?: string
  stringToSign: string
  authorization: string
}

describe('the signature of 2016-08-15', () => {
  const { accessKeyId, accessKeySecret, cases } = sample('fc2-signature-vector.selfcomputed')

  function received({
    method,
    path,
    headers,
    queries,
    query_sent = '',
    body = '',
    authorization,
  }: Fc2Case): VendorRequest {
    const params = new URLSearchParams(query_sent)
    for (const [name, value] of Object.entries(queries ?? {}))
      for (const one of [value].flat()) params.append(name, one)
    const request = { method, path, query: String(params), params, body: Buffer.from(body) }
    return { ...request, headers: { ...headers, authorization } }
  }

  it.each(cases as Fc2Case[])('takes the vector $name', (vector) => {
    const request = received(vector)
    const securityToken = vector.headers['x-fc-security-token']
    const keys = { accessKeyId, accessKeySecret, ...(securityToken === undefined ? {} : { securityToken }) }
    expect(fc2StringToSign(request)).toBe(vector.stringToSign)
    expect(() => checkFc2Signature(request, keys, AT)).not.toThrow()
  })

  it.each([
    ['a changed body', { body: '{}' }, 'InvalidArgument'],
    ['the MD5 of another body', { headers: { ...cases[0].headers, 'content-md5': 'x' } }, 'SignatureNotMatch'],
    ['another path', { path: '/2016-08-15/services/svc/functions/other/triggers' }, 'SignatureNotMatch'],
    ['another account', { headers: { ...cases[0].headers, 'x-fc-account-id': '1' } }, 'SignatureNotMatch'],
    ['no signature', { authorization: '' }, 'MissingRequiredHeader'],
    ['no date', { headers: { ...cases[0].headers, date: undefined } }, 'MissingRequiredHeader'],
  ])('refuses a vector with %s', (_what, change, code) => {
    const request = received({ ...cases[0], ...change })
    expect(() => checkFc2Signature(request, { accessKeyId, accessKeySecret }, AT)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('who may call', () => {
  const TEMPORARY = { ...OWNER, accessKeyId: 'STS.test', securityToken: 'token' }
  const STS = { ...OWNER, accessKeyId: 'STS.test' }

  it.each([
    ['its owner', {}, OWNER, undefined],
    ['another secret', {}, { ...OWNER, accessKeySecret: 'guess' }, 'SignatureNotMatch'],
    ['an unknown key', {}, { ...OWNER, accessKeyId: 'LTAIother' }, 'InvalidAccessKeyID'],
    ['temporary keys with their token', TEMPORARY, TEMPORARY, undefined],
    ['temporary keys with another token', TEMPORARY, { ...TEMPORARY, securityToken: 'old' }, 'AccessDenied'],
    ['a token that the keys do not have', STS, TEMPORARY, 'AccessDenied'],
    ['a clock 14 minutes slow', { wallClock: () => Date.now() + 14 * MINUTE }, OWNER, undefined],
    ['a clock 16 minutes slow', { wallClock: () => Date.now() + 16 * MINUTE }, OWNER, 'AccessDenied'],
    ['a clock 16 minutes fast', { wallClock: () => Date.now() - 16 * MINUTE }, OWNER, 'AccessDenied'],
  ])('%s, by both APIs', async (_what, options, identity, code) => {
    const fc = await startTestFc(options, identity)
    const error3 = await refusal(fc.fc3.getConcurrencyConfig('none'))
    const error2 = await refusal(fc.fc2.getService('none'))
    expect([error3?.code, error2?.code]).toEqual([code ?? 'FunctionNotFound', code ?? 'ServiceNotFound'])
  })

  it('no token with temporary keys', async () => {
    const { securityToken: _, ...bare } = TEMPORARY
    const fc = await startTestFc(TEMPORARY, TEMPORARY)
    const error = await refusal(client3(fc.sim.url, bare).getConcurrencyConfig('none'))
    expect(error?.code).toBe('AccessDenied')
  })

  it('another account in the header of 2.0', async () => {
    const fc = await startTestFc()
    const error = await refusal(client2(fc.sim.url, OWNER, '999').getService('none'))
    expect(error?.code).toBe('AccessDenied')
  })

  /** A signed GET with whatever is wrong with it. */
  async function raw(path: string, more: Record<string, string> = {}, times = 1): Promise<[number, string]> {
    const { sim } = await startTestFc()
    const [pathname = '', query = ''] = path.split('?')
    const headers: Record<string, string> = {
      host: '1234567890123456.cn-hangzhou.fc.aliyuncs.com',
      'x-acs-version': '2023-03-30',
      'x-acs-action': 'ListFunctions',
      'x-acs-date': new Date().toISOString().replace(/\.\d{3}/, ''),
      'x-acs-signature-nonce': 'one',
      'x-acs-content-sha256': OpenApiUtil.hash(Buffer.alloc(0), 'ACS3-HMAC-SHA256').toString('hex'),
      ...more,
    }
    const signed = { method: 'GET', pathname, query: Object.fromEntries(new URLSearchParams(query)), headers }
    const hash = headers['x-acs-content-sha256'] ?? ''
    const authorization = OpenApiUtil.getAuthorization(
      signed as Parameters<typeof OpenApiUtil.getAuthorization>[0],
      'ACS3-HMAC-SHA256',
      hash,
      OWNER.accessKeyId,
      OWNER.accessKeySecret,
    )
    const send = () =>
      new Promise<[number, string]>((resolve, reject) => {
        const outgoing = httpRequest(`${sim.url}${path}`, { headers: { ...headers, authorization } }, (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve([response.statusCode ?? 0, JSON.parse(text).code]))
        })
        outgoing.on('error', reject).end()
      })
    for (let n = 1; n < times; n++) await send()
    return send()
  }

  it.each([
    ['the account’s host', '/2023-03-30/functions', {}, 200, undefined],
    ['the region’s host', '/2023-03-30/functions', { host: 'fcv3.cn-hangzhou.aliyuncs.com' }, 200, undefined],
    [
      'another region',
      '/2023-03-30/functions',
      { host: '1234567890123456.cn-beijing.fc.aliyuncs.com' },
      403,
      'AccessDenied',
    ],
    ['another account', '/2023-03-30/functions', { host: '1.cn-hangzhou.fc.aliyuncs.com' }, 403, 'AccessDenied'],
    ['another version', '/2023-03-30/functions', { 'x-acs-version': '2021-04-06' }, 400, 'InvalidArgument'],
    ['another version’s path', '/2021-04-06/functions', {}, 400, 'PathNotSupported'],
    ['an unknown path', '/2023-03-30/lambdas', {}, 400, 'PathNotSupported'],
    ['another action', '/2023-03-30/functions', { 'x-acs-action': 'ListTriggers' }, 400, 'InvalidArgument'],
    ['an unknown parameter', '/2023-03-30/functions?colour=red', {}, 400, 'InvalidArgument'],
    ['another hash', '/2023-03-30/functions', { 'x-acs-content-sha256': '0'.repeat(64) }, 403, 'SignatureNotMatch'],
    [
      'a path that is not encoded',
      '/2023-03-30/functions/%zz',
      { 'x-acs-action': 'GetFunction' },
      400,
      'InvalidArgument',
    ],
  ])('%s', async (_what, path, headers, status, code) => {
    expect(await raw(path, headers)).toEqual([status, code])
  })

  it('a request that was sent before', async () => {
    expect(await raw('/2023-03-30/functions', {}, 2)).toEqual([403, 'AccessDenied'])
  })
})

it('computes CRC-64 as OSS does', () => {
  expect(crc64(Buffer.from('123456789'))).toBe('11051210869376104954')
  expect(crc64(Buffer.alloc(0))).toBe('0')
})
