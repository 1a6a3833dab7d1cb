import * as z from 'zod'
import { latency, phaseKeys } from '../run/limits.config.ts'
import { parseJsonPath } from './json-path.ts'
import type { Bounds, HttpConditions } from './spec.ts'
import type { StatusRange } from './status-range.ts'

/** A body is not read further than 1 MiB, so nothing above can be told. */
const MOST_BYTES = 1_000_000

const range = z
  .string()
  .regex(/^[1-5]\d\d-[1-5]\d\d$/, 'must be a status such as 200, or a range such as 200-299')
  .transform((text): StatusRange => [Number(text.slice(0, 3)), Number(text.slice(4))])
  .refine(([from, to]) => from <= to, 'the range ends before it begins')

const status = z.union([
  z
    .int()
    .min(100)
    .max(599)
    .transform((code): StatusRange => [code, code]),
  range,
])

const pattern = z
  .string()
  .min(1)
  .refine(isPattern, {
    error: ({ input }) => `"${input}" is not a regular expression of JavaScript (with the flag u)`,
  })

const jsonPath = z.string().refine((text) => parseJsonPath(text) !== undefined, {
  error: ({ input }) => `"${input}" is not a path to one value, such as $.status, $.items[0].name or $['a b']`,
})

export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not the name of a header')

/** `{ min: 1, max: 100 }`, at least one of them. */
function bounds(number: z.ZodNumber) {
  const least = number.meta({ description: 'At least.', zh: '至少。', examples: [1] })
  const most = number.meta({ description: 'At most.', zh: '至多。', examples: [100] })
  return z
    .strictObject({ min: least.exactOptional(), max: most.exactOptional() })
    .refine(({ min, max }) => (min ?? max) !== undefined, 'must have `min`, `max` or both')
    .refine(({ min, max }) => (min ?? -Infinity) <= (max ?? Infinity), 'min is more than max')
}

/** What an answer can be asked to be, its time aside. */
export const conditionKeys = {
  status: z.union([status.transform((one) => [one]), z.array(status).min(1)]).meta({
    description: 'Expected after redirects: a status, a range, or a list of them.',
    zh: '跟随重定向之后预期的状态码：一个、一段，或由它们组成的列表。',
    examples: [200, '200-299', [200, 302]],
  }),
  responseHeaders: z
    .record(headerName, z.union([z.string().min(1), z.boolean()]))
    .exactOptional()
    .meta({
      description: 'Header → text that its value holds, or whether there is such a header: true or false.',
      zh: '响应头 → 其值包含的文本，或有没有这个头：true 或 false。',
      examples: [{ 'cache-control': 'no-store', 'x-powered-by': false }],
    }),
  size: bounds(z.int().min(0).max(MOST_BYTES))
    .exactOptional()
    .meta({
      description: 'Of the body, decompressed, in bytes.',
      zh: '正文解压后的大小，以字节计。',
      examples: [{ min: 500, max: 100_000 }],
    }),
  contains: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'Text that the body holds (in its first 1 MiB).',
      zh: '正文（前 1 MiB）包含的文本。',
      examples: ['立即购买'],
    }),
  matches: pattern.exactOptional().meta({
    description: 'A regular expression of JavaScript that the body matches somewhere.',
    zh: '正文某处与之匹配的 JavaScript 正则表达式。',
    examples: ['version: \\d+'],
  }),
  json: z
    .record(jsonPath, z.union([z.string(), z.number(), z.boolean(), z.null(), bounds(z.number())]))
    .exactOptional()
    .meta({
      description: 'JSON path → the value that must stand there, or its bounds.',
      zh: 'JSON 路径 → 该处必须是的值，或其上下限。',
      examples: [{ '$.status': 'ok', '$.queue': { max: 100 } }],
    }),
}

/** `down: 5s`, or a limit for each phase. What else makes a target down stands in the check itself. */
export const down = z
  .union([latency, z.strictObject(phaseKeys).transform((limits): HttpConditions['limits'] => limits)])
  .meta({
    description: 'Slower than this is down; or limits by phase.',
    zh: '慢于此即为不可用；也可以按阶段规定。',
    examples: ['5s', { latency: '5s', tls: '1s', firstByte: '3s' }],
  })

/** `degraded: 800ms`, or any condition that a healthy answer meets. */
export const degraded = z
  .union([
    latency.transform((limits): HttpConditions => ({ limits })),
    z
      .strictObject({ ...phaseKeys, ...conditionKeys, status: conditionKeys.status.exactOptional() })
      .transform(conditions),
  ])
  .meta({
    description:
      'Slower than this is degraded; or limits by phase and any condition of the check that a healthy answer meets.',
    zh: '慢于此即为变慢；也可以按阶段规定，或写正常应答要满足的任何条件。',
    examples: ['800ms', { firstByte: '300ms', status: 200 }],
  })

interface ConditionKeys {
  status?: StatusRange[]
  responseHeaders?: Record<string, string | boolean>
  size?: Bounds
  contains?: string
  matches?: string
  json?: NonNullable<HttpConditions['json']>
}

/** Conditions as a probe carries them. */
export function conditions({ responseHeaders, ...rest }: ConditionKeys & HttpConditions['limits']): HttpConditions {
  const { status, size, contains, matches, json, ...limits } = rest
  const given = Object.entries({ status, size, contains, matches, json }).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    ...(responseHeaders && { headers: inLowerCase(responseHeaders) }),
    limits,
  }
}

/** The same with the names of headers in lower case, as they are compared. */
export function inLowerCase<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}
