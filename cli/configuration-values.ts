import type { Json } from '../shared/config/annotated.ts'
import type { Language } from '../shared/contracts/words.ts'
import { code } from '../shared/messages/markdown.ts'

/** What may stand at a key, in words: the reference of the configuration prints it. */
export function valueText(schema: Json, language: Language): string {
  const say = words[language]
  const { type, range, pattern } = schema
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return [...new Set(alternatives.map((one) => valueText(one, language)))].join(say.or)
  if ('const' in schema) return code(String(schema.const))
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => code(String(one))).join(say.and)
  if (range) return say.duration(range.from, range.to)
  if (type === 'boolean') return `${code('true')}${say.or}${code('false')}`
  if (type === 'integer' || type === 'number') return say[type] + bounds(schema.minimum, schema.maximum)
  if (type === 'array')
    return say.list(valueText(schema.items ?? {}, language), bounds(schema.minItems, schema.maxItems))
  if (type === 'object') return say.mapping
  if (type === 'null') return code('null')
  if (type !== 'string') return say.any
  if (pattern === REFERENCE) return say.reference
  return say.text + (schema.maxLength === undefined ? '' : say.letters(schema.maxLength))
}

/** As a key of ours is written: only a reference. */
const REFERENCE = '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$'

/** zod writes the bounds of safe integers where none is set. */
function bounds(least: unknown, most: unknown): string {
  const [from, to] = [least, most].map((one) => (Math.abs(Number(one)) < Number.MAX_SAFE_INTEGER ? one : undefined))
  if (from !== undefined && to !== undefined) return from === to ? ` ${from}` : ` ${from} – ${to}`
  if (from !== undefined) return ` ≥ ${from}`
  return to === undefined ? '' : ` ≤ ${to}`
}

const words = {
  en: {
    or: ' or ',
    and: ', ',
    duration: (from: string, to: string) => `duration ${from} – ${to}`,
    integer: 'whole number',
    number: 'number',
    list: (of: string, number: string) => `list (${of}${number === '' ? '' : `; entries${number}`})`,
    mapping: 'mapping',
    reference: '`${NAME}`',
    text: 'text',
    letters: (most: unknown) => ` of ≤ ${most} characters`,
    any: 'anything',
  },
  zh: {
    or: ' 或 ',
    and: '、',
    duration: (from: string, to: string) => `时长 ${from} – ${to}`,
    integer: '整数',
    number: '数',
    list: (of: string, number: string) => `列表（${of}${number === '' ? '' : `；项数${number}`}）`,
    mapping: '映射',
    reference: '`${NAME}`',
    text: '文本',
    letters: (most: unknown) => `（≤ ${most} 字）`,
    any: '任意',
  },
} satisfies Record<Language, unknown>
