import { expect, it } from 'vitest'
import { z } from 'zod'
import { httpConfig } from '../../shared/checks/http.config.ts'
import { checkKindConfigs } from '../../shared/checks/kinds-config.ts'
import { checkKinds } from '../../shared/checks/registry.ts'

const url = 'https://pay.example.com/healthz'

it('needs a URL alone', () => {
  expect(httpConfig.schema.parse({ http: url })).toEqual({
    url,
    method: 'GET',
    headers: {},
    status: [[200, 299]],
    redirects: 5,
    allowMetadata: false,
  })
})

it('takes every key', () => {
  const keys = {
    http: `https://\${HOST}:8443/\${PATH_PART}?token=\${TOKEN}`,
    method: 'POST',
    headers: { 'X-Key': `\${KEY}`, Accept: 'application/json' },
    body: '{}',
    status: [204, '200-202'],
    redirects: 0,
    contains: '正常',
    matches: '^\\p{L}+$',
    json: { '$.status': 'ok', '$.n': 1, '$.up': true, '$.error': null },
    degraded: '1.5s',
    allowMetadata: true,
  }
  const { http, degraded, ...rest } = keys
  expect(httpConfig.schema.parse(keys)).toEqual({
    ...rest,
    url: http,
    headers: { 'x-key': `\${KEY}`, accept: 'application/json' },
    status: [
      [204, 204],
      [200, 202],
    ],
    degradedMs: 1500,
  })
})

const mistakes: [reason: string, keys: Record<string, unknown>, path: string, message: RegExp][] = [
  ['no scheme', { http: 'pay.example.com' }, 'http', /"pay\.example\.com" is not an http or https URL/],
  ['another scheme', { http: 'ftp://pay.example.com' }, 'http', /not an http or https URL/],
  ['a scheme alone', { http: 'https://' }, 'http', /not an http or https URL/],
  ['metadata', { http: 'http://169.254.169.254/latest' }, 'http', /metadata service; write `allowMetadata: true`/],
  ['metadata as a number', { http: 'http://0xa9fea9fe/' }, 'http', /metadata service/],
  ['metadata in IPv6', { http: 'http://[fd00:ec2::254]/' }, 'http', /metadata service/],
  ['an unknown method', { method: 'CONNECT' }, 'method', /"GET"/],
  ['an unknown key', { contain: 'ok' }, '', /contain/],
  ['a header that is ours', { headers: { 'Content-Length': '1' } }, 'headers.Content-Length', /sets itself/],
  ['a header that is none', { headers: { 'a b': '1' } }, 'headers.a b', /not the name of a header/],
  ['a header of two lines', { headers: { a: 'b\nc: d' } }, 'headers.a', /cannot carry/],
  ['a status that is none', { status: 700 }, 'status', /./],
  ['a range backwards', { status: '300-200' }, 'status', /./],
  ['a range that is none', { status: '2xx' }, 'status', /./],
  ['no status at all', { status: [] }, 'status', /./],
  ['too many redirects', { redirects: 21 }, 'redirects', /20/],
  ['a pattern that is none', { matches: '(' }, 'matches', /"\(" is not a regular expression/],
  [
    'a path that is none',
    { json: { status: 'ok' } },
    'json.status',
    /"status" is not a path to one value, such as \$\.status/,
  ],
  ['a value that is no scalar', { json: { '$.a': [] } }, 'json.$.a', /./],
  ['a limit without a unit', { degraded: 800 }, 'degraded', /800 has no unit/],
  ['a body for GET', { body: 'x' }, 'body', /method: POST/],
  ['a condition on the body of HEAD', { method: 'HEAD', json: { '$.a': 1 } }, 'json', /HEAD does not bring/],
]
it.each(mistakes)('refuses %s', (_reason, keys, path, message) => {
  const result = httpConfig.schema.safeParse({ http: url, ...keys })
  expect(result.success).toBe(false)
  const [issue] = result.error?.issues ?? []
  expect(issue?.path.join('.')).toBe(path)
  const inner = issue?.code === 'invalid_key' ? issue.issues[0] : issue
  expect(inner?.message).toMatch(message)
})

it('has a JSON Schema of what people write', () => {
  const schema = z.toJSONSchema(httpConfig.schema, { io: 'input', unrepresentable: 'any' })
  expect(schema.required).toEqual(['http'])
  expect(schema.additionalProperties).toBe(false)
})

it('both registries hold the same kinds', () => {
  expect(checkKindConfigs.map(({ kind }) => kind)).toEqual(Object.keys(checkKinds))
  for (const [name, { kind }] of Object.entries(checkKinds)) expect(kind).toBe(name)
})
