import { type Fields, type FoundTimer, type Json, LIVE } from '../provider/backend.ts'

/** What both versions of the API tell of a function; in 2.0 the last four are the service's. */
export interface FunctionAnswer {
  runtime?: string
  handler?: string
  description?: string
  cpu?: number
  memorySize?: number
  diskSize?: number
  timeout?: number
  instanceConcurrency?: number
  environmentVariables?: Record<string, string>
  role?: string
  logConfig?: {
    project?: string
    logstore?: string
    enableRequestMetrics?: boolean
    enableInstanceMetrics?: boolean
    logBeginRule?: string
  }
  vpcConfig?: { vpcId?: string; vSwitchIds?: string[]; securityGroupId?: string }
  internetAccess?: boolean
}

/** What takes the place of a field that is taken away: the API leaves alone what a change does not name. */
const EMPTY: Fields = {
  description: '',
  role: '',
  logConfig: {
    project: '',
    logstore: '',
    enableRequestMetrics: false,
    enableInstanceMetrics: false,
    logBeginRule: 'None',
  },
  vpcConfig: { vpcId: '', vSwitchIds: [], securityGroupId: '' },
}

/** The fields that are compared, in one form whoever they come from: what is empty or missing is `null`. */
export function configurationOf(answer: FunctionAnswer): Fields {
  const { logConfig, vpcConfig } = answer
  return {
    runtime: answer.runtime ?? null,
    handler: answer.handler ?? null,
    description: answer.description || null,
    cpu: answer.cpu ?? null,
    memorySize: answer.memorySize ?? null,
    diskSize: answer.diskSize ?? null,
    timeout: answer.timeout ?? null,
    instanceConcurrency: answer.instanceConcurrency ?? 1,
    environmentVariables: answer.environmentVariables ?? {},
    role: answer.role || null,
    logConfig: logConfig?.project
      ? {
          project: logConfig.project,
          logstore: logConfig.logstore ?? '',
          enableRequestMetrics: logConfig.enableRequestMetrics ?? false,
          enableInstanceMetrics: logConfig.enableInstanceMetrics ?? false,
          logBeginRule: logConfig.logBeginRule || 'None',
        }
      : null,
    vpcConfig: vpcConfig?.vpcId
      ? {
          vpcId: vpcConfig.vpcId,
          vSwitchIds: [...(vpcConfig.vSwitchIds ?? [])].sort(),
          securityGroupId: vpcConfig.securityGroupId ?? '',
        }
      : null,
    internetAccess: answer.internetAccess ?? true,
  }
}

/** As a creation sends it: without what is not set. */
export function creationOf(configuration: Fields): Fields {
  return Object.fromEntries(Object.entries(configuration).filter(([, value]) => value !== null))
}

/** As a change sends it: what is not set is emptied, where the API has a word for that. */
export function changeOf(configuration: Fields): Fields {
  return creationOf(
    Object.fromEntries(Object.entries(configuration).map(([name, value]) => [name, value ?? EMPTY[name] ?? null])),
  )
}

export interface AsyncAnswer {
  maxAsyncRetryAttempts?: number
  maxAsyncEventAgeInSeconds?: number
  destinationConfig?: { onSuccess?: { destination?: string }; onFailure?: { destination?: string } }
  /** Of 3.0. */
  asyncTask?: boolean
}

/** The vendor's defaults ("Asynchronous invocation", "Retry policies"). */
const ASYNC_RETRIES = 3
const ASYNC_AGE_SECONDS = 86_400

export function asyncInvocationOf({
  maxAsyncRetryAttempts,
  maxAsyncEventAgeInSeconds,
  destinationConfig: { onSuccess, onFailure } = {},
  asyncTask = false,
}: AsyncAnswer): Fields {
  return {
    maxAsyncRetryAttempts: maxAsyncRetryAttempts ?? ASYNC_RETRIES,
    maxAsyncEventAgeInSeconds: maxAsyncEventAgeInSeconds ?? ASYNC_AGE_SECONDS,
    onSuccess: onSuccess?.destination || null,
    onFailure: onFailure?.destination || null,
    asyncTask,
  }
}

/** The inverse of `asyncInvocationOf`. */
export function asyncChangeOf({ onSuccess, onFailure, asyncTask, ...numbers }: Fields): Fields {
  const destinationConfig: Fields = {}
  if (onSuccess) destinationConfig.onSuccess = { destination: onSuccess }
  if (onFailure) destinationConfig.onFailure = { destination: onFailure }
  return { ...numbers, destinationConfig, ...(asyncTask ? { asyncTask } : {}) }
}

export interface AliasAnswer {
  aliasName?: string
  versionId?: string
  additionalVersionWeight?: Record<string, number>
}

/** The version that `live` points to, and those that other aliases lead to. */
export function aliasesOf(aliases: AliasAnswer[]): { live?: string; held: string[] } {
  const live = aliases.find(({ aliasName }) => aliasName === LIVE)
  const held = aliases.flatMap((alias) => [
    ...(alias === live || !alias.versionId ? [] : [alias.versionId]),
    ...Object.keys(alias.additionalVersionWeight ?? {}),
  ])
  return { ...(live?.versionId ? { live: live.versionId } : {}), held }
}

/** A trigger of type timer, as either version of the API tells of it; descriptions are 3.0's. */
export interface TimerAnswer {
  triggerName?: string
  triggerConfig?: unknown
  description?: string
  qualifier?: string
}

export function timerOf({ triggerName, triggerConfig, description, qualifier }: TimerAnswer): FoundTimer {
  const { cronExpression, enable, payload } = configOf(triggerConfig)
  const enabled = enable !== false
  return {
    name: triggerName ?? '',
    qualifier: qualifier || 'LATEST',
    schedule: String(cronExpression ?? ''),
    enabled,
    fields: {
      cronExpression: typeof cronExpression === 'string' ? cronExpression : null,
      enable: enabled,
      payload: typeof payload === 'string' && payload !== '' ? payload : null,
      description: description || null,
    },
  }
}

/** Without the description, which stands beside it. */
export function triggerConfigOf({ cronExpression, enable, payload }: Fields): Record<string, Json> {
  return { cronExpression: cronExpression ?? null, enable: enable ?? true, payload: payload ?? '' }
}

/** JSON text in 3.0, an object in 2.0. Someone else's trigger may hold anything. */
function configOf(triggerConfig: unknown): Record<string, unknown> {
  let config = triggerConfig
  if (typeof config === 'string') {
    try {
      config = JSON.parse(config)
    } catch {
      return {}
    }
  }
  return typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {}
}

/** Without the tags that the vendor sets by itself ("Tags": they begin with acs: or aliyun). */
export function ownTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== '' && !/^(acs:|aliyun)/.test(key)))
}
