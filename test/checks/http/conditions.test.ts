import { beforeAll, describe, expect, it } from 'vitest'
import { httpConfig } from '../../../shared/checks/http/config.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { DAY_MS } from '../../../shared/contracts/milliseconds.ts'
import { seenBy, someIo } from '../records.ts'
import { httpsTarget, httpTarget, trustTargets } from '../targets.ts'

beforeAll(trustTargets)

describe('what other monitors can be asked for', () => {
  const body = '# jobs\nqueue_length 120\nmode ok\n'
  const json = '{"status":"warm","nodes":["a","b"],"name":"烽火","error":null,"n":3}'
  const cases: [reason: string, keys: object, body: string, fault?: Fact][] = [
    ['one of several values', { json: { '$.status': ['ok', 'warm'] } }, json],
    [
      'none of them',
      { json: { '$.status': ['ok', 1] } },
      json,
      fact('json-none-of', { path: '$.status', found: 'warm', expected: ['ok', 1] }),
    ],
    ['a number among texts', { json: { '$.n': [2, 3] } }, json],
    ['a length', { json: { '$.nodes': { len: 2 } } }, json],
    ['a length in bounds', { json: { '$.nodes': { len: { min: 1 } } } }, json],
    [
      'too few',
      { json: { '$.nodes': { len: { min: 3 } } } },
      json,
      fact('json-too-short', { path: '$.nodes', length: 2, min: 3 }),
    ],
    [
      'too many',
      { json: { '$.nodes': { len: 1 } } },
      json,
      fact('json-too-long', { path: '$.nodes', length: 2, max: 1 }),
    ],
    ['characters of a text', { json: { '$.name': { len: 2 } } }, json],
    ['what has no length', { json: { '$.n': { len: 1 } } }, json, fact('json-no-length', { path: '$.n', found: 3 })],
    ['something that is there', { json: { '$.error': { exists: true } } }, json],
    ['and is not', { json: { '$.errors': { exists: false } } }, json],
    [
      'though it should not be',
      { json: { '$.nodes[0]': { exists: false } } },
      json,
      fact('json-unwanted', { path: '$.nodes[0]' }),
    ],
    ['though it should be', { json: { '$.x': { exists: true } } }, json, fact('json-missing', { path: '$.x' })],
    ['absence of a text', { without: 'Fatal error' }, body],
    ['absence of several', { without: ['Fatal error', 'mode ok'] }, body, fact('body-holds', { text: 'mode ok' })],
    ['a number in a line of text', { numbers: { '^queue_length (\\d+)$': { max: 200 } } }, body],
    ['a number alone', { numbers: { '\\d+': { min: 100 } } }, body],
    [
      'one that is too large',
      { numbers: { 'length (\\d+)': { max: 100 } } },
      body,
      fact('number-above', { pattern: 'length (\\d+)', found: 120, max: 100 }),
    ],
    [
      'one that is too small',
      { numbers: { 'length (\\d+)': { min: 121 } } },
      body,
      fact('number-below', { pattern: 'length (\\d+)', found: 120, min: 121 }),
    ],
    [
      'one that is none',
      { numbers: { 'mode (\\w+)': { min: 1 } } },
      body,
      fact('not-a-number', { pattern: 'mode (\\w+)', found: 'ok' }),
    ],
    [
      'one that is not there',
      { numbers: { 'size (\\d+)': { min: 1 } } },
      body,
      fact('body-mismatch', { pattern: 'size (\\d+)', isCut: false }),
    ],
    ['one of several texts in a header', { responseHeaders: { 'X-Cache': ['HIT', 'STALE'] } }, body],
    [
      'none of several',
      { responseHeaders: { 'X-Cache': ['MISS', 'BYPASS'] } },
      body,
      fact('header-lacks', { header: 'x-cache', texts: ['MISS', 'BYPASS'] }),
    ],
  ]
  it.each(cases)('%s', async (_reason, keys, text, fault) => {
    const url = await httpTarget((_request, response) => void response.writeHead(200, { 'x-cache': 'HIT 3' }).end(text))
    const seen = await seenBy({ http: url, ...keys })
    expect([seen.outcome, seen.fault]).toEqual(fault === undefined ? ['up', undefined] : ['down', fault])
    const warned = await seenBy({ http: url, degraded: keys })
    expect([warned.outcome, warned.fault]).toEqual(fault === undefined ? ['up', undefined] : ['degraded', fault])
  })
})

describe('the certificate of an answer', () => {
  const url = () => httpsTarget('good', (_request, response) => void response.end('ok'))
  /** The sample certificate holds until 2126. */
  const END = Date.parse('2126-01-01T00:00:00Z')
  const seenAt = async (leftDays: number, keys: object) => {
    const now = END - leftDays * DAY_MS
    return seenBy({ http: await url(), ...keys }, { ...someIo(), now: () => now })
  }

  it('is down or degraded when it expires too soon, and told of otherwise where it is asked for', async () => {
    const keys = { certificate: '3d', degraded: { certificate: '21d' } }
    const fine = await seenAt(30, keys)
    expect([fine.outcome, fine.fault]).toEqual(['up', fact('certificate-expires', { inMs: 30 * DAY_MS })])
    const notAsked = await seenAt(30, {})
    expect([notAsked.outcome, notAsked.fault]).toEqual(['up', undefined])
    expect(await seenAt(20, keys)).toMatchObject({ outcome: 'degraded', fault: { code: 'certificate-expires' } })
    expect(await seenAt(2, keys)).toMatchObject({
      outcome: 'down',
      fault: { code: 'certificate-expires', args: { limitMs: 3 * DAY_MS } },
    })
  })

  it('is looked at on the way, too', async () => {
    const plain = await httpTarget((_request, response) => void response.end('ok'))
    const first = await httpsTarget(
      'good',
      (_request, response) => void response.writeHead(302, { location: plain }).end(),
    )
    const io = { ...someIo(), now: () => END - DAY_MS }
    const seen = await seenBy({ http: first, certificate: '3d', allowPrivateRedirects: true }, io)
    expect(seen).toMatchObject({ outcome: 'down', fault: { code: 'certificate-expires' } })
    expect(await seenBy({ http: plain, certificate: '3d' })).toMatchObject({ fault: fact('no-certificate') })
  })
})

describe('insecure', () => {
  it.each(['expired', 'elsewhere', 'self-signed'] as const)('takes a certificate that is %s', async (shown) => {
    const url = await httpsTarget(shown, (_request, response) => void response.end('ok'))
    expect(await seenBy({ http: url, insecure: true, contains: 'ok' })).toMatchObject({ outcome: 'up' })
    expect((await seenBy({ http: url })).outcome).toBe('down')
  })

  it('says since when one has expired, if that is asked for', async () => {
    const url = await httpsTarget('expired', (_request, response) => void response.end('ok'))
    expect(await seenBy({ http: url, insecure: true, certificate: '3d' })).toMatchObject({
      outcome: 'down',
      fault: { code: 'certificate-expired' },
    })
  })

  it('is warned of', () => {
    const spec = httpConfig.schema.parse({ http: 'https://pay.example.com', insecure: true })
    expect(httpConfig.cautions?.(spec)).toEqual([
      [
        'insecure',
        expect.objectContaining({
          words: { en: expect.stringMatching(/^whoever stands in between/), zh: expect.any(String) },
        }),
      ],
    ])
    expect(httpConfig.cautions?.(httpConfig.schema.parse({ http: 'https://pay.example.com' }))).toEqual([])
  })
})

describe('what can not be asked for', () => {
  const cases: [reason: string, keys: object, path: string, message: RegExp][] = [
    ['two demands at once', { json: { '$.a': { min: 1, len: 2 } } }, 'json.$.a', /./],
    ['none', { json: { '$.a': {} } }, 'json.$.a', /./],
    ['no values', { json: { '$.a': [] } }, 'json.$.a', /./],
    ['a pattern that is none', { numbers: { '(': { min: 1 } } }, 'numbers.(', /./],
    ['a number without bounds', { numbers: { '\\d+': {} } }, 'numbers.\\d+', /must have `min`/],
    ['no text at all', { without: '' }, 'without', /./],
    ['a body of HEAD', { method: 'HEAD', without: 'x' }, 'without', /needs a body/],
    ['a certificate of http', { http: 'http://e.com', redirects: 0, certificate: '3d' }, 'certificate', /no effect/],
    ['a warning that comes late', { certificate: '21d', degraded: { certificate: '3d' } }, 'degraded', /earlier/],
  ]
  it.each(cases)('%s', (_reason, keys, path, message) => {
    const [issue] = httpConfig.schema.safeParse({ http: 'https://pay.example.com', ...keys }).error?.issues ?? []
    expect(issue?.path.join('.')).toBe(path)
    expect(issue?.message).toMatch(message)
  })
})
