import * as z from 'zod'
import { checkKindConfigs } from '../checks/registry.config.ts'
import { name } from '../contracts/name.ts'
import { oncallFile } from './oncall-file.ts'
import { PER_VANTAGE } from './per-vantage.ts'
import { emailTypes, phoneTypes, robotTypes, routePrefix, smsTypes } from './read-channels.ts'
import { kindSections } from './read-sections.ts'
import { check, defaults, general, group, policy, probingKeys, project } from './schema.ts'
import { place, placed } from './vantage.ts'

type Json = z.core.JSONSchema.BaseSchema

/** JSON Schema of `fenghuo.yml`, for completion in editors. The loader checks more: names that refer to each other. */
export function fenghuoSchema(): Json {
  const sections = {
    vantages: record(
      { anyOf: [json(place), json(placed)] },
      'Where probes run: short name → cloud/region, or { at: cloud/region, vpc: … }.',
    ),
    groups: record(
      json(group),
      'Vantages judged together: all of a group failing is an outage even if the rest is fine.',
    ),
    channels: channels(),
    policies: record(json(policy), 'Who is paged, in which order, by which channels.'),
    defaults: json(defaults),
    projects: record(projects(), 'What is watched; the project `fenghuo` is the system itself.'),
    ...Object.fromEntries(kindSections.map(({ key, entry, summary }) => [key, record(json(entry), summary)])),
  }
  return publish('fenghuo.yml', merge(json(z.strictObject(general)), mapping(sections)))
}

/** JSON Schema of `oncall.yml`. */
export function oncallSchema(): Json {
  return publish('oncall.yml', json(oncallFile))
}

function publish(title: string, schema: Json): Json {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }
}

function channels(): Json {
  const routes = (types: typeof phoneTypes, description: string): Json => {
    const prefix = mapping({ to: json(routePrefix) }, ['to'])
    return { type: 'array', minItems: 1, items: anyType(types, (of) => merge(prefix, of)), description }
  }
  const named = {
    phone: routes(phoneTypes, 'Routes of phone calls.'),
    sms: routes(smsTypes, 'Routes of text messages.'),
    email: { ...anyType(emailTypes), description: 'E-mail.' },
  }
  const robots = {
    ...anyType(robotTypes, undefined, 'optional'),
    description: 'A robot; its name is its type unless `type` says otherwise.',
  }
  return { ...mapping(named), additionalProperties: robots, propertyNames: json(name) }
}

/** One of several types of channels, each with its own settings. */
function anyType(
  types: typeof phoneTypes,
  around: (schema: Json) => Json = (schema) => schema,
  typeKey: 'required' | 'optional' = 'required',
): Json {
  const branches = Object.entries(types).map(([type, { settings }]) => {
    const discriminator = mapping({ type: { const: type } }, typeKey === 'required' ? ['type'] : [])
    return around(merge(discriminator, json(settings)))
  })
  return { anyOf: branches }
}

function projects(): Json {
  const kinds = checkKindConfigs.map(({ schema, summary, isPassive, perVantage = [] }) => {
    const keys = json(schema)
    const common = json(isPassive ? check.omit(probingKeys) : check)
    return { ...merge(merge(common, keys), limitsAt(keys, perVantage)), description: summary }
  })
  return merge(
    json(project),
    mapping({ checks: record({ anyOf: kinds }, 'The kind is the key, the target its value.') }),
  )
}

/** The key under which some of a kind's keys may stand once more for each vantage. */
function limitsAt({ properties = {} }: Json, perVantage: string[]): Json {
  if (perVantage.length === 0) return mapping({})
  const limits = Object.fromEntries(Object.entries(properties).filter(([key]) => perVantage.includes(key)))
  const description = 'Other limits at some vantages, by their short names: { gz: { degraded: 2s } }.'
  return mapping({
    [PER_VANTAGE]: record({ ...mapping(limits as Record<string, Json>), minProperties: 1 }, description),
  })
}

function record(values: Json, description: string): Json {
  return { type: 'object', propertyNames: json(name), additionalProperties: values, description }
}

function mapping(properties: Record<string, Json>, required: string[] = []): Json {
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false }
}

/** The keys of two mappings in one. */
function merge(a: Json, b: Json): Json {
  const required = [...(a.required ?? []), ...(b.required ?? [])]
  return mapping({ ...a.properties, ...b.properties } as Record<string, Json>, required)
}

function json(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}
