import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Env } from './lambda.ts'

/** A variable that the function cannot do without. */
export function required(env: Env, name: string): string {
  const value = env[name]
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set`)
  return value
}

/** The function's compiled configuration, from the file that packaging put into its zip; `root` is where that was unpacked. */
export function readConfig(env: Env, root = ''): CompiledConfig {
  const path = required(env, 'FENGHUO_CONFIG')
  try {
    return JSON.parse(readFileSync(resolve(root, path), 'utf8'))
  } catch (error) {
    throw new Error(`FENGHUO_CONFIG names ${path}, which cannot be read: ${String(error)}`)
  }
}
