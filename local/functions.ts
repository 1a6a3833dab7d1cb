import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isConfigured, partOf } from '../plugins/config/functions.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { withHashedKeys } from '../shared/config/hash-keys.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { isFailoverFunction, isRegionsFunction } from '../shared/contracts/functions.ts'
import { references } from '../shared/contracts/references.ts'
import { type CloudHandler, type CloudName, clouds } from './clouds.ts'
import type { FunctionDefinition } from './definition.ts'
import type { Resources } from './intrinsics.ts'
import { type LocalFunction, localFunction } from './invoke.ts'
import type { Journal } from './journal.ts'

export interface FunctionsOptions {
  /** The project's folder: handlers are found below it. */
  root: string
  /** Logs and compiled configurations go here. */
  dataDir: string
  definitions: FunctionDefinition[]
  resources: Resources
  config: CompiledConfig
  /** Region, credentials, addresses, and what the configuration refers to. */
  env: Env
  /** What of it is made up for sandboxes: addresses of simulators and credentials that they take. */
  madeUp: Env
  secret: string
  journal: Journal
  now(): number
  /** Told of every line that a function logs. */
  onLine(line: string): void
  /** Told of variables that the configuration refers to and the environment lacks. */
  needs(names: string[]): void
}

/** Of all functions those that run on this machine: what packaging leaves out is left out here, too. */
export function runningHere(
  all: FunctionDefinition[],
  { clouds, hasFailovers, hasPeers }: { clouds: readonly CloudName[]; hasFailovers: boolean; hasPeers: boolean },
): FunctionDefinition[] {
  return all.filter(({ key, cloud }) => {
    // On one machine it is part of the local stack's own server, and open to it.
    if (key === 'console' || !clouds.includes(cloud)) return false
    if (isFailoverFunction(key) && !hasFailovers) return hasPeers && key === 'region-health'
    return hasPeers || !isRegionsFunction(key)
  })
}

/** Makes every function ready to run, each with its own environment and its part of the configuration. */
export function makeFunctions(options: FunctionsOptions): Record<string, LocalFunction> {
  mkdirSync(join(options.dataDir, 'config'), { recursive: true })
  mkdirSync(join(options.dataDir, 'logs'), { recursive: true })
  const { definitions, journal, now, onLine } = options
  const environments = definitions.map((fn) => [fn, environmentOf(fn, options)] as const)

  const entries = environments.map(([fn, env]) => [
    fn.name,
    localFunction({
      name: fn.name,
      timeoutMs: fn.timeoutMs,
      wire: async () => clouds[fn.cloud].adapted((await load(join(options.root, `${fn.module}.ts`))).wire(env)),
      logFolder: join(options.dataDir, 'logs'),
      now,
      onLine,
      onError: (name, error) => journal.tell({ type: 'failed', at: now(), function: name, error }),
    }),
  ])
  return Object.fromEntries(entries)
}

async function load(file: string): Promise<{ wire(env: Env): CloudHandler }> {
  return import(pathToFileURL(file).href)
}

/** What the function has deployed, with what it refers to from `env`. */
function environmentOf(fn: FunctionDefinition, options: FunctionsOptions): Env {
  const { config, dataDir, resources, secret } = options
  const env = envFor(fn, options)
  const own = fn.environment(resources)
  const needed: string[] = []
  const written = partFor(fn, own, config)
  const part = written && withHashedKeys(written, env)
  if (part) {
    own.FENGHUO_CONFIG = join(dataDir, 'config', `${fn.name}.json`)
    writeFileSync(own.FENGHUO_CONFIG, JSON.stringify(part))
    needed.push(...references(part))
  }
  options.needs(needed.filter((name) => !env[name]))
  // What is deployed reads it from a store, of which there is none here.
  return { ...env, ...own, ...('FENGHUO_SECRET_ARN' in own ? { FENGHUO_SECRET: secret } : {}) }
}

/** A check asks the real vendor or says what it lacks: the simulator of a channel knows nothing of Kafka. */
export function envFor(
  { module }: Pick<FunctionDefinition, 'module'>,
  { env, madeUp }: Pick<FunctionsOptions, 'env' | 'madeUp'>,
): Env {
  if (!module.startsWith('services/probe/')) return env
  return Object.fromEntries(Object.entries(env).filter(([name]) => !Object.hasOwn(madeUp, name)))
}

/** A function's part of the configuration, as packaging has it; undefined if it carries none. */
export function partFor(
  { key, module, checks }: FunctionDefinition,
  environment: Record<string, string>,
  config: CompiledConfig,
): CompiledConfig | undefined {
  const packaged = { handler: module, environment, ...(checks && { checks }) }
  return isConfigured(packaged) ? partOf(key, packaged, config) : undefined
}
