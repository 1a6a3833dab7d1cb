import { checkKindConfigs } from '../../shared/checks/registered/configs.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import {
  type ConfiguredFunction,
  type FailoverFunction,
  isConfiguredFunction,
  isFailoverFunction,
  isRegionsFunction,
  type RegionsFunction,
} from '../../shared/contracts/functions.ts'
import { lastResortsOn } from '../../shared/delivery/last-resort-settings.ts'
import type { Environment } from './environment.ts'
import { faults } from './words.ts'

export interface FunctionDefinition {
  handler: string
  /** This probe runs the kinds of checks whose `runsIn` is this; absent: all kinds. */
  checks?: string
  /** It passes on the messages of channels of this type, from a fixed address. */
  relays?: string
  /** It reads what vendors put on queues of theirs: receipts. */
  collects?: string
  environment?: Environment
  package?: { patterns?: string[] }
  vpc?: object
  /** Whether a function in a VPC may reach the public network. */
  internetAccess?: boolean
  /** Of AWS: what its role may do. */
  iamRoleStatements?: object[]
  /** Of AWS: what calls it; of queues this one alone is looked at. */
  events?: { sqs?: { enabled?: boolean } }[]
}

export type ConfiguredDefinition = FunctionDefinition & {
  environment: Environment & { FENGHUO_CONFIG: string; VANTAGE?: string; CONSOLE_ASSETS?: string }
}

/** Has Lambda ask the queues of a function that it leaves alone as they are written (`enabled: false`). */
export function switchOn(fn: FunctionDefinition | undefined): void {
  for (const { sqs } of fn?.events ?? []) if (sqs?.enabled === false) sqs.enabled = true
}

/** What a probe on `cloud` loads when no queue is reached: who tells, and the sender of each channel that may be named there. */
function lastResortModules(cloud: string): string[] {
  return ['last-resort', ...lastResortsOn(cloud).map(({ type }) => `${type}.last-resort`)]
}

/** Whether a function carries a part of the configuration. */
export function isConfigured(fn: FunctionDefinition): fn is ConfiguredDefinition {
  return typeof fn.environment?.FENGHUO_CONFIG === 'string'
}

/** A function's part of the configuration. Throws a BilingualError for one that has none, and for a vantage that is not named. */
export function partOf(name: string, fn: ConfiguredDefinition, config: CompiledConfig): CompiledConfig {
  const { checks: group, environment } = fn
  if (environment.VANTAGE === undefined) return compileFor(known(name), config)
  const part = compileFor('probe', config, environment.VANTAGE)
  if (group === undefined) return part
  const kinds = kindsIn(group)
  return { ...part, checks: part.checks.filter(({ kind }) => kinds.includes(kind)) }
}

/** What a function may name in `checks`. */
export function checkGroups(): string[] {
  return [...new Set(checkKindConfigs.flatMap(({ runsIn }) => runsIn ?? []))]
}

/** The kinds of checks that a function with this `checks` runs. */
export function kindsIn(group: string): string[] {
  return checkKindConfigs.filter(({ runsIn }) => runsIn === group).map(({ kind }) => kind)
}

function known(name: string): ConfiguredFunction | FailoverFunction | RegionsFunction {
  if (isConfiguredFunction(name) || isFailoverFunction(name) || isRegionsFunction(name)) return name
  throw new BilingualError(faults.noPart)
}

/** The bundle that reads what a probe on another cloud keeps in a store there. */
export function readingBundle({ handler }: FunctionDefinition): string {
  return `${handler.slice(0, handler.lastIndexOf('.'))}.read-stored.js`
}

/** What goes into a function's zip beside its entry's bundle: its configuration and, of a probe, what its checks load. */
export function zipPatterns(
  { handler, environment }: ConfiguredDefinition,
  { checks, reportKeys, regions }: CompiledConfig,
): string[] {
  const { FENGHUO_CONFIG: file, VANTAGE: vantage } = environment
  if (vantage === undefined) return [file]
  const module = handler.slice(0, handler.lastIndexOf('.'))
  const needed = checks.flatMap(
    ({ kind, spec }) => checkKindConfigs.find((one) => one.kind === kind)?.modules?.(spec) ?? [],
  )
  const cloud = vantage.split('/')[0] ?? ''
  // Where the probe's secrets stand in stores of its cloud.
  const stores = cloud === 'aws' ? ['read-stored'] : []
  const posting = reportKeys?.[vantage] === undefined ? [] : ['report-post']
  // A probe that posts may have several addresses to post to.
  const everywhere = regions === undefined && posting.length === 0 ? [] : ['report-regions']
  const loaded = [...new Set([...stores, ...posting, ...everywhere, ...lastResortModules(cloud), ...needed])].map(
    (name) => `${module}.${name}.js`,
  )
  return [`!${module}.*.js`, ...loaded, file]
}
