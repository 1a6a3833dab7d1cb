import type { Fleet } from '../functions/fleet.ts'

export interface Pair {
  Key: string
  Value: string
}

/** What UpdateFunctionConfiguration sets, in the vendor's words. */
export interface Configuration {
  Description: string
  /** MB. */
  MemorySize: number
  /** Seconds. */
  Timeout: number
  InitTimeout: number
  Environment: { Variables: Pair[] }
  Role: string
  VpcConfig: { VpcId: string; SubnetId: string }
  PublicNetConfig: { PublicNetStatus: string; EipConfig: { EipStatus: string } }
  DeadLetterConfig: { Type: string; Name: string; FilterType: string }
  ClsLogsetId: string
  ClsTopicId: string
  DnsCache: string
  IntranetConfig: { IpFixed: string }
}

/** What runs: changed as a whole, when an update is through. */
export interface Content {
  /** Stands for this content among all: the process that runs it goes by it. */
  id: string
  zip: Buffer
  handler: string
  configuration: Configuration
}

export type Status =
  | 'Creating'
  | 'CreateFailed'
  | 'Active'
  | 'Updating'
  | 'UpdateFailed'
  | 'Publishing'
  | 'PublishFailed'
  | 'Deleting'
  | 'DeleteFailed'

export interface Version {
  /** `$LATEST`, `1`, `2`, … */
  name: string
  content: Content
  description: string
  status: Status
  reasons: { ErrorCode: string; ErrorMessage: string }[]
  /** What becomes of it at `at`, milliseconds since 1970-01-01 UTC. */
  transition?: { at: number; end(): void }
  addTime: number
  modTime: number
}

export interface RoutingConfig {
  AdditionalVersionWeights: { Version: string; Weight: number }[]
  AddtionVersionMatchs: { Version: string; Key: string; Method: string; Expression: string }[]
}

export interface Alias {
  name: string
  version: string
  description: string
  routing: RoutingConfig
  addTime: number
  modTime: number
}

export interface Trigger {
  name: string
  cron: string
  qualifier: string
  open: boolean
  argument: string
  description: string
  addTime: number
  modTime: number
}

/** The address of a version or alias. */
export interface FunctionUrl {
  name: string
  qualifier: string
  settings: { AuthType: 'NONE' | 'CAM'; NetConfig: { EnableIntranet: boolean; EnableExtranet: boolean } }
  open: boolean
  address: string
  addTime: number
}

/** One function of one namespace. */
export interface ScfFunction {
  name: string
  id: string
  namespace: string
  region: string
  runtime: string
  asyncRun: boolean
  trace: string
  installDependency: string
  tags: Map<string, string>
  latest: Version
  /** Published ones, oldest first. */
  versions: Version[]
  /** How many were ever published: numbers are not used twice. */
  published: number
  aliases: Map<string, Alias>
  triggers: Trigger[]
  urls: FunctionUrl[]
  /** MB; absent: what the account has. */
  reservedMemory?: number
  /** For invocations that nobody waits for; TTL in seconds. */
  asyncConfig: { RetryNum: number; MsgTTL: number }
  addTime: number
}

/** What makes a function run. */
export interface RunRequest {
  function: ScfFunction
  qualifier: string
  event: Buffer
  requestId: string
  /** What makes it run: a timer's name, or `invoke`. */
  by: string
  /** Which repetition it is; 0 is the first run. */
  retry: number
}

/** `namespace/name` → function, in one region. */
export type Region = Map<string, ScfFunction>

export interface LogRecord {
  /** Milliseconds since 1970-01-01 UTC. */
  time: number
  region: string
  topic: string
  fields: Record<string, string>
}

/** One run that the vendor's GetRequestStatus can tell of. */
export interface RequestRecord {
  function: ScfFunction
  requestId: string
  startedAt: number
  /** 0: well, 1: running, -1: failed. */
  code: 0 | 1 | -1
  message: string
  durationMs: number
  memoryBytes: number
  retry: number
}

/** An invocation that waits for its time: a repetition of one that failed. */
export interface QueuedEvent {
  at: number
  function: ScfFunction
  qualifier: string
  event: Buffer
  requestId: string
  acceptedAt: number
  /** A timer's name, or `invoke`. */
  by: string
  retry: number
}

/** An event that was given up. */
export interface DeadLetter {
  functionName: string
  event: string
  reason: string
  /** The queue or topic of the dead-letter configuration; empty when the event was dropped. */
  to: string
}

/** The account with everything in it. */
export interface Cloud {
  regions: Map<string, Region>
  logs: LogRecord[]
  requests: RequestRecord[]
  queue: QueuedEvent[]
  deadLetters: DeadLetter[]
  /** COS, as `region/bucket` + object name → content. */
  cos: Map<string, Buffer>
  /** Transitions that are to fail, first in, first out. */
  failures: { action: string; code: string; message: string }[]
  /** Invocations that nobody waits for. */
  running: Set<Promise<unknown>>
  fleet: Fleet
  settings: Settings
}

export interface Settings {
  now(): number
  /** A number from 0 to below 1: chooses the version behind an alias with weights. */
  random(): number
  /** How long creating, updating, publishing and deleting take on the clock, milliseconds. */
  transitionMs: number
  /** Functions in a namespace. */
  functionQuota: number
  namespaces: string[]
  roles: string[]
  /** True: an update of the configuration sets what it leaves out to its default. */
  resetsOmitted: boolean
  /** False: GetFunction shows no code, as it does of an entry file over 1 MB. */
  showsCode: boolean
  appId: string
  uin: string
  /** How far the clock of timers and of times in answers is ahead of UTC, minutes. */
  offsetMinutes: number
  /** Set for every function beside what it was deployed with: the addresses of other simulators. */
  environment: Record<string, string>
  onRun?(run: Run): void
}

/** One run of a function's code, told when it is over. */
export interface Run {
  region: string
  functionName: string
  version: string
  /** What made it run: a timer's name, or `invoke`. */
  by: string
  requestId: string
  retry: number
  /** The vendor's status code of the run: 200, or what went wrong. */
  statusCode: number
  /** What the function returned as JSON, or the error. */
  message: string
  output: string
  coldStart: boolean
}

/** A published version or `$LATEST`. */
export function versionOf(found: ScfFunction, name: string): Version | undefined {
  return name === found.latest.name ? found.latest : found.versions.find((version) => version.name === name)
}

/** `yyyy-mm-dd hh:mm:ss` on the vendor's clock. */
export function timeText(at: number, { offsetMinutes }: Settings): string {
  return new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}
