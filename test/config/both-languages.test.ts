import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { channels } from '../../shared/channels/registered/channels.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import { checkKindConfigs } from '../../shared/checks/registered/configs.ts'
import { oncallFile } from '../../shared/config/oncall-file.ts'
import { policy } from '../../shared/config/policy-schema.ts'
import { routePrefix } from '../../shared/config/read-channels.ts'
import { check, defaults, general, group, project } from '../../shared/config/schema.ts'
import { place, placed } from '../../shared/config/vantage.ts'
import { mistakeIn } from '../../shared/contracts/mistake.ts'

type Definition = Record<string, unknown> & { error?: (issue: { input: unknown }) => unknown; checks?: unknown[] }

const definitionOf = (node: unknown): Definition | undefined =>
  (node as { _zod?: { def?: Definition } } | undefined)?._zod?.def

/** What every part of a schema, and every check on it, says when it is not met. */
function saidBy(node: unknown, met = new Set<Definition>()): string[] {
  const definition = definitionOf(node)
  if (definition === undefined || met.has(definition)) return []
  met.add(definition)
  const { error, checks = [], ...rest } = definition
  const said = error?.({ input: 'x${y}{z}' })
  // A lazy part, a mapping's keys, a union's options: whatever holds parts of its own.
  const parts = Object.values(rest).flatMap((value) =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value)] : [],
  )
  return [...(typeof said === 'string' ? [said] : []), ...[...checks, ...parts].flatMap((part) => saidBy(part, met))]
}

const schemas: Record<string, z.ZodType[]> = {
  'fenghuo.yml': [...Object.values(general), check, defaults, group, project, policy, place, placed, routePrefix],
  'oncall.yml': [oncallFile],
  ...Object.fromEntries(
    checkKindConfigs.map(({ kind, schema, section }) => [
      `checks: ${kind}`,
      [schema, ...(section ? [section.name, section.entry] : [])],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({ ...channels, ...voiceRoutes }).map(([type, { settings }]) => [`channels: ${type}`, [settings]]),
  ),
}

describe('what a schema says of a mistake', () => {
  it.each(Object.entries(schemas))('has a code and is told in both languages: %s', (_, all) => {
    const met = new Set<Definition>()
    const said = all.flatMap((schema) => saidBy(schema, met)).map((message) => mistakeIn({ message }))
    const isWhole = /^[a-z0-9]+(-[a-z0-9]+)*$/
    expect(
      said.filter(
        ({ code, words }) =>
          code === 'other' ||
          !isWhole.test(code) ||
          /\p{Script=Han}/u.test(words.en) ||
          !/\p{Script=Han}/u.test(words.zh),
      ),
    ).toEqual([])
  })

  it('is found at all', () => {
    expect(saidBy(check).length + saidBy(placed).length + saidBy(oncallFile).length).toBeGreaterThan(10)
  })
})
