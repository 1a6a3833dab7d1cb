import * as z from 'zod/mini'
import { contract } from './contract.ts'
import type { Operation } from './operation.ts'
import { bilingual } from './schemas/parts.ts'
import { components } from './schemas.ts'

const registry = z.registry<{ id: string }>()
for (const [id, of] of Object.entries({ Words: bilingual, ...components })) registry.add(of, { id })

const reference = (id: string) => `#/components/schemas/${id}`

/** What we may add to an answer one day is no mistake of its reader; a format says what its long pattern does. */
function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }, isAnswer: boolean): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  if (isAnswer && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

const { schemas } = z.toJSONSchema(registry, {
  target: 'draft-2020-12',
  uri: reference,
  override: (context) => plain(context, true),
})

function referenceTo(of: z.core.$ZodType): string {
  const id = registry.get(of)?.id
  if (id === undefined) throw new Error('an answer that is none of the components')
  return reference(id)
}

function inline(of: z.core.$ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(of, {
    target: 'draft-2020-12',
    io: 'input',
    override: (context) => plain(context, false),
  })
  return rest
}

/** A status, what it says, and the form of its body. */
type Answered = [status: number, says: string, of: z.core.$ZodType]

const { Failure } = components

/** What may become of every request. */
const always: Answered[] = [
  [400, 'Something of the request is not as it has to be: the message names it', Failure],
  [401, 'No token, or none that holds', Failure],
  [403, 'The token has no role for it, or another site sends it', Failure],
  [429, 'Too many requests: `Retry-After` says when to ask again', Failure],
  [503, 'A table or queue does not answer: nothing may have been done', Failure],
]

/** And of one that changes something. */
const repeated: Answered[] = [
  [409, 'The same `Idempotency-Key` is being worked on: ask again in a moment', Failure],
  [422, 'The same `Idempotency-Key` has come with another request', Failure],
]

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 8, maxLength: 128 },
  description: 'The same for every repeat of one request: for a day it is answered as the first time, and done once.',
}

function parametersOf({ params = {}, query, method }: Operation) {
  const { properties = {}, required = [] } = query === undefined ? {} : inline(query)
  return [
    ...Object.entries(params).map(([name, { schema, says }]) => ({
      name,
      in: 'path',
      required: true,
      schema: inline(schema),
      description: says,
    })),
    ...Object.entries(properties).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    })),
    ...(method === 'get' ? [] : [KEY]),
  ]
}

function described(id: string, operation: Operation) {
  const { summary, description, body, scope, undone, refusals = {}, method } = operation
  const { missing, conflict } = refusals
  const answers: Answered[] = [
    [200, 'It', operation.answer],
    ...(undone === undefined ? [] : [[409, undone, operation.answer] satisfies Answered]),
    ...(missing === undefined ? [] : [[404, missing, Failure] satisfies Answered]),
    ...(conflict === undefined ? [] : [[409, conflict, Failure] satisfies Answered]),
    ...always,
    ...(method === 'get' ? [] : repeated),
  ]
  return {
    operationId: id,
    summary,
    ...(description !== undefined && { description }),
    'x-scope': scope,
    parameters: parametersOf(operation),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: inline(body) } } } }),
    responses: Object.fromEntries(
      [...Map.groupBy(answers, ([status]) => status)].map(([status, all]) => [status, response(all)]),
    ),
  }
}

/** A status may mean several things. */
function response(all: Answered[]) {
  const forms = [...new Set(all.map(([, , of]) => referenceTo(of)))].map(($ref) => ({ $ref }))
  const schema = forms.length === 1 ? forms[0] : { oneOf: forms }
  return { description: all.map(([, says]) => says).join('. Or: '), content: { 'application/json': { schema } } }
}

const paths: Record<string, Record<string, object>> = {}
for (const [id, operation] of Object.entries<Operation>(contract)) {
  paths[operation.path] = { ...paths[operation.path], [operation.method]: described(id, operation) }
}

/** What `/api/v1` takes and gives, of what it is held to. Source: OpenAPI Specification 3.1.1. */
export const openapi = {
  openapi: '3.1.1',
  info: { title: 'Fenghuo', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/api/v1' }],
  security: [{ token: [] }],
  paths,
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
    ),
  },
}
