import * as z from 'zod/mini'
import { act, acted, checkList, failure, incidentList, incidentWhole } from './schemas.ts'

const schema = (of: z.core.$ZodType, io: 'input' | 'output' = 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(of, { target: 'draft-2020-12', io })
  return rest
}

const json = (of: z.core.$ZodType, io?: 'input' | 'output') => ({
  content: { 'application/json': { schema: schema(of, io) } },
})

const refused = (description: string) => ({ description, ...json(failure) })

const number = {
  name: 'number',
  in: 'path',
  required: true,
  schema: { type: 'integer' },
  description: 'The short number',
}

/** What `/api/v1` takes and gives, of the schemas that it is held to. Source: OpenAPI Specification 3.1.1. */
export const openapi = {
  openapi: '3.1.1',
  info: { title: 'Fenghuo', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/api/v1' }],
  paths: {
    '/incidents': {
      get: {
        operationId: 'listIncidents',
        summary:
          'The newest 500 incidents of all projects, page by page: of those that are not over, or of those that are',
        description:
          'Of these a page has those of projects in which the token has a role: it may be empty and have a `next`. Older ones are not listed.',
        parameters: [
          { name: 'status', in: 'query', schema: { enum: ['open', 'resolved'], default: 'open' } },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
          { name: 'cursor', in: 'query', schema: { type: 'string' }, description: '`next` of the page before' },
        ],
        responses: {
          200: { description: 'A page of them', ...json(incidentList) },
          400: refused('A parameter is none'),
        },
      },
    },
    '/incidents/{number}': {
      get: {
        operationId: 'readIncident',
        summary: 'An incident with its timeline',
        parameters: [number],
        responses: { 200: { description: 'It', ...json(incidentWhole) }, 404: refused('Nobody has this number') },
      },
    },
    '/incidents/{number}/actions': {
      post: {
        operationId: 'takeAction',
        summary: 'Does something to an incident in the name of a contact',
        description:
          'Repeating it is safe: who has it already is told so by `late`, and with `seen` nothing but a note is done twice.',
        parameters: [number],
        requestBody: { required: true, ...json(act, 'input') },
        responses: {
          200: { description: 'It is done', ...json(acted) },
          400: refused('The request is none'),
          403: refused('Another site sends it'),
          404: refused('Nobody has this number'),
          409: { description: 'Nothing was done: `result` says why', ...json(acted) },
        },
      },
    },
    '/checks': {
      get: {
        operationId: 'listChecks',
        summary: 'What each check is believed to be, and what each vantage saw last',
        responses: { 200: { description: 'All of them', ...json(checkList) } },
      },
    },
  },
}
