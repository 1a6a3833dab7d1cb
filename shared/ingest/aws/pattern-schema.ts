import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

/** A value as an event has it, or one of the ways to compare that we know (EventBridge user guide, "Comparison operators"). */
const text = z.string().max(500)
const plain = z.union([text, z.number(), z.boolean(), z.null()])
const matcher = z.union(
  [
    plain,
    z.strictObject({ prefix: text }),
    z.strictObject({ suffix: text }),
    z.strictObject({ 'equals-ignore-case': text }),
    z.strictObject({ exists: z.boolean() }),
    z.strictObject({ 'anything-but': z.union([plain, z.array(plain).min(1), z.strictObject({ prefix: text })]) }),
  ],
  wrong('no-matcher', {
    en: 'should be a value, or one of prefix, suffix, equals-ignore-case, exists, anything-but',
    zh: '应为值，或 prefix、suffix、equals-ignore-case、exists、anything-but 之一',
  }),
)

export type Matcher = z.infer<typeof matcher>
export interface Pattern {
  [field: string]: Pattern | Matcher[]
}

/** Fields of fields: no event of AWS that we know nests deeper. */
const MOST_LEVELS = 5

const NO_FIELDS = wrong('no-fields', {
  en: 'should be a list of values, or an object of such',
  zh: '应为值的列表，或由它们组成的对象',
})

const values = z.array(matcher).min(1).max(100)

function fieldsOf(levels: number): z.ZodType<Pattern> {
  const inner = levels === 1 ? values : z.union([values, fieldsOf(levels - 1)], NO_FIELDS)
  return z
    .record(z.string().min(1).max(100), inner)
    .refine(
      (fields) => Object.keys(fields).length > 0,
      wrong('no-field', { en: 'should name a field, such as source', zh: '应写一个字段，如 source' }),
    )
}

const rules = fieldsOf(MOST_LEVELS)

/** A pattern of EventBridge, as far as we compare what comes by it ourselves. Its schema says no more of it: its language is AWS's. */
export const pattern = z
  .record(z.string(), z.unknown())
  .superRefine((fields, context) => {
    for (const { path, message } of rules.safeParse(fields).error?.issues ?? [])
      context.addIssue({ code: 'custom', path, message })
  })
  .transform((fields) => fields as Pattern)
