import * as z from 'zod'
import { durationRange } from '../contracts/duration.ts'
import { name } from '../contracts/name.ts'
import type { Language } from '../contracts/words.ts'

/**
 * What every `.meta(…)` of a schema says: the key in a line of either language, and examples as they may stand in the file; `default`
 * only where it stands elsewhere than in the schema, `absent` where what holds without the key is no value. The JSON Schemas carry the English, docs/configuration.md all of it.
 */
declare module 'zod/v4/core' {
  interface GlobalMeta {
    description: string
    zh: string
    examples?: readonly unknown[]
    default?: unknown
    absent?: Record<Language, string>
  }
}

/**
 * JSON Schema with what the schemas of the code say of themselves: `zh` beside `description`, and `range`, from when to when a duration
 * may be. What is published has neither, and says in English what holds where the key is `absent`.
 */
export interface Json {
  [key: string]: unknown
  description?: string
  zh?: string
  range?: { from: string; to: string }
  default?: unknown
  absent?: Record<Language, string>
  examples?: readonly unknown[]
  properties?: Record<string, Json>
  required?: string[]
  additionalProperties?: Json | boolean
  items?: Json
  anyOf?: Json[]
  oneOf?: Json[]
}

/** What is written in the file, not what becomes of it. */
export function json(schema: z.core.$ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const range = durationRange.get(zodSchema)
      // Examples and defaults of what a schema transforms are left out by zod, as they might be of its output. Ours are as written.
      const { examples, default: usual } = z.globalRegistry.get(zodSchema) ?? {}
      Object.assign(jsonSchema, range && { range }, examples && { examples }, usual !== undefined && { default: usual })
    },
  })
  return rest as Json
}

/** A mapping of names to things of one kind. */
export function record(values: Json, { en, zh }: Record<Language, string>): Json {
  return { type: 'object', propertyNames: json(name), additionalProperties: values, description: en, zh }
}

/** The JSON Schema of a mapping that has these keys and no other. */
export function mapping(properties: Record<string, Json>, required: string[] = []): Json {
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false }
}

/** The keys of two mappings in one. */
export function merge(a: Json, b: Json): Json {
  return mapping({ ...a.properties, ...b.properties }, [...(a.required ?? []), ...(b.required ?? [])])
}

/** As an editor reads it: in English, with limits and defaults in the text that it shows. */
export function published(annotated: Json): Json {
  const { zh: _, range, absent, ...rest } = annotated
  const usual = absent?.en ?? (typeof rest.default === 'string' ? rest.default : JSON.stringify(rest.default))
  const description = [
    rest.description,
    range && `From ${range.from} to ${range.to}.`,
    usual !== undefined && `Default: ${usual}.`,
  ]
  const text = description.filter(Boolean).join(' ')
  return { ...each(rest), ...(text !== '' && { description: text }) }
}

/** The schemas inside a schema; a property may be called like a keyword. */
function each(schema: Json): Json {
  const { properties, additionalProperties, items, anyOf, oneOf } = schema
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, published(value)])),
    }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: published(additionalProperties) }),
    ...(items && { items: published(items) }),
    ...(anyOf && { anyOf: anyOf.map(published) }),
    ...(oneOf && { oneOf: oneOf.map(published) }),
  }
}
