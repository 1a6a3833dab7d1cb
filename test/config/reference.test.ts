import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { configurationPage } from '../../cli/configuration-page.ts'
import type { Json } from '../../shared/config/annotated.ts'
import { annotatedFenghuo, annotatedOncall } from '../../shared/config/json-schema.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { valid } from './spoilt.ts'

/** Every key of a schema with its path; `*` stands for any name, and what may stand at a key in several ways is there several times. */
function keysOf(schema: Json, path: string): [path: string, key: Json][] {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = schema
  const own = Object.entries(properties).flatMap(([key, value]): [string, Json][] => [
    [`${path}.${key}`, value],
    ...keysOf(value, `${path}.${key}`),
  ])
  const under = typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${path}.*`) : []
  const choices = [...anyOf, ...oneOf].flatMap((one) => keysOf(one, path))
  return [...own, ...under, ...choices, ...(items ? keysOf(items, `${path}[]`) : [])]
}

const all = [...keysOf(annotatedFenghuo(), 'fenghuo.yml'), ...keysOf(annotatedOncall(), 'oncall.yml')]

/** What is shown by the keys inside it, or by the words that may stand there. */
function showsItself(key: Json): boolean {
  return (
    key.type === 'boolean' ||
    'enum' in key ||
    'const' in key ||
    keysOf(key, '').length > 0 ||
    typeof key.additionalProperties === 'object'
  )
}

/** The same place is reached on many ways. */
function places(wrong: ([path, key]: [string, Json]) => boolean): string[] {
  return [...new Set(all.filter(wrong).map(([path]) => path))]
}

describe('every key of both files', () => {
  it('is described in English and in Chinese', () => {
    expect(all.length).toBeGreaterThan(300)
    expect(
      places(
        ([, { description, zh }]) =>
          !/[A-Za-z].*\.$/.test(description ?? '') || !/[\p{Script=Han}].*。$|URL。$/u.test(zh ?? ''),
      ),
    ).toEqual([])
  })

  it('has a default, an example, or nothing to choose', () => {
    expect(places(([, key]) => key.default === undefined && key.examples === undefined && !showsItself(key))).toEqual(
      [],
    )
  })

  it('says in the column of defaults, not in a sentence, what holds without it', () => {
    const inASentence = /\b(absent|default)\b|默认|不写则/i
    expect(places(([, { description, zh }]) => inASentence.test(`${description} ${zh}`))).toEqual([])
  })

  it('takes its own examples and defaults', () => {
    const different = new Map(all.map(([path, key]) => [JSON.stringify(key), [path, key] as const]))
    const refused = [...different.values()].flatMap(([path, { range: _, zh: __, ...key }]) => {
      const schema = z.fromJSONSchema(key as z.core.JSONSchema.BaseSchema)
      const given = [...(key.examples ?? []), ...(key.default === undefined ? [] : [key.default])]
      return given.flatMap((value) => (schema.safeParse(value).success ? [] : [`${path}: ${JSON.stringify(value)}`]))
    })
    expect([...new Set(refused)]).toEqual([])
  })
})

it('the defaults that are told of checks, projects and policies are those that hold', () => {
  const { defaults, policies } = annotatedFenghuo().properties ?? {}
  const policy = policies?.additionalProperties as Json
  const layer = policy.properties?.layers?.items
  const told = (of: Json | undefined, keys: string[]) =>
    keys.map((key) => `${key}: ${JSON.stringify(of?.properties?.[key]?.default)}`).join(', ')
  const inherited = told(defaults, [
    'interval',
    'timeout',
    'retries',
    'confirm',
    'severity',
    'holdFlapping',
    'stormLimit',
    'policy',
  ])
  const page = `page: lin, ${told(layer, ['calls', 'ackTimeout'])}`
  const spelt = {
    ...valid,
    defaults: `defaults: { chat: [wecom], ${inherited} }`,
    policies: `policies:
  default: { layers: [{ ${page} }], ${told(policy, ['rounds', 'repeatEvery', 'acknowledgeOn'])} }
  quiet: { layers: [{ page: lin }], channels: { critical: [chat] } }`,
  }
  const compiled = (file: typeof valid) => loadConfig(Object.values(file).join('\n'), 'fenghuo.yml')
  const { config, problems } = compiled(spelt)
  expect(problems).toEqual([])
  expect(config).toEqual(compiled(valid).config)
})

describe('docs/configuration', () => {
  it.each([
    ['configuration.md', 'en'],
    ['configuration.zh-CN.md', 'zh'],
  ] as const)('%s is current; if not, run `npx node cli/schema.ts`', (name, language) => {
    expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(configurationPage(language))
  })

  it('has a row for every key', () => {
    const page = configurationPage('en')
    const told = new Set(page.split(/[`.[\]]/))
    const names = all.map(([path]) => path.split('.').at(-1)?.replace('[]', '') ?? '')
    expect([...new Set(names)].filter((name) => !told.has(name))).toEqual([])
  })
})
