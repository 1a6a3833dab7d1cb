import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Environment, FunctionDefinition, ProviderDefinition } from './service.ts'

/** What is used of the Serverless Framework (osls 4, and Serverless 3). */
export interface Serverless {
  serviceDir: string
  processedInput: { commands: string[] }
  service: {
    service: string
    provider: ProviderDefinition
    functions: Record<string, FunctionDefinition & { environment?: Environment }>
    package: { artifact?: string; path?: string }
    custom?: { esbuild?: object }
  }
  pluginManager: { plugins: object[]; spawn(command: string): Promise<void> }
  configSchemaHandler: { defineProvider(name: string, schema: object): void }
  setProvider(name: string, plugin: object): void
  classes: { Error: new (message: string, code: string) => Error }
}

/** Options of the command line. */
export interface Options {
  stage?: string
  region?: string
  package?: string
  function?: string
  data?: string
  path?: string
  raw?: boolean
  log?: boolean
  tail?: boolean
  startTime?: string
  filter?: string
  interval?: string
  json?: boolean
  timestamp?: string
  'function-version'?: string
}

/** How a plugin speaks to people. */
export interface Writers extends Speaking<string> {
  progress: { get(name: string): { notice(text: string): void; remove(): void } }
}

/** The same to people of either language. */
export type BilingualWriters = Speaking<Bilingual>

interface Speaking<Words> {
  log: {
    notice(words: Words): void
    info(words: Words): void
    warning(words: Words): void
    success(words: Words): void
  }
  writeText(words: Words): void
}
