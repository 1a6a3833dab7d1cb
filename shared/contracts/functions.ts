/**
 * What runs in each region of a deployment, what is there too where something fails over, or where there are several regions, and what
 * is deployed by itself and needs nothing of the others (`serverless.tell.yml`, `relay` of `serverless.tencent.yml`, `receipts` of
 * `serverless.aliyun.yml`).
 */
type Stack = 'primary' | 'failover' | 'regions' | 'alone'

/**
 * Every function that is deployed, by the name of its folder in `services`. Those of the primary region carry each its part of the
 * configuration. `byQueue`: a queue of ours calls it, and what it cannot take stays there.
 */
const table = {
  probe: { stack: 'primary', byQueue: false },
  evaluate: { stack: 'primary', byQueue: true },
  page: { stack: 'primary', byQueue: true },
  acknowledge: { stack: 'primary', byQueue: false },
  heartbeat: { stack: 'primary', byQueue: false },
  ingest: { stack: 'primary', byQueue: true },
  watch: { stack: 'primary', byQueue: false },
  console: { stack: 'primary', byQueue: false },
  'region-health': { stack: 'failover', byQueue: false },
  'region-lookup': { stack: 'failover', byQueue: false },
  peer: { stack: 'regions', byQueue: false },
  tell: { stack: 'alone', byQueue: false },
  relay: { stack: 'alone', byQueue: false },
  receipts: { stack: 'alone', byQueue: false },
} as const satisfies Record<string, { stack: Stack; byQueue: boolean }>

export type FunctionName = keyof typeof table

type FunctionOf<Of extends Stack> = {
  [Name in FunctionName]: (typeof table)[Name]['stack'] extends Of ? Name : never
}[FunctionName]

/** A function that carries a configuration, and is deployed whatever that says. */
export type ConfiguredFunction = FunctionOf<'primary'>

/** A function that carries a configuration, and is deployed where something fails over. */
export type FailoverFunction = FunctionOf<'failover'>

/** A function that carries a configuration, and is deployed where there are several regions. */
export type RegionsFunction = FunctionOf<'regions'>

export const functionNames = Object.keys(table) as FunctionName[]

export const configuredFunctions = functionNames.filter(isConfiguredFunction)

/** Those that carry a configuration and are called by a queue. */
export const queueFunctions = configuredFunctions.filter((name) => table[name].byQueue)

/** Whether a deployed function of this name carries a part of the configuration. */
export function isConfiguredFunction(name: string): name is ConfiguredFunction {
  return Object.hasOwn(table, name) && table[name as FunctionName].stack === 'primary'
}

/** Whether a function of this name is deployed only where something fails over. */
export function isFailoverFunction(name: string): name is FailoverFunction {
  return Object.hasOwn(table, name) && table[name as FunctionName].stack === 'failover'
}

/** Whether a function of this name is deployed only where there are several regions. */
export function isRegionsFunction(name: string): name is RegionsFunction {
  return Object.hasOwn(table, name) && table[name as FunctionName].stack === 'regions'
}
