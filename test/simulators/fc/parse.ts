import type * as z from 'zod'
import { jsonObject } from '../server.ts'
import { invalid } from './fault.ts'

/** The body as `schema` wants it; an empty one is `{}`. @throws {Fault} InvalidArgument naming the first wrong field */
export function parseBody<T>(schema: z.ZodType<T>, body: Buffer): T {
  const json = body.length === 0 ? {} : jsonObject(body)
  if (json === undefined) throw invalid('the body is no JSON object')
  return parse(schema, json)
}

/** @throws {Fault} InvalidArgument naming the first wrong field */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value)
  if (!error) return data
  const issue = error.issues[0]
  const reason = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message
  throw invalid(`${issue?.path.join('.') || 'the body'}: ${reason}`)
}

/** As `parse`, of JSON text in the query. @throws {Fault} InvalidArgument naming the parameter */
export function parseParameter<T>(schema: z.ZodType<T>, params: URLSearchParams, name: string): T {
  try {
    return parse(schema, JSON.parse(params.get(name) ?? '[]'))
  } catch (error) {
    throw invalid(`${name}: ${error instanceof Error ? error.message : error}`)
  }
}
