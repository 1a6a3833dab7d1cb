import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

/** A value as an event has it, or one of the ways to compare (EventBridge user guide, "Comparison operators for use in event patterns"). */
const text = z.string().max(500)
const plain = z.union([text, z.number(), z.boolean(), z.null()])
const caseless = z.strictObject({ 'equals-ignore-case': text })
const texts = z.union([text, z.array(text).min(1)])

const SIGNS = ['=', '<', '<=', '>', '>='] as const
const sign = z.enum(SIGNS)
const range = z.union([z.tuple([sign, z.number()]), z.tuple([sign, z.number(), sign, z.number()])])

const excluded = z.union([
  plain,
  z.array(plain).min(1),
  z.strictObject({ prefix: texts }),
  z.strictObject({ suffix: texts }),
  z.strictObject({ 'equals-ignore-case': texts }),
  z.strictObject({ wildcard: texts }),
])

const TWO_STARS = wrong('two-stars', {
  en: 'should have no two `*` beside each other',
  zh: '不应有两个相连的 `*`',
})

const matcher = z.union(
  [
    plain,
    z.strictObject({ prefix: z.union([text, caseless]) }),
    z.strictObject({ suffix: z.union([text, caseless]) }),
    caseless,
    z.strictObject({ wildcard: text.refine((written) => !written.includes('**'), TWO_STARS) }),
    z.strictObject({ numeric: range }),
    z.strictObject({ cidr: z.union([z.cidrv4(), z.cidrv6()]) }),
    z.strictObject({ exists: z.boolean() }),
    z.strictObject({ 'anything-but': excluded }),
  ],
  wrong('no-matcher', {
    en: 'should be a value, or one of prefix, suffix, equals-ignore-case, wildcard, numeric, cidr, exists, anything-but',
    zh: '应为值，或 prefix、suffix、equals-ignore-case、wildcard、numeric、cidr、exists、anything-but 之一',
  }),
)

export type Sign = (typeof SIGNS)[number]
export type Matcher = z.infer<typeof matcher>
export type Excluded = z.infer<typeof excluded>
export interface Pattern {
  [field: string]: Pattern | Matcher[] | Pattern[]
}

/** Fields of fields: no event of AWS that we know nests deeper. */
const MOST_LEVELS = 5

const NO_FIELDS = wrong('no-fields', {
  en: 'should be a list of values, or an object of such',
  zh: '应为值的列表，或由它们组成的对象',
})

const values = z.array(matcher).min(1).max(100)

function fieldsOf(levels: number): z.ZodType<Pattern> {
  const deeper = levels === 1 ? z.never(NO_FIELDS) : fieldsOf(levels - 1)
  const inner = z.union([values, deeper], NO_FIELDS)
  const alternatives = z.array(deeper).min(2).max(100)
  return z
    .record(z.string().min(1).max(100), z.unknown())
    .refine(
      (fields) => Object.keys(fields).length > 0,
      wrong('no-field', { en: 'should name a field, such as source', zh: '应写一个字段，如 source' }),
    )
    .superRefine((fields, context) => {
      for (const [name, value] of Object.entries(fields)) {
        // Of several patterns one has to fit, beside the fields around them.
        const { error } = (name === '$or' ? alternatives : Array.isArray(value) ? values : inner).safeParse(value)
        for (const { path, message } of error?.issues ?? [])
          context.addIssue({ code: 'custom', path: [name, ...path], message })
      }
    }) as unknown as z.ZodType<Pattern>
}

const rules = fieldsOf(MOST_LEVELS)

/** A pattern of EventBridge, which we compare ourselves with what comes by it. Its schema says no more of it: its language is AWS's. */
export const pattern = z
  .record(z.string(), z.unknown())
  .superRefine((fields, context) => {
    for (const { path, message } of rules.safeParse(fields).error?.issues ?? [])
      context.addIssue({ code: 'custom', path, message })
  })
  .transform((fields) => fields as Pattern)
