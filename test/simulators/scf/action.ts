import * as z from 'zod'
import { Refused } from './refused.ts'
import type { Cloud, Region } from './state.ts'

/** Where a call acts. */
export interface Scope {
  cloud: Cloud
  region: Region
  regionName: string
}

/** One action of an API: takes the request's parameters, answers with the fields beside RequestId, or throws Refused. */
export type Action = (parameters: Record<string, unknown>, scope: Scope) => object | Promise<object>

/** An action whose parameters are `schema`'s, checked for what is required, for types and for names nobody knows. */
export function action<S extends z.ZodType>(
  schema: S,
  run: (parameters: z.output<S>, scope: Scope) => object | Promise<object>,
): Action {
  return (parameters, scope) => {
    const { data, error } = schema.safeParse(parameters)
    if (error) throw misfit(error, parameters)
    return run(data as z.output<S>, scope)
  }
}

function misfit(error: z.ZodError, parameters: unknown): Refused {
  const issue = error.issues[0]
  const path = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') {
    return new Refused(
      'UnknownParameter',
      `The parameter ${[...issue.path, ...issue.keys].join('.')} is not recognized.`,
    )
  }
  const value = issue?.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], parameters)
  if (value === undefined) return new Refused('MissingParameter', `The parameter ${path} is missing.`)
  const code = issue?.code === 'invalid_type' ? 'InvalidParameter' : 'InvalidParameterValue'
  return new Refused(code, `${path}: ${issue?.message}.`)
}

/** The booleans of this API. */
export const flag = z.enum(['TRUE', 'FALSE'])
export const pair = z.strictObject({ Key: z.string(), Value: z.string() })
/** Tells whose function; every action on one has these. */
export const functionOf = { FunctionName: z.string(), Namespace: z.string().default('default') }
export const page = { Offset: z.int().min(0).default(0), Limit: z.int().min(1).max(100).default(20) }
export const filters = z.array(z.strictObject({ Name: z.string(), Values: z.array(z.string()).min(1).max(20) })).max(10)
