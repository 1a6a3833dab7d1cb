import { checkKindConfigs } from '../shared/checks/registered/configs.ts'
import { type Json, json, merge } from '../shared/config/annotated.ts'
import { annotatedFenghuo, annotatedOncall, channelPlaces, limitsAt } from '../shared/config/json-schema.ts'
import { regionsKeys } from '../shared/config/regions-schema.ts'
import { check, general } from '../shared/config/schema.ts'
import { HOUR_MS } from '../shared/contracts/milliseconds.ts'
import type { Language } from '../shared/contracts/words.ts'
import { code } from '../shared/messages/markdown.ts'
import { exampleText, keyTable } from './configuration-keys.ts'
import { valueText } from './configuration-values.ts'
import { heads, raised } from './configuration-words.ts'

/** `docs/configuration.md`, made from the schemas: every key of both files, what may stand there, its default and examples. */
export function configurationPage(language: Language): string {
  const { vantages, groups, channels, policies, defaults, projects, console, status, ...rest } =
    annotatedFenghuo().properties ?? {}
  const isGeneral = (key: string) => Object.hasOwn(general, key) || Object.hasOwn(regionsKeys, key)
  const inherited = Object.keys(defaults?.properties ?? {})
  const project = without(underNames(projects), [...inherited, 'checks'])
  const name = language === 'en' ? '<name>' : '<名称>'
  const named = (key: string, schema: Json = {}, value = underNames(schema)): string[] => [
    `### ${code(`${key}.${name}`)}`,
    saidOf(schema, language),
    ...tables(value, language),
  ]
  const blocks = [
    heads[language],
    '## fenghuo.yml',
    keyTable({ properties: picked(rest, isGeneral) }, language),
    ...named('vantages', vantages),
    ...named('groups', groups),
    '### `channels`',
    saidOf(channels, language),
    ...channelTables(language, name),
    ...named('policies', policies),
    '### `defaults`',
    saidOf(defaults, language),
    ...tables(defaults, language),
    ...named('projects', projects, project),
    `### ${code(`projects.${name}.checks.${name}`)}`,
    saidOf(underNames(projects).properties?.checks, language),
    ...tables(without(json(check), inherited), language),
    ...kindTables(language),
    ...Object.entries(picked(rest, (key) => !isGeneral(key))).flatMap(([key, schema]) => named(key, schema)),
    '### `console`',
    saidOf(console, language),
    ...tables(console, language),
    ...named('status', status, without(underNames(status), ['components'])),
    `### ${code(`status.${name}.components.${name}`)}`,
    saidOf(underNames(status).properties?.components, language),
    ...tables(underNames(underNames(status).properties?.components), language),
    '## oncall.yml',
    ...Object.entries(annotatedOncall().properties ?? {}).flatMap(([key, schema]) =>
      schema.items
        ? [`### ${code(`${key}[]`)}`, saidOf(schema, language), ...tables(schema.items, language)]
        : named(key, schema),
    ),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function channelTables(language: Language, name: string): string[] {
  return Object.entries(channelPlaces).flatMap(([place, { types, said, around }]) => [
    `#### ${code(`channels.${place === 'robots' ? name : place}`)}`,
    saidOf(said, language),
    ...Object.entries(types).flatMap(([type, { settings }]) => [
      code(`type: ${type}`),
      keyTable(merge(around, json(settings)), language),
    ]),
  ])
}

function kindTables(language: Language): string[] {
  return checkKindConfigs.flatMap(({ kind, summary, schema, perVantage, ...least }) => {
    const keys = json(schema)
    return [
      `#### ${code(kind)}`,
      summary[language],
      leastText(least, language),
      keyTable(merge(keys, limitsAt(keys, perVantage)), language),
    ]
  })
}

/** What becomes of times that checks of a kind inherit and that are too short for it; empty where any will do. */
function leastText(
  { leastIntervalMs, leastTimeoutMs }: { leastIntervalMs?: number; leastTimeoutMs?: number },
  language: Language,
): string {
  const least = { interval: leastIntervalMs, timeout: leastTimeoutMs }
  const told = Object.entries(least).flatMap(([key, ms]) =>
    ms === undefined ? [] : [raised[language](code(key), code(durationText(ms)))],
  )
  return told.join(' ')
}

function durationText(ms: number): string {
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS}h` : `${ms / 1_000}s`
}

/** What may stand somewhere: keys as a table, one for each mapping if there are several, and anything else in words. */
function tables(schema: Json = {}, language: Language): string[] {
  if (schema.properties) return [keyTable(schema, language)]
  const choices = schema.anyOf ?? schema.oneOf ?? [schema]
  const plain = choices.filter(({ properties }) => !properties)
  return [
    ...plain.map(
      (one) => saidOf(one, language) + taken[language](valueText(one, language), exampleText(one, language)),
    ),
    ...choices.flatMap((one) => (one.properties ? [keyTable(one, language)] : [])),
  ]
}

const taken: Record<Language, (values: string, examples: string) => string> = {
  en: (values, examples) => ` Value: ${values}${examples && `, such as ${examples}`}.`,
  zh: (values, examples) => `取值：${values}${examples && `，如 ${examples}`}。`,
}

function saidOf({ description = '', zh = '' }: Json = {}, language: Language): string {
  return language === 'en' ? description : zh
}

/** What stands under each name of a mapping. */
function underNames({ additionalProperties }: Json = {}): Json {
  return typeof additionalProperties === 'object' ? additionalProperties : {}
}

function without(schema: Json, keys: string[]): Json {
  return { ...schema, properties: picked(schema.properties ?? {}, (key) => !keys.includes(key)) }
}

function picked(properties: Record<string, Json>, which: (key: string) => boolean): Record<string, Json> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => which(key)))
}
