import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { needs, type Reference, referencesIn, type Template } from './template.ts'

type Database = ReturnType<typeof loadAwsServiceSpecSync>
type Properties = ReturnType<typeof resourceType>['properties']
type PropertyType = Properties[string]['type']

const database: Database = loadAwsServiceSpecSync()

const pseudoParameters = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::StackName', 'AWS::URLSuffix']

/** What CloudFormation's own specification has against a template, one line each; none is an empty list. */
export function faults(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const type = lookup(resource.Type)
    if (!type) return [`${id}: no such type as ${resource.Type}`]
    return propertyFaults(resource.Properties, type.properties, id)
  })
}

/** Whether CloudFormation puts a stack's tags on resources of this type. */
export function takesTags(type: string): boolean {
  return lookup(type)?.tagInformation !== undefined
}

/** References, dependencies and conditions that nothing in the template answers. */
export function dangling(template: Template): string[] {
  const places = { ...template.Resources, ...template.Outputs }
  const missing = Object.entries(places).flatMap(([place, value]) =>
    referencesIn(value)
      .filter((reference) => !exists(template, reference))
      .map(({ id, attribute }) => `${place}: ${attribute ? `${id}.${attribute}` : id}`),
  )
  const loose = Object.entries(template.Resources).flatMap(([id, resource]) => [
    ...[resource.DependsOn ?? []].flat().filter((other) => !template.Resources[other]),
    ...(resource.Condition && !template.Conditions[resource.Condition] ? [`${id}: ${resource.Condition}`] : []),
  ])
  return [...missing, ...loose]
}

/** Resources that wait for each other, as `A → B → A`: CloudFormation refuses them. */
export function cycles(template: Template): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (id: string, path: string[]) => {
    const resource = template.Resources[id]
    if (path.includes(id)) found.push([...path.slice(path.indexOf(id)), id].join(' → '))
    else if (resource && !done.has(id)) for (const next of needs(resource)) visit(next, [...path, id])
    done.add(id)
  }
  for (const id of Object.keys(template.Resources)) visit(id, [])
  return found
}

function exists(template: Template, { id, attribute }: Reference): boolean {
  if (attribute === undefined && pseudoParameters.includes(id)) return true
  const resource = template.Resources[id]
  if (!resource) return false
  const type = lookup(resource.Type)
  return attribute === undefined || (type !== undefined && attribute in { ...type.attributes, ...type.properties })
}

function lookup(type: string) {
  const [found] = database.lookup('resource', 'cloudFormationType', 'equals', type)
  return found
}

function resourceType() {
  return database.lookup('resource', 'cloudFormationType', 'equals', 'AWS::SQS::Queue').only()
}

function propertyFaults(value: object, properties: Properties, at: string): string[] {
  const missing = Object.entries(properties)
    .filter(([name, property]) => property.required && !(name in value))
    .map(([name]) => `${at}.${name}: is required`)
  const wrong = Object.entries(value).flatMap(([name, item]) => {
    const property = properties[name]
    return property ? valueFaults(item, property.type, `${at}.${name}`) : [`${at}.${name}: no such property`]
  })
  return [...missing, ...wrong]
}

function valueFaults(value: unknown, type: PropertyType, at: string): string[] {
  if (isIntrinsic(value)) return []
  const expected = (what: string, holds: boolean) => (holds ? [] : [`${at}: should be ${what}`])
  switch (type.type) {
    case 'string':
      return [
        ...expected('text', typeof value === 'string'),
        ...expected(`one of ${type.allowedValues}`, !type.allowedValues || type.allowedValues.includes(String(value))),
      ]
    case 'date-time':
      return expected('text', typeof value === 'string')
    case 'integer':
      return expected('a whole number', Number.isInteger(value))
    case 'number':
      return expected('a number', typeof value === 'number')
    case 'boolean':
      return expected('true or false', typeof value === 'boolean')
    case 'json':
      return expected('an object', value !== null && typeof value === 'object')
    case 'array':
      if (!Array.isArray(value)) return expected('a list', false)
      return value.flatMap((item, index) => valueFaults(item, type.element, `${at}[${index}]`))
    case 'map':
      if (!isObject(value)) return expected('a mapping', false)
      return Object.entries(value).flatMap(([key, item]) => valueFaults(item, type.element, `${at}.${key}`))
    case 'tag':
      return expected('a tag', isObject(value) && Object.keys(value).sort().join() === 'Key,Value')
    case 'ref': {
      if (!isObject(value)) return expected('an object', false)
      return propertyFaults(value, database.get('typeDefinition', type.reference).properties, at)
    }
    case 'union': {
      // Where "any object" is one of the choices, the other one says more.
      const choices = type.types.filter((choice) => choice.type !== 'json' || type.types.every(isPlain))
      const results = choices.map((choice) => valueFaults(value, choice, at))
      return results.some((result) => result.length === 0) ? [] : (results[0] ?? [])
    }
    default:
      return [`${at}: this test does not know the type ${type.type}`]
  }
}

function isPlain(type: PropertyType): boolean {
  return type.type === 'json' || type.type === 'string'
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isIntrinsic(value: unknown): boolean {
  const keys = isObject(value) ? Object.keys(value) : []
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::') === true)
}
