import { z } from 'zod'
import { duration } from '../config/duration.ts'
import { resolveReferences } from '../config/references.ts'
import type { HttpSpec } from './http-spec.ts'
import { parseJsonPath } from './json-path.ts'
import type { CheckKindConfig } from './kind.ts'
import { isMetadataAddress } from './metadata-address.ts'

/** As browsers have it (Fetch standard, "HTTP-redirect fetch"); more is a loop in the making. */
const MOST_REDIRECTS = 20

/** The probe writes these itself: one connection and one body per request. */
const ownHeaders = ['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade']

type Range = [from: number, to: number]

const url = z.string().refine(isHttpUrl, {
  error: ({ input }) => `"${input}" is not an http or https URL, such as https://pay.example.com/healthz`,
})

const range = z
  .string()
  .regex(/^[1-5]\d\d-[1-5]\d\d$/, 'must be a status such as 200, or a range such as 200-299')
  .transform((text): Range => [Number(text.slice(0, 3)), Number(text.slice(4))])
  .refine(([from, to]) => from <= to, 'the range ends before it begins')

const status = z.union([
  z
    .int()
    .min(100)
    .max(599)
    .transform((code): Range => [code, code]),
  range,
])

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not the name of a header')
  .refine((name) => !ownHeaders.includes(name.toLowerCase()), 'is a header that the probe sets itself')

const headerValue = z.string().regex(/^[\t\x20-\x7e\xa0-\xff]*$/, 'holds a character that a header cannot carry')

const pattern = z
  .string()
  .min(1)
  .refine(isPattern, {
    error: ({ input }) => `"${input}" is not a regular expression of JavaScript (with the flag u)`,
  })

const jsonPath = z.string().refine((text) => parseJsonPath(text) !== undefined, {
  error: ({ input }) => `"${input}" is not a path to one value, such as $.status, $.items[0].name or $['a b']`,
})

const keys = z.strictObject({
  http: url.describe('The URL. It may refer to the environment, and so may headers and body.'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  headers: z
    .record(headerName, headerValue)
    .default({})
    .describe('What comes from the environment never goes to another origin.'),
  body: z.string().exactOptional().describe('Sent as it is, in UTF-8.'),
  status: z
    .union([status.transform((one) => [one]), z.array(status).min(1)])
    .default([[200, 299]])
    .describe('Expected: a status, a range such as 200-299, or a list of them. Default 200-299, after redirects.'),
  redirects: z
    .int()
    .min(0)
    .max(MOST_REDIRECTS)
    .default(5)
    .describe('How many are followed; 0 follows none. A redirect whose status is expected is the answer.'),
  contains: z.string().min(1).exactOptional().describe('Text that the body holds (in its first 1 MiB).'),
  matches: pattern.exactOptional().describe('A regular expression that the body matches somewhere.'),
  json: z
    .record(jsonPath, z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .exactOptional()
    .describe('JSON path → the value that must stand there: { $.status: ok }.'),
  degraded: duration('1ms', '5m').exactOptional().describe('Slower than this is degraded.'),
  allowMetadata: z.boolean().default(false).describe("Lets the check reach a cloud's metadata service."),
})

const schema: z.ZodType<HttpSpec> = keys
  .superRefine((check, context) => {
    const complain = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
    const bodyKey = (['contains', 'matches', 'json'] as const).find((key) => check[key] !== undefined)
    if (check.method === 'HEAD' && bodyKey !== undefined) complain(bodyKey, 'needs a body, which HEAD does not bring')
    if (check.method === 'GET' && check.body !== undefined)
      complain('body', 'needs `method: POST` or another with a body')
    if (!check.allowMetadata && isMetadataAddress(hostOf(check.http))) {
      complain('http', "is a cloud's metadata service; write `allowMetadata: true` if that is meant")
    }
  })
  .transform(({ http, headers, degraded, ...rest }) => ({
    ...rest,
    url: http,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(degraded === undefined ? {} : { degradedMs: degraded }),
  }))

export const httpConfig: CheckKindConfig<HttpSpec> = {
  kind: 'http',
  schema,
  summary: 'Requests a URL and judges status, time, text and JSON of the answer.',
}

function isHttpUrl(text: string): boolean {
  const plain = withoutReferences(text)
  return /^https?:\/\//i.test(plain) && URL.canParse(plain)
}

function hostOf(text: string): string {
  const plain = withoutReferences(text)
  return URL.canParse(plain) ? new URL(plain).hostname.replace(/^\[|\]$/g, '') : ''
}

/** What a `${NAME}` will be is known to the probe alone; a digit may stand for a host, a port or a path. */
function withoutReferences(text: string): string {
  const based = text.replace(/^\$\{\w+\}/, 'http://1')
  return resolveReferences(based, new Proxy({}, { get: () => '1' })).value
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}
