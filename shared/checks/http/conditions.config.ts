import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { wrong } from '../../contracts/mistake.ts'
import { latency, phaseKeys } from '../run/limits.config.ts'
import { parseJsonPath } from './json-path.ts'
import type { Bounds, HttpConditions } from './spec.ts'
import type { StatusRange } from './status-range.ts'

/** A body is not read further than 1 MiB, so nothing above can be told. */
const MOST_BYTES = 1_000_000

const range = z
  .string()
  .regex(
    /^[1-5]\d\d-[1-5]\d\d$/,
    wrong('no-status', {
      en: 'must be a status such as 200, or a range such as 200-299',
      zh: '应为状态码，如 200，或一段，如 200-299',
    }),
  )
  .transform((text): StatusRange => [Number(text.slice(0, 3)), Number(text.slice(4))])
  .refine(
    ([from, to]) => from <= to,
    wrong('ends-before-begin', { en: 'the range ends before it begins', zh: '这一段的结尾小于开头' }),
  )

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
  .refine(
    isPattern,
    wrong('no-pattern', (input) => ({
      en: `"${input}" is not a regular expression of JavaScript (with the flag u)`,
      zh: `“${input}”不是 JavaScript 正则表达式（带标志 u）`,
    })),
  )

const jsonPath = z.string().refine(
  (text) => parseJsonPath(text) !== undefined,
  wrong('no-json-path', (input) => ({
    en: `"${input}" is not a path to one value, such as $.status, $.items[0].name or $['a b']`,
    zh: `“${input}”不是指向一个值的路径，如 $.status、$.items[0].name、$['a b']`,
  })),
)

export const headerName = z
  .string()
  .regex(
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
    wrong('no-header-name', { en: 'is not the name of a header', zh: '不是请求头的名称' }),
  )

export const headerValue = z.string().regex(
  /^[\t\x20-\x7e\xa0-\xff]*$/,
  wrong('unsendable-character', {
    en: 'holds a character that a header cannot carry',
    zh: '含有请求头不能携带的字符',
  }),
)

/** Of a header that no check may set. */
export const ownHeader = wrong('own-header', {
  en: 'is a header that the probe sets itself',
  zh: '这个请求头由探针自己设置',
})

function boundKeys(number: z.ZodNumber) {
  const least = number.meta({ description: 'At least.', zh: '至少。', examples: [1] })
  const most = number.meta({ description: 'At most.', zh: '至多。', examples: [100] })
  return { min: least.exactOptional(), max: most.exactOptional() }
}

const inOrder = ({ min, max }: Bounds) => (min ?? -Infinity) <= (max ?? Infinity)

const OUT_OF_ORDER = wrong('out-of-order', { en: 'min is more than max', zh: 'min 大于 max' })

/** `{ min: 1, max: 100 }`, at least one of them. */
function bounds(number: z.ZodNumber) {
  return z
    .strictObject(boundKeys(number))
    .refine(
      ({ min, max }) => (min ?? max) !== undefined,
      wrong('no-bounds', { en: 'must have `min`, `max` or both', zh: '应写 `min`、`max` 或两者' }),
    )
    .refine(inOrder, OUT_OF_ORDER)
}

const length = z.int().min(0)

/** Several things that may be asked of what stands in JSON; one at a time. */
const jsonDemand = z
  .strictObject({
    ...boundKeys(z.number()),
    len: z
      .union([length.transform((exactly): Bounds => ({ min: exactly, max: exactly })), bounds(length)])
      .exactOptional()
      .meta({
        description: 'How many entries a list has, characters a text, keys an object: a number, or bounds.',
        zh: '列表的项数、文本的字数、对象的键数：一个数，或上下限。',
        examples: [3, { min: 1 }],
      }),
    exists: z
      .boolean()
      .exactOptional()
      .meta({ description: 'Whether there is anything at all.', zh: '该处是否有值。', examples: [false] }),
  })
  .refine(
    ({ min, max, len, exists }) => [min ?? max, len, exists].filter((one) => one !== undefined).length === 1,
    wrong('no-demand', {
      en: 'must have `min` and `max` or one of them, or `len`, or `exists`',
      zh: '应写 `min` 和 `max`（或其一），或 `len`，或 `exists`',
    }),
  )
  .refine(inOrder, OUT_OF_ORDER)

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** How long a certificate goes on holding. */
const left = duration('1h', '400d')

/** What an answer can be asked to be, its time aside. */
export const conditionKeys = {
  status: z.union([status.transform((one) => [one]), z.array(status).min(1)]).meta({
    description: 'Expected after redirects: a status, a range, or a list of them.',
    zh: '跟随重定向之后预期的状态码：一个、一段，或由它们组成的列表。',
    examples: [200, '200-299', [200, 302]],
  }),
  responseHeaders: z
    .record(headerName, z.union([z.string().min(1), z.array(z.string().min(1)).min(1), z.boolean()]))
    .exactOptional()
    .meta({
      description:
        'Header → text that its value holds, a list of texts of which it holds one, or whether there is such a header: true or false.',
      zh: '响应头 → 其值包含的文本，或其中之一的列表，或有没有这个头：true 或 false。',
      examples: [{ 'cache-control': 'no-store', 'x-cache': ['HIT', 'STALE'], 'x-powered-by': false }],
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
  without: z
    .union([
      z
        .string()
        .min(1)
        .transform((text) => [text]),
      z.array(z.string().min(1)).min(1),
    ])
    .exactOptional()
    .meta({
      description: 'Text that the body does not hold (in its first 1 MiB), or a list of texts of which it holds none.',
      zh: '正文（前 1 MiB）不应包含的文本，或一个都不应包含的列表。',
      examples: ['系统维护', ['Fatal error', 'Warning:']],
    }),
  matches: pattern.exactOptional().meta({
    description: 'A regular expression of JavaScript that the body matches somewhere.',
    zh: '正文某处与之匹配的 JavaScript 正则表达式。',
    examples: ['version: \\d+'],
  }),
  numbers: z
    .record(pattern, bounds(z.number()))
    .exactOptional()
    .meta({
      description:
        'A regular expression → bounds of the number that its first group finds in the body (without a group: all that it finds). `^` and `$` mean lines.',
      zh: '正则表达式 → 其第一个括号在正文中找到的数的上下限（没有括号则为整个匹配）。`^` 和 `$` 指行首行尾。',
      examples: [{ '^queue_length (\\d+)': { max: 100 } }],
    }),
  json: z
    .record(jsonPath, z.union([scalar, z.array(scalar).min(1), jsonDemand]))
    .exactOptional()
    .meta({
      description:
        'JSON path → the value that must stand there, a list of which it is one, its bounds (numbers written as texts are numbers), `len` with a number or bounds, or `exists`.',
      zh: 'JSON 路径 → 该处必须是的值、可取值的列表、上下限（写成文本的数字也算数字）、`len` 加一个数或上下限，或 `exists`。',
      examples: [{ '$.status': ['ok', 'warm'], '$.queue': { max: 100 }, '$.nodes': { len: { min: 3 } } }],
    }),
  certificate: left.exactOptional().meta({
    description: 'Every certificate on the way, intermediate ones included, goes on holding for so long.',
    zh: '一路上的每张证书（包括中级证书）至少还有这么久才到期。',
    examples: ['7d'],
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

/** The keys of conditions as they are read, with the limits of a degree. */
type ConditionKeys = z.output<z.ZodObject<Omit<typeof conditionKeys, 'status'>>> & { status?: StatusRange[] }

/** Conditions as a probe carries them. */
export function conditions(keys: ConditionKeys & HttpConditions['limits']): HttpConditions {
  const { status, responseHeaders, size, contains, without, matches, numbers, json, certificate, ...limits } = keys
  const headers = responseHeaders && inLowerCase(responseHeaders)
  const all = { status, headers, size, contains, without, matches, numbers, json, certificateMs: certificate }
  const given = Object.entries(all).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(given), limits }
}

/** Headers with their names in lower case, as they are compared. */
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
