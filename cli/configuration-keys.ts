import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import type { Json } from '../shared/config/annotated.ts'
import type { Language } from '../shared/contracts/words.ts'
import { code, markdownTable } from '../shared/messages/markdown.ts'
import { valueText } from './configuration-values.ts'

const heads = {
  en: ['key', 'what it says', 'value', 'default', 'example'],
  zh: ['键', '含义', '取值', '默认', '示例'],
} satisfies Record<Language, string[]>

const needed = { en: 'needed', zh: '必填' } satisfies Record<Language, string>

/** The keys of a mapping as a table, with those of the mappings inside it. */
export function keyTable(schema: Json, language: Language): string {
  const rows = rowsOf(schema, '', schema.properties ?? {}, language)
  return markdownTable(heads[language], rows)
}

/** A key inside that says the same as one of `outer` of its name, as a condition of `degraded` does, is not told twice. */
function rowsOf(schema: Json, prefix: string, outer: Record<string, Json>, language: Language): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    if (prefix !== '' && isDeepStrictEqual(saidBy(value), saidBy(outer[key] ?? {}))) return []
    const path = `${prefix}${key}`
    const description = (language === 'en' ? value.description : value.zh) ?? ''
    const usual = schema.required?.includes(key)
      ? needed[language]
      : (value.absent?.[language] ?? written(value.default))
    const own = [code(path), description, valueText(value, language), usual, exampleText(value, language)]
    return [own, ...inside(value, path).flatMap(([within, at]) => rowsOf(within, `${at}.`, outer, language))]
  })
}

function saidBy({ default: _, ...rest }: Json): Json {
  return rest
}

/** The mappings that may stand at a key, with how they are reached from it. Of a mapping of names to limits the keys are known already. */
function inside(value: Json, path: string): [Json, string][] {
  if (value.properties) return [[value, path]]
  if (value.items) return inside(value.items, `${path}[]`)
  return (value.anyOf ?? value.oneOf ?? []).flatMap((one) => inside(one, path))
}

/** Its examples, as they may stand in the file. */
export function exampleText({ examples = [] }: Json, language: Language): string {
  return examples.map(written).join(language === 'en' ? ', ' : '、')
}

/** As YAML has it, in one line. */
function written(value: unknown): string {
  if (value === undefined) return ''
  return code(stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim())
}
