import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'

/** A value as the vendor's API takes it and gives it back. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Fields by the vendor's own names. `null` is a field that is not set; a backend gives `null` for what the vendor leaves empty. */
export type Fields = Record<string, Json>

/** The alias that timers are bound to and that `invoke` calls: it moves only to a version that is ready. */
export const LIVE = 'live'

/** One function as the configuration wants it, in the vendor's own fields. */
export interface WantedFunction {
  /** Its name in the configuration. */
  key: string
  /** Its name in the cloud: `service-stage-key` unless the configuration names it. */
  name: string
  /** The path of its zip, whose bytes depend on its content only. */
  zip: string
  /** Names the zip's content, in the form in which the backend reads it back. */
  codeHash: string
  /** Everything that a version holds beside the code. */
  configuration: Fields
  timers: WantedTimer[]
  /** How an address of its own is to answer, in the vendor's own fields; absent: it is to have none. */
  url?: Fields
  /** Retries, age and destination of asynchronous calls; absent: the vendor's defaults, where it can be deleted. */
  asyncInvocation?: Fields
  /** In the vendor's unit; absent: none. */
  reservedConcurrency?: number
  /** With the mark of this service and stage. */
  tags: Record<string, string>
}

/** A timer; its name is unique within its function. `fields` holds what the vendor's trigger holds, without name and qualifier. */
export interface WantedTimer {
  name: string
  fields: Fields
}

/**
 * What is published together: its versions and its alias. SCF and FC 3.0 have one unit for each function; an FC 2.0 service
 * is one unit with all its functions.
 */
export interface WantedUnit {
  /** Of the function, or of the service. */
  name: string
  functions: WantedFunction[]
  /** Only these functions are to be changed: others of ours in the unit stay as they are. */
  partial?: boolean
}

export type State =
  /** Can be called and changed. */
  | { is: 'ready' }
  /** Being changed: to be asked again. */
  | { is: 'busy'; reason: string }
  /** The last change failed and can be made again. */
  | { is: 'failed'; reason: string }
  /** Its creation failed: it must be deleted and created again. */
  | { is: 'unusable'; reason: string }

/** What a qualifier (the working copy, or the version that is live) holds. */
export interface Content {
  /** Absent: not known, so that the code counts as different. Never a guess: a wrong one would keep old code for good. */
  codeHash?: string
  configuration: Fields
}

/** The address by which what `live` points to is called over HTTPS: it stays as long as it is not deleted. */
export interface FoundUrl {
  /** By which the vendor's API knows it. */
  name: string
  /** Absent: the vendor does not tell it. */
  address?: string
  fields: Fields
}

export interface FoundFunction {
  name: string
  /** Whether it carries the mark of this service and stage. */
  ours: boolean
  state: State
  /** The working copy ($LATEST, LATEST). */
  latest: Content
  /** The version that the alias points to; absent: there is no alias, or this function is not in its version. */
  live?: Content
  timers: FoundTimer[]
  url?: FoundUrl
  /** Its requests to the public network leave from these addresses alone; absent: from any. */
  egress?: string[]
  asyncInvocation?: Fields
  reservedConcurrency?: number
  tags: Record<string, string>
}

export interface FoundTimer extends WantedTimer {
  /** What it calls: `live`, or what someone else has bound it to. */
  qualifier: string
  /** When it fires, in the vendor's syntax, for people. */
  schedule: string
  /** Whether it fires at all. */
  enabled: boolean
}

export interface FoundVersion {
  version: string
  /** UTC, in milliseconds; absent: not told by the vendor. */
  publishedAt?: number
  state: State
}

export interface FoundUnit {
  name: string
  /** Newest first, without the working copy. */
  versions: FoundVersion[]
  /** The version that the alias `live` points to. */
  live?: string
  /** Versions that aliases of somebody else lead to: they are kept. */
  held?: string[]
  /** Those of the wanted functions that exist, and those in the unit that are ours and wanted no more. */
  functions: FoundFunction[]
}

export interface Invocation {
  /** What the function returned, as text; or its error. */
  result: string
  /** Whether the function itself failed. */
  failed: boolean
  /** The last lines of its log, if asked for. */
  log?: string
  requestId: string
}

export interface LogLine {
  /** UTC, in milliseconds. */
  at: number
  text: string
  /** Names this line, so that it is shown once when asked for again. */
  id: string
}

export interface LogQuery {
  /** UTC, in milliseconds. */
  from: number
  to: number
  /** What lines must contain, in the vendor's own search syntax. */
  filter?: string
}

/**
 * A vendor's management API. Every call sends one change and returns when it is accepted; the caller waits for `ready`. Calls
 * throw a `CloudError`; what is transient has been retried before. Deleting what is not there is no error. Nothing is
 * called for what `read` did not say is ours.
 */
export interface Backend {
  /** Fields of the configuration that go with the code and are changed by `updateCode`. */
  readonly codeFields: readonly string[]
  /** Fields that cannot be changed after creation. */
  readonly fixedFields: readonly string[]
  /** Fields whose values are never shown. */
  readonly secretFields: readonly string[]
  /** How long a change takes at least, in milliseconds: earlier looks would only use up the vendor's rate. Absent: it may be through at once. */
  readonly changeMs?: number

  /** The units of what carries the mark of this service and stage, by name. */
  list(): Promise<string[]>
  /** What is there under this name; undefined: nothing. `functions` are the names to look for beside ours. */
  read(unit: string, functions: readonly string[]): Promise<FoundUnit | undefined>
  /** Of the working copy, or of a version of it; undefined: it is not there. */
  state(unit: string, name: string, version?: string): Promise<State | undefined>

  /** What a version holds: read once it is ready and compared with what is wanted, before `live` moves to it. */
  content(unit: string, name: string, version: string): Promise<Content | undefined>

  /** Makes the function with its code, configuration and tags; where versions belong to a service, that too. */
  create(unit: string, wanted: WantedFunction): Promise<void>
  /** Replaces the working copy's code and its code fields. */
  updateCode(unit: string, wanted: WantedFunction): Promise<void>
  /** Replaces the working copy's configuration, but for the code fields. `differing` names the fields that are not as wanted. */
  updateConfiguration(unit: string, wanted: WantedFunction, differing: readonly string[]): Promise<void>
  /** Sets these tags and takes away others that the function carries. */
  updateTags(unit: string, wanted: WantedFunction, found: FoundFunction): Promise<void>

  /** Makes a version of the working copy of all functions of the unit and returns its name; it may not be ready yet. */
  publish(unit: WantedUnit): Promise<string>
  /** Makes or moves the alias `live`; all calls go to this version then. */
  pointLive(unit: string, version: string): Promise<void>
  deleteVersion(unit: string, version: string): Promise<void>

  /** Bound to `live`. `update` changes one that is there under this name. */
  createTimer(unit: string, name: string, timer: WantedTimer): Promise<void>
  updateTimer(unit: string, name: string, timer: WantedTimer): Promise<void>
  deleteTimer(unit: string, name: string, timer: FoundTimer): Promise<void>

  /** Gives a function an address that calls `live`, or changes how `found` answers. Absent: the vendor's functions have none. */
  openUrl?(unit: string, name: string, fields: Fields, found?: FoundUrl): Promise<void>
  closeUrl?(unit: string, name: string, found: FoundUrl): Promise<void>

  putAsyncInvocation(unit: string, name: string, fields: Fields): Promise<void>
  deleteAsyncInvocation(unit: string, name: string): Promise<void>
  putReservedConcurrency(unit: string, name: string, value: number): Promise<void>
  deleteReservedConcurrency(unit: string, name: string): Promise<void>

  /** Deletes a function whose timers are gone, with whatever the vendor wants gone before; in a service, the service after its last. */
  remove(unit: string, name: string): Promise<void>
  /** Deletes what is left of a unit of ours without functions, where something can be: a service whose removal was cut off. */
  removeUnit?(unit: string): Promise<void>

  /** Calls what `live` points to. */
  invoke(unit: string, name: string, payload: string, options: { log: boolean }): Promise<Invocation>
  /** Oldest first. */
  logs(unit: string, name: string, query: LogQuery): Promise<LogLine[]>
}

/**
 * - `busy`: refused in this state; wait for `ready` and repeat
 * - `transient`: throttled, a 5xx, a cut connection: repeated by itself with backoff
 * - `stale`: missing, there already, or changed by someone else: read and plan again
 * - `final`: repeating does not help
 */
export type FaultKind = 'busy' | 'transient' | 'stale' | 'final'

/** What the vendor refused, or what became of the connection. What is told is the vendor's own words, with secrets left out, or ours. */
export class CloudError extends BilingualError {
  readonly kind: FaultKind
  /** The vendor's code, such as `LimitExceeded.Function`. */
  readonly code: string
  readonly requestId: string | undefined
  /** The vendor's action that was called; undefined: none, this is our own finding. */
  readonly action: string | undefined
  /** What to do about it. */
  readonly advice: Bilingual | undefined
  /** In milliseconds, where the vendor says when to repeat. */
  readonly retryAfterMs: number | undefined

  constructor(
    words: Bilingual,
    fault: {
      kind: FaultKind
      code: string
      action?: string
      requestId?: string
      advice?: Bilingual
      retryAfterMs?: number
    },
  ) {
    super(words)
    this.name = 'CloudError'
    this.kind = fault.kind
    this.code = fault.code
    this.action = fault.action
    this.requestId = fault.requestId
    this.advice = fault.advice
    this.retryAfterMs = fault.retryAfterMs
  }
}
