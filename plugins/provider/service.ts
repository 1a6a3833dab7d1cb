import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Patience } from './attempts.ts'
import type { Backend, WantedFunction } from './backend.ts'
import type { ScheduleEvent } from './schedule.ts'

/** What every function has of its provider, unless it says so itself. */
interface Inherited {
  runtime?: string
  memorySize?: number
  timeout?: number
  environment?: Environment
  role?: string
  tags?: Record<string, string>
}

/** `provider:` of the configuration, as far as both clouds have it. */
export interface ProviderDefinition extends Inherited {
  name: string
  stage?: string
  region?: string
}

/** One of `functions:`, as far as both clouds have it. */
export interface FunctionDefinition extends Inherited {
  /** The framework fills it in: `service-stage-key`. */
  name: string
  handler: string
  description?: string
  /** The vendor's unit is in the plugin's README. */
  reservedConcurrency?: number
  /** Of asynchronous calls; timers make those. */
  maximumRetryAttempts?: number
  /** In seconds: how long an asynchronous call may wait for its turn. */
  maximumEventAge?: number
  events: { schedule: ScheduleEvent }[]
  package?: { artifact?: string }
}

export type Environment = Record<string, string | number | boolean | null>

/** What is deployed, and where to. */
export interface Service<P extends ProviderDefinition = ProviderDefinition> {
  name: string
  stage: string
  region: string
  provider: P
}

/** A function whose zip is made. */
export interface PackagedFunction<F extends FunctionDefinition = FunctionDefinition> {
  key: string
  definition: F
  /** Where its zip is. */
  zip: string
  bytes: Buffer
  /** What is in it. */
  files: Files
}

/** The files of a zip, by path. */
export type Files = Record<string, Uint8Array>

/** What a plugin has of the machine it runs on. */
export interface Surroundings extends Patience {
  env: Record<string, string | undefined>
  home: string
  /** UTC, in milliseconds. */
  now(): number
  /** A file's text; undefined if it is not there. */
  readText(file: string): Promise<string | undefined>
}

/** Hears what the vendor would refuse, and where. */
export type Problem = (words: Bilingual) => void

/** What a cloud adds to the framework. */
export interface Cloud<
  P extends ProviderDefinition = ProviderDefinition,
  F extends FunctionDefinition = FunctionDefinition,
> {
  /** `provider.name` of the configuration. */
  readonly provider: string
  /** As messages call it. */
  readonly title: Bilingual
  readonly defaultRegion: string
  /** JSON schemas of what the cloud has beside what both have. */
  readonly schema: { provider: Record<string, unknown>; function: Record<string, unknown> }

  /** The unit that a function is published with. */
  unitOf(service: Service<P>, fn: F): string
  /** What a function's zip must hold beside these files, or in their place; `wanted` tells of those that can't be loaded. */
  pack(files: Files, handler: string): Files
  /** The function as it should be. Tells what the vendor would refuse, all of it, and makes no call. */
  wanted(service: Service<P>, fn: PackagedFunction<F>, problem: Problem): WantedFunction
  /** Finds the credentials, or throws an error that says where they were looked for. `secrets` must not appear in any message. */
  connect(service: Service<P>, around: Surroundings, secrets: readonly string[]): Promise<Backend>
}

/** The tags that mark what is ours. */
export function markOf({ name, stage }: Pick<Service, 'name' | 'stage'>): Record<string, string> {
  return { 'serverless-service': name, 'serverless-stage': stage }
}

/** The environment of a function, as text, with the provider's under it. */
export function environmentOf({ provider }: Service, fn: FunctionDefinition): Record<string, string> {
  const all = Object.entries({ ...provider.environment, ...fn.environment })
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])))
}

/** The tags of a function, with the provider's under them and our mark over them. */
export function tagsOf(service: Service, fn: FunctionDefinition): Record<string, string> {
  return { ...service.provider.tags, ...fn.tags, ...markOf(service) }
}

/** Values of the environment that no message may show: those that are long enough to be told from ordinary words. */
export function secretsOf(service: Service, functions: FunctionDefinition[]): string[] {
  const values = functions.flatMap((fn) => Object.values(environmentOf(service, fn)))
  return [...new Set(values.filter((value) => value.length >= 8))].sort((a, b) => b.length - a.length)
}

/** A text without what it must not show. */
export function concealed(text: string, secrets: readonly string[]): string {
  return secrets.reduce((all, secret) => all.replaceAll(secret, '***'), text)
}
