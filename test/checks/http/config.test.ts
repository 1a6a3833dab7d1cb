import { expect, it } from 'vitest'
import * as z from 'zod'
import { httpConfig } from '../../../shared/checks/http/config.ts'
import { checkKindConfigs } from '../../../shared/checks/registered/configs.ts'
import { checkKinds } from '../../../shared/checks/registered/runs.ts'
import { mistakeIn } from '../../../shared/contracts/mistake.ts'

const url = 'https://pay.example.com/healthz'
const lookedUpNowhere = { http: 'http://192.0.2.1/', resolver: '192.0.2.2', redirects: 0 }
const client = { clientId: 'fenghuo', clientSecret: '${CLIENT_SECRET}' }

it('needs a URL alone', () => {
  expect(httpConfig.schema.parse({ http: url })).toEqual({
    url,
    method: 'GET',
    headers: {},
    redirects: 5,
    allowPrivateRedirects: false,
    http2: 'offered',
    down: { status: [[200, 299]], limits: {} },
    degraded: { limits: {} },
    allowMetadata: false,
    strict: false,
    insecure: false,
  })
})

it('takes every key', () => {
  const sent = {
    method: 'POST',
    body: '{}',
    redirects: 0,
    allowPrivateRedirects: true,
    http2: 'required',
    strict: true,
    insecure: true,
    basic: { user: 'a', password: `\${PASSWORD}` },
  }
  const way = { ipVersion: 4, address: '203.0.113.7', allowMetadata: true }
  const identity = { ca: 'ca.pem', clientCert: 'probe.pem', clientKey: `\${PROBE_KEY}` }
  const conditions = {
    contains: '正常',
    matches: '^\\p{L}+$',
    size: { min: 1, max: 1000 },
    json: { '$.status': 'ok', '$.n': 1, '$.up': true, '$.error': null, '$.queue': { max: 10 } },
  }
  const keys = {
    http: `https://\${HOST}:8443/\${PATH_PART}?token=\${TOKEN}`,
    headers: { 'X-Key': `\${KEY}`, Accept: 'application/json' },
    ...sent,
    ...way,
    ...identity,
    ...conditions,
    status: [204, '200-202'],
    responseHeaders: { 'X-Cache': 'HIT', Age: true, server: false },
    degraded: { latency: '1.5s', tls: '200ms', status: 204, responseHeaders: { 'X-Cache': 'HIT' }, ...conditions },
    down: { latency: '3s', dns: '1s', connect: '1s', tls: '1s', firstByte: '2s', download: '2s' },
  }
  expect(httpConfig.schema.parse(keys)).toEqual({
    ...sent,
    ...way,
    ...identity,
    url: keys.http,
    headers: { 'x-key': `\${KEY}`, accept: 'application/json' },
    down: {
      ...conditions,
      status: [
        [204, 204],
        [200, 202],
      ],
      headers: { 'x-cache': 'HIT', age: true, server: false },
      limits: { latency: 3000, dns: 1000, connect: 1000, tls: 1000, firstByte: 2000, download: 2000 },
    },
    degraded: {
      ...conditions,
      status: [[204, 204]],
      headers: { 'x-cache': 'HIT' },
      limits: { latency: 1500, tls: 200 },
    },
  })
})

it('takes a time alone as the limit of the whole', () => {
  expect(httpConfig.schema.parse({ http: url, degraded: '800ms', down: '3s' })).toMatchObject({
    degraded: { limits: { latency: 800 } },
    down: { limits: { latency: 3000 } },
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
  ['a limit of a phase that is none', { degraded: { wait: '1s' } }, 'degraded', /wait/],
  ['a condition that `down` does not have', { down: { status: 200 } }, 'down', /status/],
  ['bounds without a bound', { size: {} }, 'size', /`min`, `max` or both/],
  ['bounds backwards', { size: { min: 2, max: 1 } }, 'size', /min is more than max/],
  ['a size that is never read', { size: { max: 2_000_000 } }, 'size.max', /1000000/],
  ['a port that is none', { http: 'https://pay.example.com:70000/' }, 'http', /^70000 is not a port/],
  ['port 0', { http: 'http://pay.example.com:0' }, 'http', /^0 is not a port/],
  ['a password in the file', { basic: { user: 'a', password: 'b' } }, 'basic.password', /is a secret/],
  ['a token in the file', { bearer: 'abc' }, 'bearer', /is a secret/],
  ['two credentials', { bearer: `\${A}`, headers: { Authorization: 'x' } }, 'bearer', /`headers` does, too/],
  ['two in other places', { http: 'https://a:b@pay.example.com', bearer: `\${A}` }, 'bearer', /the URL does, too/],
  ['a certificate without key', { clientCert: 'a.pem' }, 'clientCert', /needs its private key/],
  ['a key without certificate', { clientKey: `\${A}` }, 'clientKey', /needs its certificate/],
  ['a key in the file', { clientKey: 'abc', clientCert: 'a.pem' }, 'clientKey', /is a secret/],
  ['an authority without TLS', { http: 'http://a.example', ca: 'ca.pem', redirects: 0 }, 'ca', /has no effect on http/],
  ['HTTP/2 without TLS', { http: 'http://a.example', http2: 'required' }, 'http2', /needs https/],
  ['an address that is none', { address: 'pay.example.com' }, 'address', /is not an IP address/],
  ['a metadata address', { address: '100.100.100.200' }, 'address', /metadata service/],
  ['a metadata resolver', { resolver: '169.254.169.254' }, 'resolver', /metadata service/],
  ['a resolver that is no address', { resolver: '10.0.0.256' }, 'resolver', /not a DNS server/],
  [
    'an address beside a resolver',
    { address: '192.0.2.1', resolver: '192.0.2.2', redirects: 0 },
    'resolver',
    /has no effect beside `address`/,
  ],
  ['an address for an address', { http: 'http://192.0.2.1/', address: '192.0.2.2' }, 'address', /has no effect/],
  [
    'a resolver for an address',
    { http: 'http://192.0.2.1/', resolver: '192.0.2.2', redirects: 0 },
    'resolver',
    /has no effect: the target is an address/,
  ],
  [
    'a resolver for two addresses',
    { ...lookedUpNowhere, oauth2: { ...client, tokenUrl: 'https://192.0.2.3/token' } },
    'resolver',
    /has no effect/,
  ],
  [
    'a version that it has not',
    { http: 'http://192.0.2.1/', ipVersion: 6 },
    'ipVersion',
    /192\.0\.2\.1 is an IPv4 address/,
  ],
  ['a version that there is not', { ipVersion: 5 }, 'ipVersion', /./],
  ['a header with nothing to hold', { responseHeaders: { a: '' } }, 'responseHeaders.a', /./],
  ['a body for GET', { body: 'x' }, 'body', /method: POST/],
  ['a condition on the body of HEAD', { method: 'HEAD', json: { '$.a': 1 } }, 'json', /HEAD does not bring/],
]
it.each(mistakes)('refuses %s', (_reason, keys, path, message) => {
  const result = httpConfig.schema.safeParse({ http: url, ...keys })
  expect(result.success).toBe(false)
  const [issue] = result.error?.issues ?? []
  expect(issue?.path.join('.')).toBe(path)
  expect(saying(issue)).toMatch(message)
})

/** All that an issue says, with what is inside it. */
function saying(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_key') return saying(issue.issues[0])
  if (issue?.code === 'invalid_union') return issue.errors.flat().map(saying).join('; ')
  return issue === undefined ? '' : mistakeIn(issue).words.en
}

it.each([
  ['of a redirect', { ...lookedUpNowhere, redirects: 1 }],
  ['of who gives tokens', { ...lookedUpNowhere, oauth2: { ...client, tokenUrl: 'https://login.example.com/token' } }],
  ['that the environment may name', { ...lookedUpNowhere, oauth2: { ...client, tokenUrl: '${LOGIN}' } }],
])('takes a resolver for the name %s, beside a target that is an address', (_name, keys) => {
  expect(httpConfig.schema.safeParse(keys).error).toBeUndefined()
})

it('knows nothing yet of a host that comes from the environment', () => {
  const keys = { http: `\${URL}`, ipVersion: 6, resolver: '10.0.0.2', http2: 'required' }
  expect(httpConfig.schema.safeParse(keys).error).toBeUndefined()
  const metadata = httpConfig.schema.safeParse({ http: `http://169.254.169.254/\${PATH_PART}` })
  expect(metadata.error?.issues[0]?.message).toMatch(/metadata service/)
})

it('has a JSON Schema of what people write', () => {
  const schema = z.toJSONSchema(httpConfig.schema, { io: 'input', unrepresentable: 'any' })
  expect(schema.required).toEqual(['http'])
  expect(schema.additionalProperties).toBe(false)
})

it('both registries hold the same kinds, but for those that nobody runs', () => {
  const run = checkKindConfigs.filter(({ isPassive }) => !isPassive).map(({ kind }) => kind)
  expect(run).toEqual(Object.keys(checkKinds))
  for (const [name, { kind }] of Object.entries(checkKinds)) expect(kind).toBe(name)
})
