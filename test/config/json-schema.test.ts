import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { channelsPage } from '../../cli/channels-page.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { fenghuoSchema, oncallSchema } from '../../shared/config/json-schema.ts'

const robots = Object.values(channels).flatMap(({ type, reaches }) => (reaches === 'group' ? [type] : []))

function published(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../schema/${name}.json`, import.meta.url), 'utf8'))
}

/** The schema of the value at a path of the file, `*` standing for any name. */
function at(schema: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((here, key) => {
    const { properties, additionalProperties, items } = here as Record<string, Record<string, unknown>>
    if (key === '[]') return items
    if (key === '*') return additionalProperties
    const choices = (here as { anyOf?: Record<string, Record<string, unknown>>[] }).anyOf ?? []
    return [{ properties }, ...choices].find((one) => one.properties?.[key])?.properties?.[key]
  }, schema)
}

describe('the published schemas', () => {
  it.each([
    ['fenghuo', fenghuoSchema()],
    ['oncall', oncallSchema()],
  ])('schema/%s.json is current; if not, run `npx node cli/schema.ts`', (name, schema) => {
    expect(published(name)).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  it.each([
    ['channels.md', 'en'],
    ['channels.zh-CN.md', 'zh'],
  ] as const)('docs/%s is current; if not, run `npx node cli/schema.ts`', (name, language) => {
    expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(channelsPage(language))
  })

  it('know every place of the configuration', () => {
    const schema = fenghuoSchema()
    expect(at(schema, 'language')).toMatchObject({ enum: ['zh', 'en'] })
    expect(at(schema, 'defaults.interval')).toMatchObject({ type: 'string' })
    expect(at(schema, 'policies.*.layers.[].ackTimeout')).toMatchObject({ type: 'string', default: '5m' })
    expect(at(schema, 'projects.*.checks.*')).toMatchObject({
      anyOf: expect.arrayContaining([
        expect.objectContaining({
          required: ['http'],
          properties: expect.objectContaining({ http: expect.anything(), title: expect.anything() }),
        }),
      ]),
    })
    expect(at(schema, 'channels.phone.[]')).toMatchObject({
      anyOf: expect.arrayContaining([
        expect.objectContaining({ required: expect.arrayContaining(['to', 'type', 'caller']) }),
      ]),
    })
    expect(at(schema, 'channels.*')).toMatchObject({
      anyOf: robots.map((type) => ({ properties: { type: { const: type } } })),
    })
  })

  it.each([
    [
      'schedules.*.handoff',
      ['Mon 10:00', '9:00', '20:00', 'Mon,Fri 18:00', 'every 2 weeks Mon 10:00', 'every hour', 'monthly 31 08:00'],
      ['Monday 10:00', '24:00', '10', '10:0', 'Mon10:00', 'every 2 weeks 10:00', 'monthly 32 08:00', 'every Mon 10:00'],
    ],
    ['schedules.*.start', ['2026-11-23', '2026-11-23 10:00'], ['23.11.2026', '2026-11-23 25:00', '2026-1-3']],
    ['overrides.[].from', ['2026-12-05 18:00', '2026-12-05T8:30'], ['2026-12-05', '18:00', '2026-12-05 18:60']],
    ['calendars.*.off.[]', ['2027-01-01', '2027-02-06/2027-02-08'], ['1 January', '2027-01-01-2027-01-03']],
    ['calendars.*.working.[]', ['2027-02-14'], ['14.02.2027']],
    ['calendars.*.until', ['2027-12-31'], ['2027']],
    ['overrides.[].to', ['2026-12-07 10:00'], ['tomorrow', '2026-12-05 25:00']],
  ])('let editors take at %s %j, and not %j', (path, taken, refused) => {
    const { pattern = '$.' } = at(oncallSchema(), path) as { pattern?: string }
    expect([...taken, ...refused].filter((text) => new RegExp(pattern, 'u').test(text))).toEqual(taken)
  })
})
